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
  return topic;
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
  return post;
}

}  // namespace guildhall::discussions
