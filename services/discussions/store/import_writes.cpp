#include "services/discussions/store/import_writes.h"

#include "discussions/statements.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/postgres/errors.h"
#include "services/discussions/store/rows.h"
#include "services/discussions/store/topic_writes.h"

namespace guildhall::discussions {
namespace {

// The rule that the database kept, in the words of the contract.
absl::Status Translated(const absl::Status& status) {
  if (postgres::ViolatedConstraint(status) == "one_post_per_id") {
    return WrongField("posts", "one of the names belongs to another post");
  }
  return status;
}

// What the topics that grow show of their posts.
std::vector<LockedTopic> EndsOf(const ImportTargets& targets) {
  std::vector<LockedTopic> ends;
  for (const auto& [id, target] : targets) {
    if (target.grows) ends.push_back({target.topic, target.imported_post_number});
  }
  return ends;
}

}  // namespace

absl::StatusOr<int> ImportTopics(postgres::Work& work, std::span<const Topic> topics) {
  std::vector<TopicId> ids;
  std::vector<CommunityId> communities;
  std::vector<MemberId> authors;
  std::vector<std::string_view> titles;
  std::vector<absl::Time> times;
  std::vector<double> scores;
  for (const Topic& topic : topics) {
    ids.push_back(topic.id);
    communities.push_back(topic.community);
    authors.push_back(topic.author);
    titles.push_back(topic.title);
    times.push_back(topic.create_time);
    scores.push_back(topic.score);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kImportTopics, ids, communities, authors, titles, times, scores));
  return static_cast<int>(rows.size());
}

absl::StatusOr<ImportTargets> LockTargets(postgres::Work& work, std::span<const TopicId> topics) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kLockTopics, topics));
  ImportTargets targets;
  for (const postgres::Row row : rows) {
    const Topic topic = TopicFrom(row);
    targets.emplace(topic.id,
                    ImportTarget{.topic = topic,
                                 .imported_post_number = row.Get<std::int32_t>(kTopicColumns),
                                 .deleted = row.Get<bool>(kTopicColumns + 1)});
  }
  return targets;
}

absl::StatusOr<TakenNumbers> GetTakenNumbers(postgres::Work& work, std::span<const Post> posts,
                                             const ImportTargets& targets) {
  std::vector<TopicId> topics;
  std::vector<std::int32_t> numbers;
  for (const Post& post : posts) {
    const auto target = targets.find(post.topic);
    if (target == targets.end() || post.number > target->second.topic.last_post_number) continue;
    topics.push_back(post.topic);
    numbers.push_back(post.number);
  }
  TakenNumbers taken;
  if (topics.empty()) return taken;
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kGetPostIds, topics, numbers));
  for (const postgres::Row row : rows) {
    taken.emplace(std::pair(row.Get<TopicId>(0), row.Get<std::int32_t>(1)), row.Get<PostId>(2));
  }
  return taken;
}

absl::Status ImportPosts(postgres::Work& work, std::span<const Post> posts,
                         const ImportTargets& targets) {
  std::vector<TopicId> topics;
  std::vector<std::int32_t> numbers;
  std::vector<PostId> ids;
  std::vector<MemberId> authors;
  std::vector<absl::Time> times;
  std::vector<std::string_view> texts;
  for (const Post& post : posts) {
    topics.push_back(post.topic);
    numbers.push_back(post.number);
    ids.push_back(post.id);
    authors.push_back(post.author);
    times.push_back(post.create_time);
    texts.push_back(post.markdown);
  }
  if (posts.empty()) return absl::OkStatus();
  StoreEnds(work, EndsOf(targets));
  return Translated(
      work.Run(sql::kImportPosts, topics, numbers, ids, authors, times, texts).status());
}

}  // namespace guildhall::discussions
