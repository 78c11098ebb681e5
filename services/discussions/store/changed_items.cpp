#include "services/discussions/store/changed_items.h"

#include <vector>

#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/store/quote_store.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {

absl::StatusOr<absl::flat_hash_map<TopicId, Changed<Topic>>> GetChangedTopics(
    postgres::Database& database, const postgres::Context& context, std::span<const TopicId> ids) {
  absl::flat_hash_map<TopicId, Changed<Topic>> found;
  if (ids.empty()) return found;
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetChangedTopics, ids));
  for (const postgres::Row row : rows) {
    Topic topic = TopicFrom(row);
    Changed<Topic>& changed = found[topic.id];
    changed.community = topic.community;
    if (!row.Get<bool>(kTopicColumns)) changed.now = std::move(topic);
  }
  return found;
}

absl::StatusOr<absl::flat_hash_map<PostId, Changed<Post>>> GetChangedPosts(
    postgres::Database& database, const postgres::Context& context,
    std::span<const resources::PostRef> posts) {
  absl::flat_hash_map<PostId, Changed<Post>> found;
  if (posts.empty()) return found;
  std::vector<TopicId> topics;
  std::vector<PostId> ids;
  for (const resources::PostRef& post : posts) {
    topics.push_back(post.topic);
    ids.push_back(*post.post);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetChangedPosts, topics, ids));
  for (const postgres::Row row : rows) {
    Post post = PostFrom(row);
    Changed<Post>& changed = found[post.id];
    changed.community = row.Get<CommunityId>(kPostColumns);
    if (post.number > 0) changed.now = std::move(post);
  }
  std::vector<PlacedPost> placed;
  for (auto& [id, changed] : found) {
    if (changed.now) placed.push_back({*changed.now, changed.community});
  }
  GUILDHALL_TRY(AddQuotes(database, context, placed));
  return found;
}

}  // namespace guildhall::discussions
