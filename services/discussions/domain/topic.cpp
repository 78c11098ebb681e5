#include "services/discussions/domain/topic.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/markdown.h"

namespace guildhall::discussions {
namespace {

// tau of Score().
constexpr absl::Duration kDoublingWeighs = absl::Hours(14 * 24);

absl::Time ToMicros(absl::Time time) { return absl::FromUnixMicros(absl::ToUnixMicros(time)); }

}  // namespace

absl::StatusOr<std::string> TitleFrom(std::string_view field, std::string_view title) {
  return TidyText(field, title, kTitle);
}

absl::StatusOr<std::string> RemovalReasonFrom(std::string_view field, std::string_view reason) {
  return TidyText(field, reason, kRemovalReason);
}

absl::StatusOr<std::string> RenderNew(std::string_view field, std::string_view markdown) {
  if (markdown.size() > Count(kMaxMarkdown)) return WrongField(field, "takes at most 64 KiB");
  if (!IsStorableUtf8(markdown)) return WrongField(field, "is not UTF-8 or contains NUL");
  GUILDHALL_ASSIGN(std::string html, MarkdownToHtml(markdown));
  // What shows nothing may be written with much: references of characters, definitions of links.
  if (html.find("<hr>") == std::string::npos && IsBlank(HtmlToText(html))) {
    return WrongField(field, "is blank");
  }
  return html;
}

std::string Render(const Post& post) {
  return post.delete_time ? std::string() : MarkdownToHtml(post.markdown).value_or("");
}

absl::StatusOr<std::optional<int>> ReplyToFrom(std::string_view field, int number,
                                               const Topic& topic) {
  if (number == 0) return std::optional<int>();
  if (number < 0 || number > topic.last_post_number) {
    return NoPostToAnswer(field);
  }
  return std::optional(number);
}

absl::Status NoPostToAnswer(std::string_view field) {
  return WrongField(field, "is the number of no post that stands in the topic");
}

absl::Status CheckPosting(const Topic& topic) {
  if (!topic.closer) return absl::OkStatus();
  return Refusal(reasons::kTopicClosed, "The topic takes no more posts.");
}

absl::StatusOr<Post> AddPost(Topic& topic, Contribution contribution) {
  if (topic.last_post_number >= kMaxPostsPerTopic) {
    return Refusal(reasons::kTopicFull, "The topic has as many posts as a topic may have.")
        .With("limit", std::to_string(kMaxPostsPerTopic));
  }
  Post post;
  post.id = contribution.id;
  post.topic = topic.id;
  post.number = topic.last_post_number + 1;
  post.author = contribution.author;
  post.markdown = std::move(contribution.markdown);
  post.reply_to = contribution.reply_to;
  post.create_time = std::max(ToMicros(contribution.time), LastPlaceTime(topic));
  topic.gone_tail.reset();
  topic.last_post_number = post.number;
  topic.last_author = post.author;
  topic.last_post_time = post.create_time;
  topic.score = Score(topic.last_post_number, topic.last_post_time);
  return post;
}

int LastStanding(const Topic& topic) {
  return topic.gone_tail ? topic.gone_tail->standing_number : topic.last_post_number;
}

absl::Time LastPlaceTime(const Topic& topic) {
  return topic.gone_tail ? topic.gone_tail->place_time : topic.last_post_time;
}

void EndWith(Topic& topic, const TopicEnd& end) {
  topic.last_post_number = end.last_number;
  topic.last_author = end.author;
  topic.last_post_time = end.time;
  topic.score = Score(end.standing_number, end.time);
  topic.gone_tail.reset();
  if (end.standing_number < end.last_number) {
    topic.gone_tail = {end.standing_number, end.place_time};
  }
}

absl::StatusOr<TopicKind> TopicKindFrom(std::string_view field, int number) {
  if (number == 0) return TopicKind::kDiscussion;
  if (number >= 1 && number <= 5) return static_cast<TopicKind>(number);
  return WrongField(field, "is one of the values of the contract");
}

absl::Status CheckPraised(std::string_view field, TopicKind kind,
                          std::span<const MemberId> praised) {
  if (kind != TopicKind::kPraise) {
    return praised.empty() ? absl::OkStatus() : WrongField(field, "is for TOPIC_KIND_PRAISE");
  }
  if (praised.empty() || praised.size() > kMaxPraised) {
    return WrongField(field, absl::StrCat("names 1 to ", kMaxPraised, " members"));
  }
  if (std::set(praised.begin(), praised.end()).size() < praised.size()) {
    return WrongField(field, "names a member twice");
  }
  return absl::OkStatus();
}

absl::Status CheckPraising(MemberId author, std::span<const MemberId> praised) {
  if (std::ranges::find(praised, author) == praised.end()) return absl::OkStatus();
  return Refusal(reasons::kOwnPraise, "Others praise what the caller did.");
}

absl::Status CheckAnswer(std::string_view field, const Topic& topic, int number) {
  if (topic.kind != TopicKind::kQuestion) {
    return Refusal(reasons::kNotAQuestion, "The topic is no question.");
  }
  if (number == 0 || (number > 1 && number <= topic.last_post_number)) return absl::OkStatus();
  return WrongField(field, "is the number of no post that may be an answer");
}

absl::Status CheckEdit(const std::string& field, const Topic& topic, const TopicEdit& edit) {
  if (edit.title && topic.kind == TopicKind::kPoll && *edit.title != topic.title) {
    return WrongField(field + ".title", "is what the poll asks");
  }
  const auto comes_alone = [](TopicKind kind) {
    return kind != TopicKind::kPraise && kind != TopicKind::kPoll;
  };
  if (!edit.kind || edit.kind == topic.kind) return absl::OkStatus();
  if (comes_alone(*edit.kind) && comes_alone(topic.kind)) return absl::OkStatus();
  return WrongField(field + ".kind",
                    "becomes neither a praise nor a poll, nor anything else of one");
}

absl::Status CheckOwnEdit(const std::string& field, const Topic& topic, const TopicEdit& edit) {
  const auto is_own = [](TopicKind kind) {
    return kind == TopicKind::kDiscussion || kind == TopicKind::kQuestion;
  };
  if (edit.kind && edit.kind != topic.kind && !(is_own(*edit.kind) && is_own(topic.kind))) {
    return WrongField(field + ".kind", "is between a discussion and a question for its author");
  }
  const bool opens = edit.closed == false && topic.closer;
  if (!opens || topic.closer == topic.author) return absl::OkStatus();
  return Refusal(reasons::kClosedByModerator, "Who keeps order has closed the topic.");
}

bool EditTopic(Topic& topic, TopicEdit edit, MemberId editor) {
  const Topic before = topic;
  if (edit.title) topic.title = *std::move(edit.title);
  if (edit.pinned) topic.pinned = *edit.pinned;
  if (edit.accepted_post == 0) topic.accepted_post.reset();
  if (edit.accepted_post > 0) topic.accepted_post = edit.accepted_post;
  if (edit.tags) topic.tags = *std::move(edit.tags);
  if (edit.kind) topic.kind = *edit.kind;
  if (topic.kind != TopicKind::kQuestion) topic.accepted_post.reset();
  const bool closed_by_others = topic.closer && topic.closer != topic.author;
  if (edit.closed == true && !closed_by_others) topic.closer = editor;
  if (edit.closed == false) topic.closer.reset();
  if (topic == before) return false;
  ++topic.version;
  return true;
}

void MoveTopic(Topic& topic, CommunityId destination) {
  topic.community = destination;
  topic.pinned = false;
  ++topic.version;
}

bool EditPost(Post& post, std::string markdown, MemberId editor, absl::Time now) {
  if (markdown == post.markdown) return false;
  post.moderated = editor != post.author;
  post.markdown = std::move(markdown);
  post.edit_time = now;
  ++post.version;
  return true;
}

void ForgetRevisions(Post& post) { ++post.version; }

absl::Status DeletePost(Post& post, absl::Time now) {
  if (post.number == 1) {
    return Refusal(reasons::kFirstPost, "The first post goes with its topic.");
  }
  post.markdown.clear();
  post.quotes.clear();
  post.delete_time = now;
  ++post.version;
  return absl::OkStatus();
}

absl::Status RemovePost(Post& post, absl::Time now) {
  GUILDHALL_TRY(DeletePost(post, now));
  post.removed = true;
  return absl::OkStatus();
}

void RestorePost(Post& post, std::string markdown) {
  post.markdown = std::move(markdown);
  post.delete_time.reset();
  post.removed = false;
  ++post.version;
}

absl::Status CheckDeletingTopic(bool others_posted) {
  if (!others_posted) return absl::OkStatus();
  return Refusal(reasons::kTopicHasReplies, "Others have posted into the topic, or voted.");
}

double Score(int post_count, absl::Time last_post_time) {
  return std::log2(1.0 + post_count) +
         absl::FDivDuration(last_post_time - absl::UnixEpoch(), kDoublingWeighs);
}

ReadState ReadStateOf(TopicId topic, int last_read_number, int standing_number) {
  return {topic, last_read_number, std::max(standing_number - last_read_number, 0)};
}

absl::Time MarkTime(std::optional<absl::Time> asked, absl::Time now) {
  return std::min(asked.value_or(now), now);
}

}  // namespace guildhall::discussions
