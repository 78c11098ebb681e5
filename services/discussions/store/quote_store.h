#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/discussions/domain/quote.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// What posts quote. It goes with its source by triggers: see migrations/0020_create_quotes.sql.

// Those of some posts that stand in a topic of the grant's community, in no order: whoever may read
// there may quote them. One look-up each. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<Post>> GetPostsToQuote(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::Grant& grant, TopicId topic,
                                                  std::span<const PostId> posts);

// A quote, and the version of its source in which it was found.
struct FoundQuote {
  Quote quote;
  std::int64_t version = 0;
};

// Stores what a post of a held topic quotes, and says whether all of it was there still: where it
// was not, the transaction has to fail. One round trip.
absl::StatusOr<bool> StoreQuotes(postgres::Work& work, const Post& post,
                                 std::span<const FoundQuote> quotes);

// A post, and the community in which its topic stood when it was read.
struct PlacedPost {
  Post& post;
  CommunityId community;
};

// Gives posts what they quote, as it is shown while their topics stand there. No round trip where
// none quotes anything, otherwise one, with one range of the key for each that does and two
// look-ups for each quote. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::Status AddQuotes(postgres::Database& database, const postgres::Context& context,
                       std::span<const PlacedPost> posts);
absl::Status AddQuotes(postgres::Work& work, const PlacedPost& post);

// What is quoted of a held post that was edited goes, in whatever topic, unless the post still says
// it; `said`: SaidIn of its HTML. Posts of its topic that lose a quote, in order of their numbers,
// with what changes name. One round trip; one look at each quote of the post.
absl::StatusOr<std::vector<Post>> ForgetUnsaidQuotes(postgres::Work& work, const Post& post,
                                                     const std::string& said);

// Posts of a held topic that quote one of it, in order of their numbers; with what changes name.
// One round trip.
absl::StatusOr<std::vector<Post>> ListQuotingPosts(postgres::Work& work, TopicId topic,
                                                   PostId post);

}  // namespace guildhall::discussions
