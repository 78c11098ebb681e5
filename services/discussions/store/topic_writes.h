#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "libs/postgres/work.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// What changes topics, each function a part of a transaction. Whoever writes into a topic locks it
// first: numbers have no gap, and whatever the domain decides holds until the commit. A transaction
// locks one topic, or several in order of their ids.

// A topic as its lock finds it.
struct LockedTopic {
  Topic topic;
  // Up to here posts were imported, and count as read by everybody.
  int imported_post_number = 0;
};

// Locks a topic until the end of the transaction; nothing when there is none. One round trip; waits
// at most a second for another writer, then fails with BUSY.
absl::StatusOr<std::optional<LockedTopic>> LockTopic(postgres::Work& work, TopicId id);

// Opens `topic` with its first post, which its author has read.
void InsertTopic(postgres::Work& work, const Topic& topic, const Post& first);

// Posts into a locked topic that domain's AddPost has added `post` to. An author who had read
// everything before it has read it too.
void InsertPost(postgres::Work& work, const LockedTopic& locked, const Post& post);

// Stores title, kind, pin, closing, accepted answer, tags and version of a locked topic.
void UpdateTopic(postgres::Work& work, const Topic& topic);

// Stores where a locked topic stands now, not pinned, and its version.
void MoveTopic(postgres::Work& work, const Topic& topic);

// Whether a post of a locked topic is there and not deleted. One round trip.
absl::StatusOr<bool> PostStands(postgres::Work& work, TopicId topic, int number);

// Stores that a held topic has no accepted answer any more; answers its new version. One round
// trip.
absl::StatusOr<std::int64_t> ForgetAnswer(postgres::Work& work, TopicId topic);

// Whether anybody but its author has posted into a locked topic, deleted posts included, or voted
// in its poll.
absl::StatusOr<bool> OthersPosted(postgres::Work& work, const Topic& topic);

// Deletes a locked topic as a new version: its posts, its poll, its title and its tags go, and no
// import brings it back. Removes at most kMaxPostsPerTopic rows.
void DeleteTopic(postgres::Work& work, const Topic& topic, absl::Time now);

// The next topics after an id, at most `count`, locked in order of their ids; those without posts
// are among them.
absl::StatusOr<std::vector<LockedTopic>> LockTopicsAfter(postgres::Work& work, TopicId after,
                                                         int count);

// How locked topics end, without those that have no posts: what stands is looked for from a number
// back. One round trip, and reads what has gone on the way to it.
absl::StatusOr<absl::flat_hash_map<TopicId, TopicEnd>> GetEnds(postgres::Work& work,
                                                               std::span<const TopicId> ids,
                                                               int from_number);

// Stores what locked topics show of their posts (last number, author and time, score, what has gone
// at their end) and up to where posts were imported.
void StoreEnds(postgres::Work& work, std::span<const LockedTopic> topics);

// Stores how a held topic ends after its post of a number has gone, or is there again, which was
// the last that stood or came after that; answers the topic. Two round trips.
absl::StatusOr<Topic> ResetEnd(postgres::Work& work, TopicId id, int from_number);

}  // namespace guildhall::discussions
