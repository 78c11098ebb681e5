#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"

namespace guildhall::discussions {

absl::StatusOr<v1::DeleteTopicResponse> DeleteTopic(Discussions& discussions, const rpc::Call& call,
                                                    const v1::DeleteTopicRequest& request) {
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("name", request.name()));
  return WriteOnce<v1::DeleteTopicResponse>(
      discussions, call, id, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::DeleteTopicResponse> {
        GUILDHALL_ASSIGN(LockedTopic locked, LockToEdit(work, permit, id, request.etag()));
        GUILDHALL_ASSIGN(const bool others_posted, OthersPosted(work, locked.topic));
        GUILDHALL_TRY(CheckDeletingTopic(others_posted));
        ++locked.topic.version;
        DeleteTopic(work, locked.topic, call.now());
        AppendChange(work, change::v1::KIND_TOPIC_DELETED, locked.topic);
        return v1::DeleteTopicResponse();
      });
}

}  // namespace guildhall::discussions
