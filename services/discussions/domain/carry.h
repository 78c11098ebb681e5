#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// How posts of a topic go into another one: some of them into a new one (split), or all of them
// into one that is there (merge).
//
// Numbers never change, because permalinks, watermarks and answers go by them. Where a post stood a
// marker keeps its number, as a deleted post does, and leads to where it is now; where posts come
// to they get the next numbers. So posts that are merged into a topic stand after its own, whenever
// they were written: in order of time their numbers would be those of other posts.

// A post as carrying it needs it: without its text.
struct PostHead {
  PostId id;
  int number = 0;
  MemberId author;
  absl::Time create_time;
  // By which it stands where it does; order by number is order by this time.
  absl::Time place_time;
  std::optional<int> reply_to;
  // Not deleted.
  bool stands = true;

  bool operator==(const PostHead&) const = default;
};

// A post and where it goes.
struct CarriedPost {
  PostHead was;
  int number = 0;
  // That of the post, or of the one before it where that is later.
  absl::Time place_time;
  // The post that it answers, if that goes along; who answered what stays answers the topic.
  std::optional<int> reply_to;

  bool operator==(const CarriedPost&) const = default;
};

// Whether a post is a marker of one that went into another topic.
bool IsMarker(const Post& post);

// OK when those of a topic that a request names in `field` may go: `found` of `asked` different
// ones are there, all of them stand, and the first of the topic is not among them.
// Fails with: FIELD_INVALID on `field`, FIRST_POST.
absl::Status CheckSplitting(std::string_view field, std::span<const PostHead> found, int asked);

// OK when a topic may go into another one of its community, both as they are held. Fails with:
// TOPIC_TOO_LONG (more than kMaxMergedPosts), TOPIC_HAS_POLL (its votes would stand under a
// question that nobody asked them).
absl::Status CheckMerging(const Topic& topic);

// What a new topic begins with that posts, in order of their numbers, are to be carried into.
Topic SplitOff(const Topic& from, TopicId id, std::string title, const PostHead& first);

// Carries posts, in order of their numbers, to the end of `into`, which now ends with those of them
// that stand. An
// accepted answer among them is one no more in `from`; a question without one takes it over.
// Fails with: TOPIC_FULL.
absl::StatusOr<std::vector<CarriedPost>> Carry(std::span<const PostHead> posts, Topic& from,
                                               Topic& into);

// Up to which number posts count as imported where some of a topic, whose first `imported` are,
// were carried to the end of one whose first `before` are: imported posts are the first of a topic.
int ImportedAfter(std::span<const CarriedPost> carried, int imported, int before);

}  // namespace guildhall::discussions
