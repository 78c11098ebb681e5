#include "services/discussions/domain/topic.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
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

absl::StatusOr<std::string> RenderNew(std::string_view field, std::string_view markdown) {
  if (markdown.size() > Count(kMaxMarkdown)) return WrongField(field, "takes at most 64 KiB");
  if (!IsStorableUtf8(markdown)) return WrongField(field, "is not UTF-8 or contains NUL");
  if (markdown.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return WrongField(field, "is blank");
  }
  return MarkdownToHtml(markdown);
}

std::string Render(const Post& post) {
  return post.delete_time ? std::string() : MarkdownToHtml(post.markdown).value_or("");
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
  post.create_time = std::max(ToMicros(contribution.time), topic.last_post_time);
  topic.last_post_number = post.number;
  topic.last_author = post.author;
  topic.last_post_time = post.create_time;
  topic.score = Score(topic.last_post_number, topic.last_post_time);
  return post;
}

void EditTopic(Topic& topic, std::string title) {
  topic.title = std::move(title);
  ++topic.version;
}

void EditPost(Post& post, std::string markdown, absl::Time now) {
  post.markdown = std::move(markdown);
  post.edit_time = now;
  ++post.version;
}

absl::Status DeletePost(Post& post, absl::Time now) {
  if (post.number == 1) {
    return Refusal(reasons::kFirstPost, "The first post goes with its topic.");
  }
  post.markdown.clear();
  post.delete_time = now;
  ++post.version;
  return absl::OkStatus();
}

absl::Status CheckDeletingTopic(bool others_posted) {
  if (!others_posted) return absl::OkStatus();
  return Refusal(reasons::kTopicHasReplies, "Others have posted into the topic.");
}

double Score(int post_count, absl::Time last_post_time) {
  return std::log2(1.0 + post_count) +
         absl::FDivDuration(last_post_time - absl::UnixEpoch(), kDoublingWeighs);
}

ReadState ReadStateOf(TopicId topic, int stored, int imported_number, int last_post_number) {
  const int last_read = std::min(std::max(stored, imported_number), last_post_number);
  return {topic, last_read, last_post_number - last_read};
}

}  // namespace guildhall::discussions
