#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/drafts.h"
#include "services/discussions/api/time_positions.h"
#include "services/discussions/store/draft_store.h"

namespace guildhall::discussions {
namespace {

// Drafts hold up to 64 KiB: clients of gRPC take 4 MiB unless they are told otherwise.
constexpr rpc::PageSize kPageSize{.usual = 10, .most = 30};

std::string PositionOf(const Draft& draft) { return Written({draft.update_time, draft.place.id}); }

}  // namespace

absl::StatusOr<v1::ListDraftsResponse> ListDrafts(Discussions& discussions, const rpc::Call& call,
                                                  const v1::ListDraftsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Draft> drafts,
                   ListDrafts(discussions.database, call.context(), call.grant(),
                              TimePositionOf(page), page.to_fetch()));
  v1::ListDraftsResponse response;
  response.set_next_page_token(page.Cut(drafts, PositionOf));
  for (const Draft& draft : drafts) *response.add_drafts() = ToProto(draft);
  return response;
}

}  // namespace guildhall::discussions
