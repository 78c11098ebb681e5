#include "guildhall/change/v1/change.pb.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Topic> RestoreTopic(Discussions& discussions, const rpc::Call& call,
                                       const v1::RestoreTopicRequest& request) {
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("name", request.name()));
  return WriteOnce<v1::Topic>(
      discussions, call, id, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Topic> {
        GUILDHALL_ASSIGN(std::optional<RemovedTopic> held, HoldRemovedTopic(work, id));
        // Deleted by its author, or merged away.
        if (!held || (!held->stands && !held->removal)) return access::NotFound();
        Topic& topic = held->topic;
        GUILDHALL_TRY(permit.Check({topic.community, topic.author}));
        if (held->stands) return Refusal(reasons::kNotRemoved, "The topic is there.");
        ++topic.version;
        RestoreTopic(work, topic, *held->removal, {call.grant().member(), call.now()});
        AppendChange(work, change::v1::KIND_TOPIC_RESTORED, topic);
        return ToProto(topic);
      });
}

}  // namespace guildhall::discussions
