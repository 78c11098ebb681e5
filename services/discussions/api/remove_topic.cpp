#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/store/flag_store.h"
#include "services/discussions/store/removal_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Removal> RemoveTopic(Discussions& discussions, const rpc::Call& call,
                                        const v1::RemoveTopicRequest& request) {
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("name", request.name()));
  GUILDHALL_ASSIGN(const std::string reason, RemovalReasonFrom("reason", request.reason()));
  return WriteOnce<v1::Removal>(
      discussions, call, id, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Removal> {
        GUILDHALL_ASSIGN(LockedTopic locked, LockToEdit(work, permit, id, request.etag()));
        ++locked.topic.version;
        Removal removal = NewRemoval(discussions, call, reason);
        removal.community = locked.topic.community;
        removal.topic = id;
        removal.author = locked.topic.author;
        EndReviews(work, id, std::nullopt, DecisionOf(removal));
        GUILDHALL_TRY(RemoveTopic(work, locked.topic, removal));
        AppendChange(work, change::v1::KIND_TOPIC_DELETED, locked.topic);
        return ToProto(removal);
      });
}

}  // namespace guildhall::discussions
