#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/time_positions.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/ignore_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 100, .most = 500};
static_assert(kPageSize.most == kMaxIgnores);  // one page may hold all

}  // namespace

absl::StatusOr<v1::ListIgnoresResponse> ListIgnores(Discussions& discussions, const rpc::Call& call,
                                                    const v1::ListIgnoresRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Ignore> ignores,
                   ListIgnores(discussions.database, call.context(), call.grant(),
                               TimePositionOf(page), page.to_fetch()));
  v1::ListIgnoresResponse response;
  response.set_next_page_token(page.Cut(ignores, [](const Ignore& each) {
    return Written({each.create_time, each.member.uuid()});
  }));
  for (const Ignore& each : ignores) *response.add_ignores() = ToProto(each);
  return response;
}

}  // namespace guildhall::discussions
