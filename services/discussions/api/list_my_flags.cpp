#include <set>

#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/api/time_positions.h"
#include "services/discussions/store/flag_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

}  // namespace

absl::StatusOr<v1::ListMyFlagsResponse> ListMyFlags(Discussions& discussions, const rpc::Call& call,
                                                    const v1::ListMyFlagsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Flag> flags,
                   ListOwnFlags(discussions.database, call.context(), call.grant(),
                                TimePositionOf(page), page.to_fetch()));
  v1::ListMyFlagsResponse response;
  response.set_next_page_token(page.Cut(flags, [](const Flag& flag) {
    return Written({flag.create_time, flag.id});
  }));
  std::set<CommunityId> communities;
  for (const Flag& flag : flags) communities.insert(flag.community);
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, communities));
  for (const Flag& flag : flags) {
    if (visible.contains(flag.community)) *response.add_flags() = ToProto(flag);
  }
  return response;
}

}  // namespace guildhall::discussions
