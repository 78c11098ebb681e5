#include "libs/resources/names.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"

namespace guildhall::discussions {

rpc::Lookup<v1::GetTopicRequest, v1::Topic, TopicId, Topic> TopicLookup(Discussions& discussions) {
  return {
      .key =
          [](const v1::GetTopicRequest& request) {
            return resources::ParseTopic("name", request.name());
          },
      .fetch =
          [&discussions](const postgres::Context& context, std::span<const TopicId> ids) {
            return GetTopics(discussions.database, context, ids);
          },
      .item =
          [](const Topic& topic) {
            return rpc::Item{topic.community, topic.author};
          },
      .reply = [](const rpc::Call&, const Topic& topic) { return ToProto(topic); },
  };
}

std::optional<cache::Subject> SubjectOf(const v1::GetTopicRequest& request) {
  const auto topic = resources::ParseTopic("name", request.name());
  if (!topic.ok()) return std::nullopt;
  return cache::Subject{.key = {.id = topic->uuid()}, .tags = {topic->uuid()}};
}

}  // namespace guildhall::discussions
