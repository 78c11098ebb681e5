#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "libs/postgres/work.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// What changes single posts, each function a part of a transaction that holds their topic.

// A post whose topic is locked.
struct HeldPost {
  Post post;
  CommunityId community;
  // Whether it is its topic's accepted answer.
  bool accepted = false;
  // Whether posts quote it, be it in other topics.
  bool quoted = false;
  // Of the last post of its topic that stands, or stood before this one changed.
  int standing_number = 0;
};

// Locks the topic of a post until the end of the transaction and reads the post; nothing when
// there is none, or none in that topic. One round trip; waits at most a second for another writer,
// then fails with BUSY.
absl::StatusOr<std::optional<HeldPost>> HoldPost(postgres::Work& work, TopicId topic, PostId id);

// Stores the text and version of a held post.
void UpdatePost(postgres::Work& work, const Post& post);

// Stores the deletion of a held post; its text goes.
void DeletePost(postgres::Work& work, const Post& post);

// A post, as changes name it.
struct CountedPost {
  PostId id;
  std::int64_t version = 0;
};

// A post whose answers were counted, and whether it stands.
struct AnsweredPost {
  CountedPost post;
  bool stands = true;
};

// Counts `more` answers to the post of this number in a locked topic. One round trip.
absl::StatusOr<AnsweredPost> CountReply(postgres::Work& work, TopicId topic, int number, int more);

}  // namespace guildhall::discussions
