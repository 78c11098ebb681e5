#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/removal_pages.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::ListRemovalsResponse> ListRemovals(Discussions& discussions,
                                                      const rpc::Call& call,
                                                      const v1::ListRemovalsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kRemovalsPage));
  GUILDHALL_ASSIGN(std::vector<Removal> removals,
                   ListRemovals(discussions.database, call.context(), call.grant(),
                                TimePositionOf(page), page.to_fetch()));
  v1::ListRemovalsResponse response;
  response.set_next_page_token(page.Cut(removals, PositionOf));
  for (const Removal& removal : removals) *response.add_removals() = ToProto(removal);
  return response;
}

}  // namespace guildhall::discussions
