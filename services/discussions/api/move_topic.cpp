#include "guildhall/change/v1/change.pb.h"
#include "libs/changelog/change_log.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/flag_store.h"

namespace guildhall::discussions {
namespace {

// OK when the caller keeps order where the topic is to go.
absl::Status CheckDestination(Discussions& discussions, const rpc::Call& call,
                              CommunityId destination) {
  const access::Demand demand{.permission = call.grant().permission(), .community = destination};
  return discussions.authorizer.AuthorizeAndWait(demand, call.caller(), call.deadline()).status();
}

// Those who read in the old place hear that the topic has left it, those in the new one that it is
// there.
void AppendMove(postgres::Work& work, const Topic& topic, CommunityId left) {
  changelog::Append(work, {.kind = change::v1::KIND_TOPIC_LEFT,
                           .key = topic.id.uuid(),
                           .resource = left.uuid(),
                           .version = topic.version});
  AppendChange(work, change::v1::KIND_TOPIC_MOVED, topic);
}

}  // namespace

absl::StatusOr<v1::Topic> MoveTopic(Discussions& discussions, const rpc::Call& call,
                                    const v1::MoveTopicRequest& request) {
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("name", request.name()));
  GUILDHALL_ASSIGN(const CommunityId destination,
                   resources::ParseCommunity("destination", request.destination()));
  GUILDHALL_TRY(CheckDestination(discussions, call, destination));
  return WriteOnce<v1::Topic>(
      discussions, call, id, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Topic> {
        GUILDHALL_ASSIGN(LockedTopic locked, LockToEdit(work, permit, id, request.etag()));
        const CommunityId left = locked.topic.community;
        if (left == destination) return ToProto(locked.topic);
        permit.AlsoTouches(destination);
        MoveTopic(locked.topic, destination);
        MoveTopic(work, locked.topic);
        MoveReviews(work, id, destination);
        AppendMove(work, locked.topic, left);
        return ToProto(locked.topic);
      });
}

}  // namespace guildhall::discussions
