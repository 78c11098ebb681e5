#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/discussions/domain/mention.h"
#include "services/discussions/domain/topic.h"
#include "services/discussions/store/time_position.h"

namespace guildhall::discussions {

// Whom posts mention, one row a member or group. The writes are parts of a transaction that holds
// the topic of the post.

// A post, written or edited at `time` in `community`, mentions them from now on.
void StoreMentions(postgres::Work& work, const Post& post, CommunityId community,
                   const Mentions& added, absl::Time time);

// A post does not mention them any more.
void ForgetMentions(postgres::Work& work, PostId post, const Mentions& gone);

// Counts a call of everyone in a community at `time`, and says how many there were since `since`
// before it, whatever became of the posts. Calls at once are counted one after another: the others
// wait for the end of this transaction, and one that fails is not counted. One round trip.
absl::StatusOr<int> CountCall(postgres::Work& work, CommunityId community, absl::Time time,
                              absl::Time since);

// That a post mentions somebody.
struct Mention {
  PostId post;
  absl::Time time;
  MentionKind kind = MentionKind::kMember;
  TopicId topic;
  int post_number = 0;
  MemberId post_author;
  std::string topic_title;
  CommunityId community;
  // Whether whom it mentions ignores its author.
  bool ignored = false;
};

// The communities in which posts mention the grant's member, or have, at most kMaxMentionPlaces.
// One range of an index. It guards nothing: for a decision about them. Fails with: DEPENDENCY_AWAY,
// DEADLINE_PASSED.
absl::StatusOr<std::vector<CommunityId>> ListMentionPlaces(postgres::Database& database,
                                                           const postgres::Context& context,
                                                           const access::Grant& grant);

// Where a member may read what mentions it, whether that is wherever it is mentioned, where it is
// everyone, and where one of those who keep order.
struct OwnPlaces {
  const access::VisibleCommunities& readable;
  bool everywhere = false;
  const access::VisibleCommunities& everyone;
  const access::VisibleCommunities& moderators;
};

// Up to `count` mentions of the grant's member and of its groups, newest first, also by whom it
// ignores. One range of an index, or one for each place where it may not read everywhere; one for
// each of the groups that can have been mentioned last, some more than `count`, and two look-ups a
// mention. A second statement looks at all groups where that is not enough: where most of what
// mentioned them is gone, or the member's own, and far down the list. Fails with: DEPENDENCY_AWAY,
// DEADLINE_PASSED.
absl::StatusOr<std::vector<Mention>> ListMentions(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::Grant& grant,
                                                  const OwnPlaces& places,
                                                  const TimePosition& after, int count);

}  // namespace guildhall::discussions
