#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/discussions/store/topic_store.h"

namespace guildhall::discussions {

// What is known of the tags of communities. A trigger keeps it in step with the tags of topics: see
// migrations/0014_create_tags.sql.

// A tag, and how many topics have it.
struct TagCount {
  std::string tag;
  int topic_count = 0;
};

// Up to `count` tags of the grant's community, those of the most topics first, those of as many in
// the reverse order of their characters, after one of them. One range of one index. Fails with:
// DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<TagCount>> ListTags(postgres::Database& database,
                                               const postgres::Context& context,
                                               const access::Grant& grant, const TagCount& after,
                                               int count);

// Up to kMaxTagsTogether tags of the visible communities, those of the most topics in all of them
// first; of each community its kMaxTagsCounted of the most topics are counted. One statement, one
// range of one index for each community. Fails the same way.
absl::StatusOr<std::vector<TagCount>> GetMostUsedTags(postgres::Database& database,
                                                      const postgres::Context& context,
                                                      const access::VisibleCommunities& visible);

// Up to `count` topics of the grant's community that have a tag, those with the latest posts first,
// pinned or not. One range of one index, and a look-up each. Fails the same way.
absl::StatusOr<std::vector<Topic>> ListTaggedTopics(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant,
                                                    const std::string& tag,
                                                    const LatestPosition& after, int count);

// A tag of a community, in their order.
struct TagPlace {
  CommunityId community;
  std::string tag;
};

struct ComparedTag {
  TagPlace place;
  // Whether it shows how many topics have it.
  bool right = true;
};

// Up to `count` tags after a place, compared in one snapshot without a lock. Fails the same way.
absl::StatusOr<std::vector<ComparedTag>> CompareTagCounts(postgres::Database& database,
                                                          const postgres::Context& context,
                                                          const TagPlace& after, int count);

// Locks the tag and makes it show how many topics have it, and go if none has; false when it did.
// One round trip.
absl::StatusOr<bool> MendTagCount(postgres::Work& work, const TagPlace& place);

}  // namespace guildhall::discussions
