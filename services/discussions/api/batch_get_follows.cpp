#include "libs/base/status_macros.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/store/follow_store.h"

namespace guildhall::discussions {
namespace {

void Fill(TopicId topic, const TopicFollows& chosen, v1::BatchGetFollowsResponse& response) {
  if (chosen.topic) {
    v1::TopicFollow& told = *response.add_topic_follows();
    told.set_topic(resources::Name(topic));
    told.set_level(static_cast<v1::FollowLevel>(*chosen.topic));
  }
  const EffectiveFollow effective = FollowOf(chosen.topic, chosen.tags, chosen.community);
  v1::EffectiveFollow& told = *response.add_effective_follows();
  told.set_topic(resources::Name(topic));
  told.set_level(static_cast<v1::FollowLevel>(effective.level));
  told.set_source(static_cast<v1::FollowSource>(effective.source));
  told.set_tag(effective.tag);
}

}  // namespace

absl::StatusOr<v1::BatchGetFollowsResponse> BatchGetFollows(
    Discussions& discussions, const rpc::Call& call, const v1::BatchGetFollowsRequest& request) {
  GUILDHALL_ASSIGN(const std::vector<TopicId> topics, TopicsOf("topics", request.topics()));
  GUILDHALL_ASSIGN(const auto communities,
                   VisibleAmong(discussions, call, "communities", request.communities()));
  GUILDHALL_ASSIGN(const Places places,
                   GetTopicPlaces(discussions.database, call.context(), topics));
  GUILDHALL_ASSIGN(const auto around, VisibleAmong(discussions, call, places));
  GUILDHALL_ASSIGN(const auto of_topics,
                   GetTopicFollows(discussions.database, call.context(), around, topics));
  GUILDHALL_ASSIGN(const auto of_communities,
                   GetCommunityFollows(discussions.database, call.context(), communities));
  v1::BatchGetFollowsResponse response;
  for (const TopicId& topic : topics) {
    const auto found = of_topics.find(topic);
    if (found != of_topics.end()) Fill(topic, found->second, response);
  }
  for (const std::string& name : request.communities()) {
    GUILDHALL_ASSIGN(const CommunityId community, resources::ParseCommunity("communities", name));
    const auto found = of_communities.find(community);
    if (found == of_communities.end()) continue;
    v1::CommunityFollow& told = *response.add_community_follows();
    told.set_community(name);
    told.set_level(static_cast<v1::FollowLevel>(found->second));
  }
  return response;
}

}  // namespace guildhall::discussions
