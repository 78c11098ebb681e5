#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "services/discussions/domain/quote.h"
#include "services/discussions/domain/reaction.h"

namespace guildhall::discussions {

// What a topic is for: the numbers of guildhall.discussions.v1.TopicKind.
enum class TopicKind { kDiscussion = 1, kQuestion, kAnnouncement, kPraise, kPoll };

// What comes in a topic behind its last post that stands: numbers of posts that have gone.
struct GoneTail {
  // Of the post that stands.
  int standing_number = 0;
  // When the last number's place is; the next one's is not before it.
  absl::Time place_time;

  bool operator==(const GoneTail&) const = default;
};

// A conversation.
struct Topic {
  TopicId id;
  CommunityId community;
  MemberId author;
  std::string title;
  // Also how many posts there are, deleted ones included.
  int last_post_number = 0;
  // Of the last post that stands.
  MemberId last_author;
  absl::Time create_time;
  // Of the last post that stands, like the score.
  absl::Time last_post_time;
  // Of Score().
  double score = 0;
  // Grows with every edit, not with posts.
  std::int64_t version = 1;
  // Comes first in lists.
  bool pinned = false;
  // Who closed it; while there is somebody, it takes no posts.
  std::optional<MemberId> closer;
  TopicKind kind = TopicKind::kDiscussion;
  // Of a question: the number of the post that is its answer.
  std::optional<int> accepted_post;
  // Of a praise: whom it praises.
  std::vector<MemberId> praised;
  // In their author's order, each in its normal form (domain/tag.h).
  std::vector<std::string> tags;
  // Unset where the last post stands. Known of a topic that is locked; lists have no use for it.
  std::optional<GoneTail> gone_tail;

  bool operator==(const Topic&) const = default;
};

// How a topic ends.
struct TopicEnd {
  // The last number that was given, and when its place is.
  int last_number = 0;
  absl::Time place_time;
  // The last post that stands.
  int standing_number = 0;
  MemberId author;
  absl::Time time;
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
  // Deleted by who keeps order.
  bool removed = false;
  // The text that stands is by who keeps order, and not by the author.
  bool moderated = false;
  // Of the post in the same topic that it answers.
  std::optional<int> reply_to;
  // How many posts that stand answer it.
  int reply_count = 0;
  ReactionCounts reactions;
  // What it quotes, in the order of its author, and how many bytes it quoted when it was written.
  std::vector<Quote> quotes;
  int quoted_bytes = 0;
};

// What who keeps order took away: a topic or post, words of a post that stands, or a topic from
// where it stood.
struct Removal {
  Uuid id;
  CommunityId community;
  TopicId topic;
  // Unset: the whole topic.
  std::optional<PostId> post;
  MemberId author;
  MemberId remover;
  absl::Time time;
  std::string title;
  // The post, or the topic's first one; empty once it is back, and of what stands.
  std::string markdown;
  std::string reason;
  // Unset while it is removed, and of what stands.
  std::optional<absl::Time> restore_time;
  std::optional<MemberId> restorer;
  // The post stands, with another text.
  bool edited = false;
  // The post stands, and what it said before is gone.
  bool forgotten = false;
  // The topic went into another community.
  bool moved = false;
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
  // The number of the post that it answers.
  std::optional<int> reply_to = std::nullopt;
};

// A title in the form in which it is kept. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<std::string> TitleFrom(std::string_view field, std::string_view title);

// Why something is removed, in the form in which it is kept. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<std::string> RemovalReasonFrom(std::string_view field, std::string_view reason);

// The HTML of what somebody wants to post. Fails with: FIELD_INVALID on `field` (empty, blank, not
// UTF-8, or over 64 KiB), RENDERED_TOO_LARGE.
absl::StatusOr<std::string> RenderNew(std::string_view field, std::string_view markdown);

// The HTML of a post that was taken: empty for a deleted one, and for one that today's renderer
// would not take.
std::string Render(const Post& post);

// Which post a contribution to `topic` answers; nothing for 0. Fails with: FIELD_INVALID on
// `field`.
absl::StatusOr<std::optional<int>> ReplyToFrom(std::string_view field, int number,
                                               const Topic& topic);

// What it is told who answers what is not there, or stands no more: FIELD_INVALID.
absl::Status NoPostToAnswer(std::string_view field);

// OK when members may post into the topic; an import may in every case. Fails with: TOPIC_CLOSED.
absl::Status CheckPosting(const Topic& topic);

// Posts into `topic`, which now ends with the new post. Its time is never before that of the post
// before it, gone or not, whatever the clocks of two processes say: order by number is order by
// time. Times are kept to the microsecond, as the database keeps them.
// Fails with: TOPIC_FULL.
absl::StatusOr<Post> AddPost(Topic& topic, Contribution contribution);

// The number of the last post of a locked topic that stands, and when its last number's place is.
int LastStanding(const Topic& topic);
absl::Time LastPlaceTime(const Topic& topic);

// A topic shows of its posts that it ends so: what has gone leaves numbers and no other trace.
void EndWith(Topic& topic, const TopicEnd& end);

// What an edit of a topic sets; the rest stays.
struct TopicEdit {
  std::optional<std::string> title;
  std::optional<bool> pinned;
  std::optional<bool> closed;
  // 0: no post is the answer.
  std::optional<int> accepted_post;
  std::optional<std::vector<std::string>> tags;
  std::optional<TopicKind> kind;
};

// Of what kind a topic is to be; 0 means a discussion. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<TopicKind> TopicKindFrom(std::string_view field, int number);

// OK when a topic of this kind may praise these members: a praise 1 to 10 different ones, others
// nobody. Fails with: FIELD_INVALID on `field`.
absl::Status CheckPraised(std::string_view field, TopicKind kind,
                          std::span<const MemberId> praised);

// OK when `author` may open a topic that praises these: nobody praises itself. An import tells what
// was, and is not asked. Fails with: OWN_PRAISE.
absl::Status CheckPraising(MemberId author, std::span<const MemberId> praised);

// OK when the post of this number may be the topic's answer, if it stands, or when the number is 0.
// Fails with: NOT_A_QUESTION, FIELD_INVALID on `field`.
absl::Status CheckAnswer(std::string_view field, const Topic& topic, int number);

// OK when the topic takes this title or kind: what its poll asks stays, and whom it praises; of
// discussions, questions and announcements each may become another. Fails with: FIELD_INVALID on a
// field of `field`.
absl::Status CheckEdit(const std::string& field, const Topic& topic, const TopicEdit& edit);

// OK when the author itself may edit so. Of a discussion it makes a question, and of a question a
// discussion: what announces something is for who keeps order. Fails with: CLOSED_BY_MODERATOR (it
// opens what somebody else closed), FIELD_INVALID on a field of `field`.
absl::Status CheckOwnEdit(const std::string& field, const Topic& topic, const TopicEdit& edit);

// Stores an edit as a new version, and says whether it changes anything: otherwise it is none. What
// is no question any more has no answer. Who closes what is closed already changes nothing of who
// did.
bool EditTopic(Topic& topic, TopicEdit edit, MemberId editor);

// Stores a new text as a new version, and says whether it is another one: saving what stands is no
// edit. Whoever edits, the author stays; whose text it is now is told.
bool EditPost(Post& post, std::string markdown, MemberId editor, absl::Time now);

// A new version of the same text, because what the post said before is told no more: whoever has
// read it with its history reads it again.
void ForgetRevisions(Post& post);

// Takes the text of a post. Fails with: FIRST_POST.
absl::Status DeletePost(Post& post, absl::Time now);

// Deletes a post for a reason, whoever wrote it; its text is kept elsewhere. Fails with:
// FIRST_POST.
absl::Status RemovePost(Post& post, absl::Time now);

// Gives a removed post its text back.
void RestorePost(Post& post, std::string markdown);

// OK when the author may take the whole topic away: nobody else posted, or voted in its poll. Fails
// with: TOPIC_HAS_REPLIES.
absl::Status CheckDeletingTopic(bool others_posted);

// Stores another community as a new version. Pinned it was in the place that it leaves.
void MoveTopic(Topic& topic, CommunityId destination);

// By what topics are ordered when not by time: many posts and recent ones first. It changes with
// posts and never with time, so pages hold still and no job has to refresh it; values of all times
// compare. Twice as many posts weigh as much as two weeks of recency: three quarters of the real
// archive's topics live no longer (13.5 days from first to last post). Posts are counted by
// numbers, up to the last one that stands.
double Score(int post_count, absl::Time last_post_time);

// The state of a reader who has read up to a number, maybe that of a post which has gone since, of
// a topic whose last post that stands is `standing_number`.
ReadState ReadStateOf(TopicId topic, int last_read_number, int standing_number);

// Until when somebody has read what stands in a community who says `asked`, or nothing, now. What
// will be written cannot have been read.
absl::Time MarkTime(std::optional<absl::Time> asked, absl::Time now);

}  // namespace guildhall::discussions
