#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/follow.h"

namespace guildhall::discussions {

// What members chose for tags, in their normal form (domain/tag.h): one word wherever they read.
// Each function is one statement and fails with: DEPENDENCY_AWAY, DEADLINE_PASSED, and where it
// writes, BUSY.

// Stores what the grant's member chooses for a tag. Also fails with: TOO_MANY_FOLLOWS.
absl::Status SetTagFollow(postgres::Database& database, const postgres::Context& context,
                          const access::Grant& grant, const TagFollow& follow);

// Takes back what it chose for a tag, if it did.
absl::Status ForgetTagFollow(postgres::Database& database, const postgres::Context& context,
                             const access::Grant& grant, const std::string& tag);

// Up to `count` tags for which it chose `level`, or any, in the order of their characters, after
// one of them. One range of the key.
absl::StatusOr<std::vector<TagFollow>> ListTagFollows(postgres::Database& database,
                                                      const postgres::Context& context,
                                                      const access::Grant& grant,
                                                      std::optional<FollowLevel> level,
                                                      const std::string& after, int count);

}  // namespace guildhall::discussions
