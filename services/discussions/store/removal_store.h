#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/discussions/domain/topic.h"
#include "services/discussions/store/time_position.h"

namespace guildhall::discussions {

// What was deleted, edited, forgotten or moved for a reason by who keeps order.

// Deletes a locked topic, whose version is the new one, and stores the removal; its title and first
// post are read into it. One round trip.
absl::Status RemoveTopic(postgres::Work& work, const Topic& topic, Removal& removal);

// Stores the removal of a post of a held topic, whose version is the new one; the topic's title is
// read into it. One round trip.
absl::Status RemovePost(postgres::Work& work, const Post& post, Removal& removal);

// Stores what was taken of a post of a held topic that stands. Its text and the topic's title are
// not read.
void InsertRemoval(postgres::Work& work, const Removal& removal);

// The same of a post that its author deleted and that was to be removed; the topic's title, if that
// is left, is read into it. One round trip.
absl::Status InsertUpheldRemoval(postgres::Work& work, Removal& removal);

// Stores that a locked topic left the community of the removal.
void InsertMove(postgres::Work& work, const Removal& removal);

// A topic that is held, whether it stands, and the removal of it that does.
struct RemovedTopic {
  Topic topic;
  bool stands = false;
  std::optional<Uuid> removal;
};

// Holds a topic until the end of the transaction, deleted or not; nothing where there never was
// one. One round trip. Fails with: BUSY.
absl::StatusOr<std::optional<RemovedTopic>> HoldRemovedTopic(postgres::Work& work, TopicId id);

// The removal of a post that stands.
struct StandingRemoval {
  Uuid id;
  // Where it was decided.
  CommunityId community;
  // What the post said.
  std::string markdown;
};

// Nothing where the post was not removed, or is back. A look-up by key. Fails with:
// DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::optional<StandingRemoval>> GetRemovalOf(postgres::Database& database,
                                                            const postgres::Context& context,
                                                            PostId post);

// The same within a transaction that holds the post's topic. One round trip.
absl::StatusOr<std::optional<StandingRemoval>> GetRemovalOf(postgres::Work& work, PostId post);

// Who brings something back, and when.
struct Restoring {
  MemberId restorer;
  absl::Time time;
};

// Stores that a held topic, whose version is the new one, is there again.
void RestoreTopic(postgres::Work& work, const Topic& topic, const Uuid& removal,
                  const Restoring& by);

// The same of a post of a held topic, with its text.
void RestorePost(postgres::Work& work, const Post& post, const Uuid& removal, const Restoring& by);

// Up to `count` posts from `first_number` on of a topic that was removed in the grant's community,
// in order of their numbers: for a grant to keep order. Without what they quote; nothing where the
// topic is back, or went otherwise. It ends early with the post by which the texts exceed
// kMaxPageBytes. One index range scan. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<Post>> ListRemovedPosts(postgres::Database& database,
                                                   const postgres::Context& context,
                                                   const access::Grant& grant, TopicId topic,
                                                   int first_number, int count);

// Up to `count` removals of the grant's community, newest first: for a grant to keep order. One
// range of an index. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<Removal>> ListRemovals(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::Grant& grant,
                                                  const TimePosition& after, int count);

// Up to `count` removals of what the grant's member wrote, newest first, wherever it stood: whether
// the member may read there now is to be decided by the caller.
absl::StatusOr<std::vector<Removal>> ListOwnRemovals(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::Grant& grant,
                                                     const TimePosition& after, int count);

// The same of one topic as a whole, or of one post by its id, in whatever topic it was.
absl::StatusOr<std::vector<Removal>> ListOwnRemovalsOf(postgres::Database& database,
                                                       const postgres::Context& context,
                                                       const access::Grant& grant,
                                                       const Uuid& resource,
                                                       const TimePosition& after, int count);

}  // namespace guildhall::discussions
