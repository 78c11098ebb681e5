#include "services/discussions/store/post_writes.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {

absl::StatusOr<std::optional<HeldPost>> HoldPost(postgres::Work& work, TopicId topic, PostId id) {
  work.Defer(sql::kHoldTopic, topic);
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kGetHeldPost, topic, id));
  if (rows.empty()) return std::nullopt;
  HeldPost held{PostFrom(rows[0]), rows[0].Get<CommunityId>(kPostColumns)};
  held.accepted = rows[0].Get<std::optional<std::int32_t>>(kPostColumns + 1) == held.post.number;
  held.quoted = rows[0].Get<bool>(kPostColumns + 2);
  held.standing_number = rows[0].Get<std::int32_t>(kPostColumns + 3);
  return held;
}

void UpdatePost(postgres::Work& work, const Post& post) {
  work.Defer(sql::kUpdatePost, post.topic, post.number, post.markdown, post.edit_time, post.version,
             post.moderated);
}

void DeletePost(postgres::Work& work, const Post& post) {
  work.Defer(sql::kDeletePost, post.topic, post.number, post.delete_time, post.version);
}

absl::StatusOr<AnsweredPost> CountReply(postgres::Work& work, TopicId topic, int number, int more) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kCountReply, topic, number, more));
  const postgres::Row row = rows[0];
  return AnsweredPost{{row.Get<PostId>(0), row.Get<std::int64_t>(1)}, row.Get<bool>(2)};
}

}  // namespace guildhall::discussions
