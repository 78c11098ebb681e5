#include "services/discussions/store/post_store.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/carry.h"
#include "services/discussions/store/quote_store.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {

absl::StatusOr<std::vector<Post>> PostStore::PostsFrom(
    const postgres::Context& context, const access::Grant& grant,
    const absl::StatusOr<postgres::Rows>& rows) const {
  if (!rows.ok()) return rows.status();
  std::vector<Post> posts;
  posts.reserve(rows->size());
  for (const postgres::Row row : *rows) posts.push_back(PostFrom(row));
  std::vector<PlacedPost> placed;
  for (Post& post : posts) placed.push_back({post, *grant.community()});
  GUILDHALL_TRY(AddQuotes(database_, context, placed));
  return posts;
}

absl::StatusOr<std::optional<Post>> PostStore::Get(const postgres::Context& context,
                                                   const access::Grant& grant,
                                                   const resources::PostRef& post) const {
  GUILDHALL_ASSIGN(std::optional<Post> found, Read(context, grant, post));
  if (found && !IsMarker(*found)) return found;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database_.Read(context, sql::kFindMovedPost, post.topic, post.post,
                                  std::optional<std::int32_t>(post.number)));
  if (rows.empty()) return std::nullopt;
  return Read(context, grant, {.topic = rows[0].Get<TopicId>(0), .post = rows[0].Get<PostId>(1)});
}

absl::StatusOr<std::optional<Post>> PostStore::Read(const postgres::Context& context,
                                                    const access::Grant& grant,
                                                    const resources::PostRef& post) const {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database_.Read(context, sql::kGetPost, *grant.community(), post.topic, post.post,
                                  std::optional<std::int32_t>(post.number)));
  if (rows.empty()) return std::nullopt;
  Post found = PostFrom(rows[0]);
  const PlacedPost placed{found, *grant.community()};
  GUILDHALL_TRY(AddQuotes(database_, context, {&placed, 1}));
  return found;
}

absl::StatusOr<std::vector<Post>> PostStore::List(const postgres::Context& context,
                                                  const access::Grant& grant, TopicId topic,
                                                  int first_number, int count, Bytes bytes) const {
  GUILDHALL_CHECK(grant.community().has_value());
  return PostsFrom(context, grant,
                   database_.Read(context, sql::kListPosts, *grant.community(), topic, first_number,
                                  count, static_cast<std::int64_t>(Count(bytes))));
}

absl::StatusOr<std::vector<Post>> PostStore::ListReplies(const postgres::Context& context,
                                                         const access::Grant& grant, TopicId topic,
                                                         int reply_to, int first_number, int count,
                                                         Bytes bytes) const {
  GUILDHALL_CHECK(grant.community().has_value());
  return PostsFrom(context, grant,
                   database_.Read(context, sql::kListReplies, *grant.community(), topic, reply_to,
                                  first_number, count, static_cast<std::int64_t>(Count(bytes))));
}

}  // namespace guildhall::discussions
