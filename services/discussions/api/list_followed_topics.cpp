#include <set>

#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/store/follow_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

std::string PositionOf(const FollowedTopic& followed) {
  return resources::PositionWriter().Time(followed.update_time).Id(followed.topic.id.uuid()).Take();
}

FollowPosition FollowPositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  FollowPosition position;
  position.update_time = reader.Time();
  position.topic = TopicId(reader.Id());
  return position;
}

}  // namespace

absl::StatusOr<v1::ListFollowedTopicsResponse> ListFollowedTopics(
    Discussions& discussions, const rpc::Call& call, const v1::ListFollowedTopicsRequest& request) {
  GUILDHALL_ASSIGN(const auto level, FollowLevelFrom("level", request.level()));
  if (!level) return WrongField("level", "says which ones");
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<FollowedTopic> followed,
                   ListFollowedTopics(discussions.database, call.context(), call.grant(), *level,
                                      FollowPositionOf(page), page.to_fetch()));
  v1::ListFollowedTopicsResponse response;
  response.set_next_page_token(page.Cut(followed, PositionOf));
  std::set<CommunityId> communities;
  for (const FollowedTopic& each : followed) communities.insert(each.topic.community);
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, communities));
  for (const FollowedTopic& each : followed) {
    if (visible.contains(each.topic.community)) Fill(each.topic, *response.add_topics());
  }
  return response;
}

}  // namespace guildhall::discussions
