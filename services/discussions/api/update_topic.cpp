#include "libs/resources/update_mask.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/writing.h"
#include "services/discussions/domain/tag.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Topic> UpdateTopic(Discussions& discussions, const rpc::Call& call,
                                      const v1::UpdateTopicRequest& request) {
  const v1::Topic& asked = request.topic();
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("topic.name", asked.name()));
  GUILDHALL_ASSIGN(
      const auto mask,
      resources::UpdateMask::From(request.update_mask().paths(),
                                  {"title", "closed", "accepted_post_number", "tags", "kind"}));
  TopicEdit edit;
  if (mask.Has("title")) {
    GUILDHALL_ASSIGN(edit.title, TitleFrom("topic.title", asked.title()));
  }
  if (mask.Has("closed")) edit.closed = asked.closed();
  if (mask.Has("accepted_post_number")) edit.accepted_post = asked.accepted_post_number();
  if (mask.Has("tags")) {
    GUILDHALL_ASSIGN(edit.tags, TagsFrom("topic.tags", asked.tags()));
  }
  if (mask.Has("kind")) {
    GUILDHALL_ASSIGN(edit.kind, TopicKindFrom("topic.kind", asked.kind()));
  }
  return WriteOnce<v1::Topic>(
      discussions, call, id, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Topic> {
        GUILDHALL_ASSIGN(LockedTopic locked, LockToEdit(work, permit, id, asked.etag()));
        GUILDHALL_TRY(CheckOwnEdit("topic", locked.topic, edit));
        return Edited(work, call, locked.topic, edit);
      });
}

}  // namespace guildhall::discussions
