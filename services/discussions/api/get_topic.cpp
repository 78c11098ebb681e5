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

}  // namespace guildhall::discussions
