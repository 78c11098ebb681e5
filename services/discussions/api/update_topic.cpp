#include "guildhall/change/v1/change.pb.h"
#include "libs/resources/etag.h"
#include "libs/resources/update_mask.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Topic> UpdateTopic(Discussions& discussions, const rpc::Call& call,
                                      const v1::UpdateTopicRequest& request) {
  const v1::Topic& asked = request.topic();
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("topic.name", asked.name()));
  GUILDHALL_TRY(resources::UpdateMask::From(request.update_mask().paths(), {"title"}).status());
  GUILDHALL_ASSIGN(const std::string title, TitleFrom("topic.title", asked.title()));
  return WriteOnce<v1::Topic>(
      discussions, call, id, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Topic> {
        GUILDHALL_ASSIGN(LockedTopic locked, LockPermitted(work, permit, id));
        GUILDHALL_TRY(resources::CheckEtag(asked.etag(), locked.topic.version));
        EditTopic(locked.topic, title);
        UpdateTopic(work, locked.topic);
        AppendChange(work, change::v1::KIND_TOPIC_UPDATED, locked.topic);
        return ToProto(locked.topic);
      });
}

}  // namespace guildhall::discussions
