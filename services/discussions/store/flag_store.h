#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "libs/resources/names.h"
#include "services/discussions/domain/flag.h"
#include "services/discussions/store/time_position.h"

namespace guildhall::discussions {

// Flags and the reviews that they make up. What changes them is part of a transaction that holds
// the post's topic.

// What CheckFlagging needs to know. One round trip.
absl::StatusOr<FlagsAround> LookAtFlags(postgres::Work& work, const Post& post, MemberId member);

// Stores a flag that is under review.
void InsertFlag(postgres::Work& work, const Flag& flag);

// Takes the flag under review of the grant's member away, if there is one, wherever the post
// stands; the review goes on while there are others'. Holds the post's topic where there is one.
// Three round trips. Fails with: BUSY.
absl::Status WithdrawFlag(postgres::Work& work, const access::Grant& grant,
                          const resources::PostRef& post);

// Decides about all flags under review of a post, or of the whole topic, and says how many there
// were. One round trip.
absl::StatusOr<int> DecideFlags(postgres::Work& work, TopicId topic, std::optional<PostId> post,
                                const FlagDecision& decision);

// The same, with the next statement or the commit, for whoever need not know.
void EndReviews(postgres::Work& work, TopicId topic, std::optional<PostId> post,
                const FlagDecision& decision);

// A post with flags under review that its author deleted, or its topic: text and number are gone.
struct GoneReview {
  Post post;
  CommunityId community;
};

// Holds the topic of a post until the end of the transaction; nothing where the post stands, or has
// nothing under review. One round trip. Fails with: BUSY.
absl::StatusOr<std::optional<GoneReview>> HoldGoneReview(postgres::Work& work, TopicId topic,
                                                         PostId post);

// Forgets what a held post said when it was flagged, and does not say any more.
void ForgetFlaggedTexts(postgres::Work& work, const Post& post);

// Takes the reviews of a topic along into another community, and of the flagged texts those that
// its posts still say.
void MoveReviews(postgres::Work& work, TopicId topic, CommunityId destination);

// Up to `count` flags of the grant's member, newest first, wherever their posts stand: whether the
// member may read there now is to be decided by the caller. One range of an index.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<Flag>> ListOwnFlags(postgres::Database& database,
                                               const postgres::Context& context,
                                               const access::Grant& grant,
                                               const TimePosition& after, int count);

// Up to `count` reviews of the grant's community, the oldest first, yet without their flags: for a
// grant to keep order. One range of an index, and two rows by their keys for each.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<Review>> ListReviews(postgres::Database& database,
                                                const postgres::Context& context,
                                                const access::Grant& grant,
                                                const TimePosition& after, int count);

// The same of many communities, in one list: `kept` are some to keep order in. A look-up for each,
// one range of an index for those whose first is among the oldest, and two rows by their keys for
// each review.
absl::StatusOr<std::vector<Review>> ListWaitingReviews(postgres::Database& database,
                                                       const postgres::Context& context,
                                                       const access::VisibleCommunities& kept,
                                                       const TimePosition& after, int count);

// How many reviews each of the communities has, at most kMaxReviewsCounted: `kept` are some to keep
// order in. One range of an index each. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<absl::flat_hash_map<CommunityId, int>> CountReviews(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& kept);

// Reads the flags of reviews into them, and what the posts said when they were flagged, up to
// kMaxFlaggedBytes of it; those that were decided meanwhile have none. Two statements.
absl::Status ReadFlags(postgres::Database& database, const postgres::Context& context,
                       const access::Grant& grant, std::vector<Review>& reviews);
absl::Status ReadFlags(postgres::Database& database, const postgres::Context& context,
                       const access::VisibleCommunities& kept, std::vector<Review>& reviews);

// Up to `count` decided reviews of the grant's community, the latest first, yet without their
// flags: for a grant to keep order. One range of an index, and two rows by their keys for each.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<DecidedReview>> ListDecidedReviews(postgres::Database& database,
                                                              const postgres::Context& context,
                                                              const access::Grant& grant,
                                                              const TimePosition& after, int count);

// Reads the flags that were decided with reviews into them. One statement.
absl::Status ReadFlags(postgres::Database& database, const postgres::Context& context,
                       const access::Grant& grant, std::vector<DecidedReview>& reviews);

}  // namespace guildhall::discussions
