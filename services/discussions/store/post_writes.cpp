#include "services/discussions/store/post_writes.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {

absl::StatusOr<std::optional<HeldPost>> HoldPost(postgres::Work& work, TopicId topic, PostId id) {
  work.Defer(sql::kHoldTopic, topic);
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kGetHeldPost, topic, id));
  if (rows.empty()) return std::nullopt;
  return HeldPost{PostFrom(rows[0]), rows[0].Get<CommunityId>(kPostColumns)};
}

void UpdatePost(postgres::Work& work, const Post& post) {
  work.Defer(sql::kUpdatePost, post.topic, post.number, post.markdown, post.edit_time,
             post.version);
}

void DeletePost(postgres::Work& work, const Post& post) {
  work.Defer(sql::kDeletePost, post.topic, post.number, post.delete_time, post.version);
}

}  // namespace guildhall::discussions
