#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/ids.h"
#include "libs/postgres/database.h"
#include "libs/resources/names.h"

namespace guildhall::discussions {

// Where topics and posts stand: what a decision about them needs. These reads guard nothing
// themselves; they are for the engine, which decides with what they say.

// Where something stands and who wrote it.
struct Place {
  CommunityId community;
  MemberId author;
};
using Places = std::vector<std::optional<Place>>;

// The places of topics (which may repeat), in their order; nothing where there never was one. A
// deleted topic has a place still, so that its deletion can be repeated and gets its first answer.
// One statement. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<Places> GetTopicPlaces(postgres::Database& database,
                                      const postgres::Context& context,
                                      std::span<const TopicId> topics);

// The same for posts, named by id or by number; nothing for posts of deleted topics.
absl::StatusOr<Places> GetPostPlaces(postgres::Database& database, const postgres::Context& context,
                                     std::span<const resources::PostRef> posts);

}  // namespace guildhall::discussions
