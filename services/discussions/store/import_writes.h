#pragma once

#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/postgres/work.h"
#include "services/discussions/domain/import.h"

namespace guildhall::discussions {

// How imports write: whole batches with one statement each, parts of a transaction. Writing nothing
// again what is there already.

// A post that has more answers.
struct CountedReplies {
  TopicId topic;
  PostId post;
  std::int64_t version = 0;
};

// Creates those topics that do not exist yet, without posts and so not visible, and says how many.
absl::StatusOr<int> ImportTopics(postgres::Work& work, std::span<const Topic> topics);

// Stores held topics that follow their source, with their marks.
void StoreFollowingTopics(postgres::Work& work, std::span<const ImportTarget> topics);

// Locks topics until the end of the transaction, in order of their ids; those that do not exist are
// left out. Fails with: BUSY.
absl::StatusOr<ImportTargets> LockTargets(postgres::Work& work, std::span<const TopicId> topics);

// What stands of the posts and of those that they answer, under the locks of their topics. One
// round trip, another one where posts that stand are sent with reactions.
absl::StatusOr<StandingPosts> GetStandingPosts(postgres::Work& work,
                                               std::span<const ImportedPost> posts);

// Stores posts that domain's DecideImport has created, and how members reacted to them. Fails with:
// FIELD_INVALID (one of the ids is another post's).
absl::Status ImportPosts(postgres::Work& work, std::span<const ImportedPost> posts);

// Stores posts that follow their source, and the reactions that were added.
void StoreFollowing(postgres::Work& work, std::span<const FollowingPost> posts);

// Stores which questions got their answers.
void StoreImportedAnswers(postgres::Work& work, const ImportTargets& targets);

// Stores what their topics show of them, with the commit: last, because from then on whoever posts
// into their communities may have to wait (community_activity).
void StoreImportedEnds(postgres::Work& work, const ImportTargets& targets);

// Counts stored posts as answers to those that they answer, and says which of these were there
// before. One round trip where any answers one.
absl::StatusOr<std::vector<CountedReplies>> CountImportedReplies(
    postgres::Work& work, std::span<const ImportedPost> posts);

}  // namespace guildhall::discussions
