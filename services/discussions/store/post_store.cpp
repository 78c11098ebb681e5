#include "services/discussions/store/post_store.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {

absl::StatusOr<std::optional<Post>> PostStore::Get(const postgres::Context& context,
                                                   const access::Grant& grant,
                                                   const resources::PostRef& post) const {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database_.Read(context, sql::kGetPost, *grant.community(), post.topic, post.post,
                                  std::optional<std::int32_t>(post.number)));
  if (rows.empty()) return std::nullopt;
  return PostFrom(rows[0]);
}

absl::StatusOr<std::vector<Post>> PostStore::List(const postgres::Context& context,
                                                  const access::Grant& grant, TopicId topic,
                                                  int first_number, int count, Bytes bytes) const {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database_.Read(context, sql::kListPosts, *grant.community(), topic, first_number,
                                  count, static_cast<std::int64_t>(Count(bytes))));
  std::vector<Post> posts;
  posts.reserve(rows.size());
  for (const postgres::Row row : rows) posts.push_back(PostFrom(row));
  return posts;
}

}  // namespace guildhall::discussions
