#include "services/discussions/domain/import.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

// Exports without a time zone are wrong by 14 hours at most.
constexpr absl::Duration kTolerance = absl::Hours(24);

// Whether the post is there already; a refusal when its number cannot be given to it.
absl::StatusOr<bool> IsThere(const std::string& field, const Post& post, const ImportTarget& target,
                             const TakenNumbers& taken) {
  const int next = target.topic.last_post_number + 1;
  if (post.number < next) {
    const auto found = taken.find({post.topic, post.number});
    if (found != taken.end() && found->second == post.id) return true;
    return WrongField(field + ".number", "belongs to another post");
  }
  if (post.number > next) {
    return WrongField(field + ".number", absl::StrCat("leaves a gap: the next is ", next));
  }
  if (post.number > kMaxPostsPerTopic) {
    return WrongField(field + ".number", absl::StrCat("is at most ", kMaxPostsPerTopic));
  }
  return false;
}

// Puts the post at the end of its topic.
absl::Status Add(const std::string& field, ImportedPost& imported, Topic& topic) {
  Post& post = imported.post;
  GUILDHALL_ASSIGN(const std::optional<int> reply_to,
                   ReplyToFrom(field + ".reply_to_number", post.reply_to.value_or(0), topic));
  GUILDHALL_ASSIGN(post, AddPost(topic, {.id = post.id,
                                         .author = post.author,
                                         .markdown = std::move(post.markdown),
                                         .time = post.create_time,
                                         .reply_to = reply_to}));
  return absl::OkStatus();
}

absl::Status Accept(const std::string& field, const ImportedPost& imported, ImportTarget& target) {
  if (!imported.accepted) return absl::OkStatus();
  Topic& topic = target.topic;
  if (topic.kind != TopicKind::kQuestion || imported.post.number == 1) {
    return WrongField(field + ".accepted", "is for what answers a question");
  }
  if (topic.accepted_post) return absl::OkStatus();
  topic.accepted_post = imported.post.number;
  ++topic.version;
  target.answered = true;
  return absl::OkStatus();
}

absl::Status CountReactions(const std::string& field, ImportedPost& imported) {
  std::set<std::pair<MemberId, ReactionKind>> seen;
  for (Reaction& reaction : imported.reactions) {
    if (!seen.emplace(reaction.member, reaction.kind).second) {
      return WrongField(field + ".reactions", "holds one twice");
    }
    reaction.create_time = imported.post.create_time;
    imported.post.reactions.Add(reaction.kind);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ImportedTitle(std::string_view field, std::string_view title) {
  TextRule any_length = kTitle;
  any_length.max_length = std::max(kTitle.max_length, static_cast<int>(title.size()));
  GUILDHALL_ASSIGN(const std::string tidy, TidyText(field, title, any_length));
  return TitleFrom(field, CutText(tidy, kTitle.max_length));
}

absl::Status CheckImportedTime(std::string_view field, absl::Time time, absl::Time now) {
  if (time <= now + kTolerance) return absl::OkStatus();
  return WrongField(std::string(field), "is in the future");
}

absl::StatusOr<std::vector<ImportedPost>> AddImported(std::vector<ImportedPost> wanted,
                                                      TakenNumbers taken, ImportTargets& targets) {
  std::vector<ImportedPost> added;
  for (std::size_t place = 0; place < wanted.size(); ++place) {
    ImportedPost& imported = wanted[place];
    const std::string field = absl::StrCat("posts[", place, "]");
    const auto found = targets.find(imported.post.topic);
    if (found == targets.end()) {
      return WrongField(field + ".name", "names a topic that does not exist");
    }
    ImportTarget& target = found->second;
    if (target.deleted) continue;
    GUILDHALL_ASSIGN(const bool there, IsThere(field, imported.post, target, taken));
    if (there) continue;
    const bool all_imported = target.imported_post_number == target.topic.last_post_number;
    GUILDHALL_TRY(Add(field, imported, target.topic));
    GUILDHALL_TRY(Accept(field, imported, target));
    GUILDHALL_TRY(CountReactions(field, imported));
    if (all_imported) target.imported_post_number = imported.post.number;
    target.grows = true;
    taken.emplace(std::pair(imported.post.topic, imported.post.number), imported.post.id);
    added.push_back(std::move(imported));
  }
  return added;
}

}  // namespace guildhall::discussions
