#include "services/discussions/domain/import.h"

#include <algorithm>

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
absl::StatusOr<bool> IsThere(const Post& post, const ImportTarget& target,
                             const TakenNumbers& taken, std::size_t place) {
  const int next = target.topic.last_post_number + 1;
  if (post.number < next) {
    const auto found = taken.find({post.topic, post.number});
    if (found != taken.end() && found->second == post.id) return true;
    return WrongField(absl::StrCat("posts[", place, "].number"), "belongs to another post");
  }
  if (post.number > next) {
    return WrongField(absl::StrCat("posts[", place, "].number"),
                      absl::StrCat("leaves a gap: the next is ", next));
  }
  if (post.number > kMaxPostsPerTopic) {
    return WrongField(absl::StrCat("posts[", place, "].number"),
                      absl::StrCat("is at most ", kMaxPostsPerTopic));
  }
  return false;
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

absl::StatusOr<std::vector<Post>> AddImported(std::vector<Post> wanted, TakenNumbers taken,
                                              ImportTargets& targets) {
  std::vector<Post> added;
  for (std::size_t place = 0; place < wanted.size(); ++place) {
    Post& post = wanted[place];
    const auto found = targets.find(post.topic);
    if (found == targets.end()) {
      return WrongField(absl::StrCat("posts[", place, "].name"),
                        "names a topic that does not exist");
    }
    ImportTarget& target = found->second;
    if (target.deleted) continue;
    GUILDHALL_ASSIGN(const bool there, IsThere(post, target, taken, place));
    if (there) continue;
    const bool all_imported = target.imported_post_number == target.topic.last_post_number;
    GUILDHALL_ASSIGN(Post post_added, AddPost(target.topic, {.id = post.id,
                                                             .author = post.author,
                                                             .markdown = std::move(post.markdown),
                                                             .time = post.create_time}));
    if (all_imported) target.imported_post_number = post_added.number;
    target.grows = true;
    taken.emplace(std::pair(post_added.topic, post_added.number), post_added.id);
    added.push_back(std::move(post_added));
  }
  return added;
}

}  // namespace guildhall::discussions
