#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/search.h"

namespace guildhall::discussions {

// A post that has what was looked for.
struct Found {
  PostId post;
  // Higher comes first; does not change with time.
  double score = 0;
};

// A result, as it stands now.
struct FoundPost {
  double score = 0;
  PostId id;
  TopicId topic;
  int number = 0;
  CommunityId community;
  std::string title;
  MemberId author;
  absl::Time create_time;
  // Its beginning.
  std::string markdown;
};

// Into how many stretches of days such a search divides time.
inline constexpr int kMostStretches = 32;

// Posts that have what the query looks for in visible communities, in its order: all of them, or
// where more than kMaxRanked have its words, those of as many of the newest, or of the oldest
// where these come first, to the day.
// Statements look up words in one index; mostly 6 to 8, from the oldest on 9 to 16, that read
// 3 * kMaxRanked rows in all, and never more than kMostStretches of kMaxRanked each, as where
// years of nothing follow a day of much: then those that come last may be missing. Fails with:
// DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<Found>> FindPosts(postgres::Database& database,
                                             const postgres::Context& context,
                                             const access::VisibleCommunities& visible,
                                             const SearchQuery& query, absl::Time now);

// The first `count` of `found` that stand in visible communities, in the topics that the query
// names and with the tags and traits that it does, in their order. What the index knows and is not
// there any more counts for nothing, so that it shows nowhere. A look-up each; one statement while
// that is so of few.
absl::StatusOr<std::vector<FoundPost>> GetFoundPosts(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::VisibleCommunities& visible,
                                                     const SearchQuery& query,
                                                     std::span<const Found> found, int count);

}  // namespace guildhall::discussions
