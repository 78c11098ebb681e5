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
  // It went with its topic: whoever wrote it may know that it was, and finds the answers to
  // requests that it repeats; for all others it never was.
  bool deleted = false;
};
using Places = std::vector<std::optional<Place>>;

// The places of topics (which may repeat), in their order; nothing where there never was one.
// One statement. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<Places> GetTopicPlaces(postgres::Database& database,
                                      const postgres::Context& context,
                                      std::span<const TopicId> topics);

// The same for posts, named by id or by number. In a deleted topic every name has the place of the
// topic: its posts are gone, and all of them were its author's.
absl::StatusOr<Places> GetPostPlaces(postgres::Database& database, const postgres::Context& context,
                                     std::span<const resources::PostRef> posts);

}  // namespace guildhall::discussions
