#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "libs/resources/names.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// Reactions, and what posts show of them.

// What became of storing a reaction.
struct StoredReaction {
  absl::Time create_time;
  // Whether it was not there before.
  bool is_new = false;
};

// Stores a reaction to a post of a held topic, unless the member reacts so already. One round trip,
// two where it does.
absl::StatusOr<StoredReaction> InsertReaction(postgres::Work& work, PostId post,
                                              const Reaction& reaction);

// Takes a reaction to a post of a held topic back, and says whether there was one. One round trip.
absl::StatusOr<bool> DeleteReaction(postgres::Work& work, PostId post, MemberId member,
                                    ReactionKind kind);

// Stores how many react to a post of a held topic.
void SetReactionCounts(postgres::Work& work, const Post& post);

// Where the list of a post's reactions goes on: after this member and kind. Empty: at the
// beginning.
struct ReactionPosition {
  MemberId member;
  int kind = 0;
};

// Up to `count` reactions to a post that stands in the grant's community, those of a member
// together. One range of an index. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<Reaction>> ListReactions(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant, TopicId topic,
                                                    PostId post, const ReactionPosition& after,
                                                    int count);

// How the member of `visible` reacts to those of `posts` (named by id) that stand in visible
// communities; without those to which it does not. One range of an index a post.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<absl::flat_hash_map<PostId, std::vector<ReactionKind>>> GetOwnReactions(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& visible, std::span<const resources::PostRef> posts);

}  // namespace guildhall::discussions
