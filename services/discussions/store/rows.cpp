#include "services/discussions/store/rows.h"

namespace guildhall::discussions {

Topic TopicFrom(const postgres::Row& row) {
  Topic topic;
  topic.id = row.Get<TopicId>(0);
  topic.community = row.Get<CommunityId>(1);
  topic.author = row.Get<MemberId>(2);
  topic.title = row.Get<std::string>(3);
  topic.last_post_number = row.Get<std::int32_t>(4);
  topic.last_author = row.Get<MemberId>(5);
  topic.create_time = row.Get<absl::Time>(6);
  topic.last_post_time = row.Get<absl::Time>(7);
  topic.score = row.Get<double>(8);
  topic.version = row.Get<std::int64_t>(9);
  topic.pinned = row.Get<bool>(10);
  topic.closer = row.Get<std::optional<MemberId>>(11);
  topic.kind = static_cast<TopicKind>(row.Get<std::int32_t>(12));
  topic.accepted_post = row.Get<std::optional<std::int32_t>>(13);
  if (!row.IsNull(14)) topic.praised = row.Get<std::vector<MemberId>>(14);
  if (!row.IsNull(15)) topic.tags = row.Get<std::vector<std::string>>(15);
  return topic;
}

std::optional<GoneTail> GoneTailFrom(const postgres::Row& row, int column) {
  if (row.IsNull(column)) return std::nullopt;
  return GoneTail{row.Get<std::int32_t>(column), row.Get<absl::Time>(column + 1)};
}

std::vector<Topic> TopicsFrom(const postgres::Rows& rows) {
  std::vector<Topic> topics;
  topics.reserve(rows.size());
  for (const postgres::Row row : rows) topics.push_back(TopicFrom(row));
  return topics;
}

absl::StatusOr<std::vector<Topic>> TopicsFrom(const absl::StatusOr<postgres::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  return TopicsFrom(*rows);
}

Post PostFrom(const postgres::Row& row) {
  Post post;
  post.id = row.Get<PostId>(0);
  post.topic = row.Get<TopicId>(1);
  post.number = row.Get<std::int32_t>(2);
  post.author = row.Get<MemberId>(3);
  post.markdown = row.Get<std::string>(4);
  post.create_time = row.Get<absl::Time>(5);
  post.edit_time = row.Get<std::optional<absl::Time>>(6);
  post.delete_time = row.Get<std::optional<absl::Time>>(7);
  post.version = row.Get<std::int64_t>(8);
  post.removed = row.Get<bool>(9);
  post.reply_to = row.Get<std::optional<std::int32_t>>(10);
  post.reply_count = row.Get<std::int32_t>(11);
  if (!row.IsNull(12)) {
    post.reactions = ReactionCounts(row.Get<std::vector<std::int32_t>>(12));
  }
  post.quoted_bytes = row.Get<std::int32_t>(13);
  post.moderated = row.Get<bool>(14);
  return post;
}

}  // namespace guildhall::discussions
