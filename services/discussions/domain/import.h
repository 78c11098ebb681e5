#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/import_outcome.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// How imports fill topics.

// A topic as an import finds it.
struct ImportTarget {
  Topic topic;
  // Up to here posts were imported, and count as read by everybody.
  int imported_post_number = 0;
  bool deleted = false;
  // Of the record that it was last imported from.
  std::optional<ImportMark> mark;
  // Whether this import adds posts to it.
  bool grows = false;
  // Whether it brings the answer to a question, by which the topic has another version.
  bool answered = false;
};

// A post as an import brings it.
struct ImportedPost {
  // Number 0: the next of its topic, or the one that it has.
  Post post;
  // Where it stands in the request.
  int place = 0;
  // Which post of its topic it answers, where that is told by its id.
  std::optional<PostId> answered;
  // In which community the source has it, where it says so.
  std::optional<CommunityId> community;
  // Whether it is the answer to the question that its topic is.
  bool accepted = false;
  // Members and kinds; times are those of the post.
  std::vector<Reaction> reactions;
  // Stored with it.
  ImportMark mark;
};
using ImportTargets = absl::flat_hash_map<TopicId, ImportTarget>;

using ReactionKey = std::pair<MemberId, ReactionKind>;

// A post that stands already, wherever it does by now.
struct StandingPost {
  // Without what no import compares.
  Post post;
  std::optional<PostId> answered;
  std::optional<ImportMark> mark;
  // Those of the reactions that an import brings.
  std::set<ReactionKey> reacted;
};

// What stands of the posts that an import brings, and of those that they answer.
struct StandingPosts {
  absl::flat_hash_map<PostId, StandingPost> posts;
  // Where posts stood before they went elsewhere.
  absl::flat_hash_set<std::pair<PostId, std::pair<TopicId, int>>> left;
  absl::flat_hash_set<PostId> moved;
};

// A post that stood and is written.
struct FollowingPost {
  Post post;
  ImportMark mark;
  // Whether it has another text, which is a new version.
  bool rewritten = false;
  // Those that were added.
  std::vector<Reaction> reactions;
};

// Where a post stands that an import leaves there.
struct PostElsewhere {
  // In the request.
  int place = 0;
  TopicId topic;
  PostId post;
};

// What an import comes to.
struct ImportedPosts {
  std::vector<ImportedPost> created;
  std::vector<FollowingPost> following;
  // By places in the request.
  std::vector<std::pair<int, ImportOutcome>> outcomes;
  // Of those whose outcome is kElsewhere.
  std::vector<PostElsewhere> elsewhere;
};

// What an import replaces of a post, and what it only adds: of a mark one bit tells whether it was
// accepted, and the others are of the digest of its reactions.
RecordHash::Digest TextDigest(const Post& post);
std::uint32_t AddedBits(const ImportedPost& imported);

// The title, cut to what a topic takes. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<std::string> ImportedTitle(std::string_view field, std::string_view title);

// OK unless `time` is in the future by more than the clocks of two machines, or their time zones,
// may be apart: a topic from the future would stand first for ever.
// Fails with: FIELD_INVALID on `field`.
absl::Status CheckImportedTime(std::string_view field, absl::Time time, absl::Time now);

// Decides what becomes of each of `wanted`, in the order given; targets are what they will be.
// Posts into deleted topics are left out: what was deleted stays so. New ones whose source has them
// in another community than their topic are not taken. A topic's imported posts count
// as read unless somebody has posted among them. A question that has an answer keeps that.
//
// With kCreateOnly fails with: FIELD_INVALID on "posts[i]…" for an unknown topic, or one in another
// community; for a number that leaves a gap, that another post has, or that is beyond what a topic
// takes; for an answer to a post that is not there, or to what is no question; for the same
// reaction twice.
absl::StatusOr<ImportedPosts> DecideImport(std::vector<ImportedPost> wanted, StandingPosts standing,
                                           ImportTargets& targets, ImportManner manner);

// What becomes of a topic that stands, with `target` as it will be where the outcome is UPDATED or
// `marked`: then its row gets a mark.
struct FollowingTopic {
  ImportOutcome outcome;
  // Whether anything that members see has changed, which is a new version.
  bool edited = false;
  bool marked = false;
};
FollowingTopic FollowTopic(const Topic& wanted, ImportTarget& target);

// What an import keeps of a topic that it creates, and the hash by which it is compared.
ImportMark MarkOf(const Topic& topic);
RecordHash::Digest ContentOf(const Topic& topic);

}  // namespace guildhall::discussions
