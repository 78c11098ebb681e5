#include "services/discussions/domain/carry.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

bool IsMarker(const Post& post) { return post.version == 0; }

absl::Status CheckSplitting(std::string_view field, std::span<const PostHead> found, int asked) {
  const bool all_stand =
      std::all_of(found.begin(), found.end(), [](const PostHead& post) { return post.stands; });
  if (static_cast<int>(found.size()) < asked || !all_stand) {
    return WrongField(field, "names what is no post in the topic, or none any more");
  }
  if (found.front().number > 1) return absl::OkStatus();
  return Refusal(reasons::kFirstPost, "The first post stays with its topic.");
}

absl::Status CheckMerging(const Topic& topic) {
  if (topic.kind == TopicKind::kPoll) {
    return Refusal(reasons::kTopicHasPoll, "The topic has a poll, which cannot go along.");
  }
  if (topic.last_post_number <= kMaxMergedPosts) return absl::OkStatus();
  return Refusal(reasons::kTopicTooLong, "The topic has more posts than go into another at once.")
      .With("limit", std::to_string(kMaxMergedPosts));
}

Topic SplitOff(const Topic& from, TopicId id, std::string title, const PostHead& first) {
  Topic topic;
  topic.id = id;
  topic.community = from.community;
  topic.author = first.author;
  topic.title = std::move(title);
  topic.create_time = first.place_time;
  topic.last_post_time = first.place_time;
  return topic;
}

absl::StatusOr<std::vector<CarriedPost>> Carry(std::span<const PostHead> posts, Topic& from,
                                               Topic& into) {
  if (into.last_post_number + static_cast<int>(posts.size()) > kMaxPostsPerTopic) {
    return Refusal(reasons::kTopicFull, "The topics have more posts than a topic may have.")
        .With("limit", std::to_string(kMaxPostsPerTopic));
  }
  TopicEnd end{into.last_post_number, LastPlaceTime(into), LastStanding(into), into.last_author,
               into.last_post_time};
  absl::flat_hash_map<int, int> numbers;
  std::vector<CarriedPost> carried;
  for (const PostHead& post : posts) {
    const int number = ++end.last_number;
    numbers[post.number] = number;
    end.place_time = std::max(end.place_time, post.place_time);
    if (post.stands) {
      end.standing_number = number;
      end.author = post.author;
      end.time = end.place_time;
    }
    carried.push_back({.was = post, .number = number, .place_time = end.place_time});
    const auto answered = numbers.find(post.reply_to.value_or(0));
    if (answered != numbers.end()) carried.back().reply_to = answered->second;
  }
  EndWith(into, end);
  const auto answer = numbers.find(from.accepted_post.value_or(0));
  if (answer != numbers.end()) {
    if (into.kind == TopicKind::kQuestion && !into.accepted_post) {
      into.accepted_post = answer->second;
    }
    from.accepted_post.reset();
  }
  return carried;
}

int ImportedAfter(std::span<const CarriedPost> carried, int imported, int before) {
  if (!carried.empty() && before < carried.front().number - 1) return before;
  for (const CarriedPost& post : carried) {
    if (post.was.number <= imported) before = post.number;
  }
  return before;
}

}  // namespace guildhall::discussions
