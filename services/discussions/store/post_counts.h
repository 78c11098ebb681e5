#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/discussions/store/post_writes.h"

namespace guildhall::discussions {

// What posts show of their answers and reactions, held against these.

// Where a post stands.
struct PostPlace {
  TopicId topic;
  int number = 0;
};

struct ComparedPost {
  PostPlace place;
  // Whether it shows what there is.
  bool right = true;
};

// Up to `count` posts after a place, in order of topic and number, compared in one snapshot without
// a lock. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<ComparedPost>> CompareCounts(postgres::Database& database,
                                                        const postgres::Context& context,
                                                        const PostPlace& after, int count);

// Locks the topic and makes the post show what there is; nothing when it does. One round trip.
absl::StatusOr<std::optional<CountedPost>> MendCounts(postgres::Work& work, const PostPlace& place);

}  // namespace guildhall::discussions
