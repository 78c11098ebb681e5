#pragma once

#include <limits>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/topic.h"
#include "services/discussions/store/topic_store.h"

namespace guildhall::discussions {

// Where a feed goes on: after this time and id. Empty: at the beginning.
struct LatestFeedPosition {
  absl::Time last_post_time = absl::InfiniteFuture();
  TopicId id = BeforeAllTopics();
};

// The same for the feed by score.
struct TopFeedPosition {
  double score = std::numeric_limits<double>::infinity();
  TopicId id = BeforeAllTopics();
};

// A topic of a feed, and whether the member ignores who opened it or mutes a tag of it: then it is
// not shown, and has its place all the same.
struct FeedTopic {
  Topic topic;
  bool hidden = false;
};

// Up to `count` topics of the communities of `visible` without what its member mutes, those with
// the latest posts first. Of a muted community the topics that the member follows are among them,
// of the kMaxFollowedInMuted that it chose last, and those with tags that it follows, the
// kMaxTaggedInMuted with the latest posts.
//
// One statement: what is known of all communities, a buffer for some hundred; the head of an index,
// 3 buffers, for each whose topics may reach into the page by what is known; and then what does, of
// at most `count` communities. For 20 topics of 200 communities among 100,000 topics of 5,000 these
// are 230 buffers, 470 for the sixth page, and 740 where each of the 200 may reach into it, because
// all were written to in the same ten minutes or before the page. Who mutes one of them costs 4 for
// each topic more that it follows by itself or by a tag, and 3 for each look for a tag. Fail with:
// DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<FeedTopic>> ListLatestFeed(postgres::Database& database,
                                                      const postgres::Context& context,
                                                      const access::VisibleCommunities& visible,
                                                      const LatestFeedPosition& after, int count);

// The same of topics of one kind. Looked into is where such a topic may reach into the page by what
// is known of each kind, 90 communities to a buffer; where there is none in most of those, up to
// all of them: 3 buffers each, and none for topics of other kinds. Tags that the member follows are
// looked for in muted communities that have topics of the kind.
absl::StatusOr<std::vector<FeedTopic>> ListKindFeed(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::VisibleCommunities& visible,
                                                    TopicKind kind, const LatestFeedPosition& after,
                                                    int count);

// The same of questions without an accepted answer.
absl::StatusOr<std::vector<FeedTopic>> ListUnansweredFeed(postgres::Database& database,
                                                          const postgres::Context& context,
                                                          const access::VisibleCommunities& visible,
                                                          const LatestFeedPosition& after,
                                                          int count);

// The same of topics that have a tag, in its normal form. Looked into are communities that have it,
// 150 to a buffer, where any topic may reach into the page. That the member mutes the tag hides
// nothing.
absl::StatusOr<std::vector<FeedTopic>> ListTaggedFeed(postgres::Database& database,
                                                      const postgres::Context& context,
                                                      const access::VisibleCommunities& visible,
                                                      const std::string& tag,
                                                      const LatestFeedPosition& after, int count);

// As ListLatestFeed, by score.
absl::StatusOr<std::vector<FeedTopic>> ListTopFeed(postgres::Database& database,
                                                   const postgres::Context& context,
                                                   const access::VisibleCommunities& visible,
                                                   const TopFeedPosition& after, int count);

}  // namespace guildhall::discussions
