#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::discussions {

// A conversation.
struct Topic {
  TopicId id;
  CommunityId community;
  MemberId author;
  std::string title;
  // Also how many posts there are, deleted ones included.
  int last_post_number = 0;
  MemberId last_author;
  absl::Time create_time;
  absl::Time last_post_time;
  // Of Score().
  double score = 0;
  // Grows with every edit, not with posts.
  std::int64_t version = 1;
};

// One contribution in a topic.
struct Post {
  PostId id;
  TopicId topic;
  int number = 0;
  MemberId author;
  // Empty once deleted.
  std::string markdown;
  absl::Time create_time;
  std::optional<absl::Time> edit_time;
  std::optional<absl::Time> delete_time;
  // Grows with every edit and with the deletion.
  std::int64_t version = 1;
};

// How far somebody has read a topic.
struct ReadState {
  TopicId topic;
  int last_read_number = 0;
  int unread_count = 0;

  bool operator==(const ReadState&) const = default;
};

// What somebody writes.
struct Contribution {
  PostId id;
  MemberId author;
  std::string markdown;
  absl::Time time;
};

// A title in the form in which it is kept. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<std::string> TitleFrom(std::string_view field, std::string_view title);

// The HTML of what somebody wants to post. Fails with: FIELD_INVALID on `field` (empty, blank, not
// UTF-8, or over 64 KiB), RENDERED_TOO_LARGE.
absl::StatusOr<std::string> RenderNew(std::string_view field, std::string_view markdown);

// The HTML of a post that was taken: empty for a deleted one, and for one that today's renderer
// would not take.
std::string Render(const Post& post);

// Posts into `topic`, which now ends with the new post. Its time is never before that of the post
// before it, whatever the clocks of two processes say: order by number is order by time. Times are
// kept to the microsecond, as the database keeps them.
// Fails with: TOPIC_FULL.
absl::StatusOr<Post> AddPost(Topic& topic, Contribution contribution);

// Stores a new title as a new version.
void EditTopic(Topic& topic, std::string title);

// Stores a new text as a new version.
void EditPost(Post& post, std::string markdown, absl::Time now);

// Takes the text of a post. Fails with: FIRST_POST.
absl::Status DeletePost(Post& post, absl::Time now);

// OK when the author may take the whole topic away. Fails with: TOPIC_HAS_REPLIES.
absl::Status CheckDeletingTopic(bool others_posted);

// By what topics are ordered when not by time: many posts and recent ones first. It changes with
// posts and never with time, so pages hold still and no job has to refresh it; values of all times
// compare. Twice as many posts weigh as much as two weeks of recency: three quarters of the real
// archive's topics live no longer (13.5 days from first to last post).
double Score(int post_count, absl::Time last_post_time);

// The state of a reader whose row says `stored`; posts up to `imported_number` count as read.
ReadState ReadStateOf(TopicId topic, int stored, int imported_number, int last_post_number);

}  // namespace guildhall::discussions
