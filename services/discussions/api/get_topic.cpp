#include "libs/resources/names.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"

namespace guildhall::discussions {

rpc::Lookup<v1::GetTopicRequest, v1::Topic, TopicId, NamedTopic> TopicLookup(
    Discussions& discussions) {
  return {
      .key =
          [](const v1::GetTopicRequest& request) {
            return resources::ParseTopic("name", request.name());
          },
      .fetch =
          [&discussions](const postgres::Context& context, std::span<const TopicId> ids) {
            return GetNamedTopics(discussions.database, context, ids);
          },
      .item =
          [](const NamedTopic& named) {
            return rpc::Item{named.topic.community, named.topic.author};
          },
      .reply =
          [](const rpc::Call& call, const NamedTopic& named) {
            // What changes it makes replies by its own name void, not these.
            if (named.merged) call.DoNotKeep();
            return ToProto(named.topic);
          },
  };
}

std::optional<cache::Subject> SubjectOf(const v1::GetTopicRequest& request) {
  const auto topic = resources::ParseTopic("name", request.name());
  if (!topic.ok()) return std::nullopt;
  return cache::Subject{.key = {.id = topic->uuid()}, .tags = {topic->uuid()}};
}

}  // namespace guildhall::discussions
