#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/tag_follow_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

}  // namespace

absl::StatusOr<v1::ListFollowedTagsResponse> ListFollowedTags(
    Discussions& discussions, const rpc::Call& call, const v1::ListFollowedTagsRequest& request) {
  GUILDHALL_ASSIGN(const auto level, FollowLevelFrom("level", request.level()));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  const std::string after = page.first() ? "" : page.position().Text();
  GUILDHALL_ASSIGN(std::vector<TagFollow> follows,
                   ListTagFollows(discussions.database, call.context(), call.grant(), level, after,
                                  page.to_fetch()));
  v1::ListFollowedTagsResponse response;
  response.set_next_page_token(page.Cut(follows, [](const TagFollow& each) {
    return resources::PositionWriter().Text(each.tag).Take();
  }));
  for (const TagFollow& each : follows) {
    v1::TagFollow& follow = *response.add_tag_follows();
    follow.set_tag(each.tag);
    follow.set_level(static_cast<v1::FollowLevel>(each.level));
  }
  return response;
}

}  // namespace guildhall::discussions
