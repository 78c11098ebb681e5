#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// How imports fill topics.

// A topic as an import finds it.
struct ImportTarget {
  Topic topic;
  // Up to here posts were imported, and count as read by everybody.
  int imported_post_number = 0;
  bool deleted = false;
  // Whether this import adds posts to it.
  bool grows = false;
  // Whether it brings the answer to a question, by which the topic has another version.
  bool answered = false;
};

// A post as an import brings it.
struct ImportedPost {
  Post post;
  // Whether it is the answer to the question that its topic is.
  bool accepted = false;
  // Members and kinds; times are those of the post.
  std::vector<Reaction> reactions;
};
using ImportTargets = absl::flat_hash_map<TopicId, ImportTarget>;

// Which post has a number already.
using TakenNumbers = absl::flat_hash_map<std::pair<TopicId, int>, PostId>;

// The title, cut to what a topic takes. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<std::string> ImportedTitle(std::string_view field, std::string_view title);

// OK unless `time` is in the future by more than the clocks of two machines, or their time zones,
// may be apart: a topic from the future would stand first for ever.
// Fails with: FIELD_INVALID on `field`.
absl::Status CheckImportedTime(std::string_view field, absl::Time time, absl::Time now);

// Those of `wanted` that do not exist yet, added to their targets in the order given. Posts into
// deleted topics are left out: what was deleted stays so. A topic's imported posts count as read
// unless somebody has posted among them. A question that has an answer keeps that.
//
// `taken` holds those of `wanted` whose numbers are not beyond their topics' last.
// Fails with: FIELD_INVALID on "posts[i]…" for an unknown topic, for a number that leaves a gap,
// that another post has, or that is beyond what a topic takes; for an answer to a post that is not
// there, or to what is no question; for the same reaction twice.
absl::StatusOr<std::vector<ImportedPost>> AddImported(std::vector<ImportedPost> wanted,
                                                      TakenNumbers taken, ImportTargets& targets);

}  // namespace guildhall::discussions
