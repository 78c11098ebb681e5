#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/base/bytes.h"
#include "libs/postgres/database.h"
#include "libs/postgres/rows.h"
#include "libs/resources/names.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// The posts of topics of the grant's community; nothing of a topic that has left it since the
// decision. Deleted posts come without text. Posts come with what they quote, which is a statement
// more where any does. Fail with DEPENDENCY_AWAY, DEADLINE_PASSED or
// CANCELLED.
class PostStore {
 public:
  explicit PostStore(postgres::Database& database) : database_(database) {}

  // One post by id or number. Two look-ups. One that has gone into another topic is found by the
  // names that it had, too, by two statements more.
  absl::StatusOr<std::optional<Post>> Get(const postgres::Context& context,
                                          const access::Grant& grant,
                                          const resources::PostRef& post) const;

  // Up to `count` posts from `first_number` on, in order of their numbers; it ends early with the
  // post by which their texts exceed `bytes`, so no more than that and one post is read. One index
  // range scan.
  absl::StatusOr<std::vector<Post>> List(const postgres::Context& context,
                                         const access::Grant& grant, TopicId topic,
                                         int first_number, int count, Bytes bytes) const;

  // The same of the posts that answer the post of number `reply_to`.
  absl::StatusOr<std::vector<Post>> ListReplies(const postgres::Context& context,
                                                const access::Grant& grant, TopicId topic,
                                                int reply_to, int first_number, int count,
                                                Bytes bytes) const;

 private:
  absl::StatusOr<std::vector<Post>> PostsFrom(const postgres::Context& context,
                                              const access::Grant& grant,
                                              const absl::StatusOr<postgres::Rows>& rows) const;

  // What stands under a name now, be it a marker.
  absl::StatusOr<std::optional<Post>> Read(const postgres::Context& context,
                                           const access::Grant& grant,
                                           const resources::PostRef& post) const;

  postgres::Database& database_;
};

}  // namespace guildhall::discussions
