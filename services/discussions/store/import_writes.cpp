#include "services/discussions/store/import_writes.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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

// PostgreSQL's text for an array, or nothing for an empty one: lists of different lengths are no
// list of lists to it. Of what needs no quotes: ids and numbers.
std::string ArrayOf(std::span<const MemberId> ids) {
  if (ids.empty()) return "";
  const auto write = [](std::string* out, MemberId id) { out->append(id.ToString()); };
  return absl::StrCat("{", absl::StrJoin(ids, ",", write), "}");
}
std::string ArrayOf(const std::vector<std::int32_t>& numbers) {
  return numbers.empty() ? "" : absl::StrCat("{", absl::StrJoin(numbers, ","), "}");
}

// What the topics that grow show of their posts.
std::vector<LockedTopic> EndsOf(const ImportTargets& targets) {
  std::vector<LockedTopic> ends;
  for (const auto& [id, target] : targets) {
    if (target.grows) ends.push_back({target.topic, target.imported_post_number});
  }
  return ends;
}

void StoreAnswers(postgres::Work& work, const ImportTargets& targets) {
  std::vector<TopicId> topics;
  std::vector<std::int32_t> numbers;
  std::vector<std::int64_t> versions;
  for (const auto& [id, target] : targets) {
    if (!target.answered) continue;
    topics.push_back(id);
    numbers.push_back(*target.topic.accepted_post);
    versions.push_back(target.topic.version);
  }
  if (!topics.empty()) work.Defer(sql::kImportAnswers, topics, numbers, versions);
}

void StoreReactions(postgres::Work& work, std::span<const ImportedPost> posts) {
  std::vector<PostId> ids;
  std::vector<MemberId> members;
  std::vector<std::int32_t> kinds;
  std::vector<absl::Time> times;
  for (const ImportedPost& imported : posts) {
    for (const Reaction& reaction : imported.reactions) {
      ids.push_back(imported.post.id);
      members.push_back(reaction.member);
      kinds.push_back(static_cast<std::int32_t>(reaction.kind));
      times.push_back(reaction.create_time);
    }
  }
  if (!ids.empty()) work.Defer(sql::kImportReactions, ids, members, kinds, times);
}

}  // namespace

absl::StatusOr<int> ImportTopics(postgres::Work& work, std::span<const Topic> topics) {
  std::vector<TopicId> ids;
  std::vector<CommunityId> communities;
  std::vector<MemberId> authors;
  std::vector<std::string_view> titles;
  std::vector<absl::Time> times;
  std::vector<double> scores;
  std::vector<std::int32_t> kinds, pinned;
  std::vector<std::optional<MemberId>> closers;
  std::vector<std::string> praised;
  for (const Topic& topic : topics) {
    ids.push_back(topic.id);
    communities.push_back(topic.community);
    authors.push_back(topic.author);
    titles.push_back(topic.title);
    times.push_back(topic.create_time);
    scores.push_back(topic.score);
    kinds.push_back(static_cast<std::int32_t>(topic.kind));
    pinned.push_back(topic.pinned);
    closers.push_back(topic.closer);
    praised.push_back(ArrayOf(topic.praised));
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kImportTopics, ids, communities, authors, titles, times, scores,
                            kinds, pinned, closers, praised));
  return static_cast<int>(rows.size());
}

absl::StatusOr<ImportTargets> LockTargets(postgres::Work& work, std::span<const TopicId> topics) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kLockTopics, topics));
  ImportTargets targets;
  for (const postgres::Row row : rows) {
    Topic topic = TopicFrom(row);
    topic.gone_tail = GoneTailFrom(row, kTopicColumns + 1);
    targets.emplace(topic.id,
                    ImportTarget{.topic = topic,
                                 .imported_post_number = row.Get<std::int32_t>(kTopicColumns),
                                 .deleted = row.Get<bool>(kTopicColumns + 3)});
  }
  return targets;
}

absl::StatusOr<TakenNumbers> GetTakenNumbers(postgres::Work& work,
                                             std::span<const ImportedPost> posts,
                                             const ImportTargets& targets) {
  std::vector<TopicId> topics;
  std::vector<std::int32_t> numbers;
  for (const ImportedPost& imported : posts) {
    const Post& post = imported.post;
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

absl::Status ImportPosts(postgres::Work& work, std::span<const ImportedPost> posts,
                         const ImportTargets& targets) {
  std::vector<TopicId> topics;
  std::vector<std::int32_t> numbers;
  std::vector<PostId> ids;
  std::vector<MemberId> authors;
  std::vector<absl::Time> times;
  std::vector<std::string_view> texts;
  std::vector<std::optional<std::int32_t>> replies_to;
  std::vector<std::string> reactions;
  for (const ImportedPost& imported : posts) {
    const Post& post = imported.post;
    topics.push_back(post.topic);
    numbers.push_back(post.number);
    ids.push_back(post.id);
    authors.push_back(post.author);
    times.push_back(post.create_time);
    texts.push_back(post.markdown);
    replies_to.push_back(post.reply_to);
    reactions.push_back(ArrayOf(post.reactions.stored()));
  }
  if (posts.empty()) return absl::OkStatus();
  StoreAnswers(work, targets);
  GUILDHALL_TRY(Translated(work.Run(sql::kImportPosts, topics, numbers, ids, authors, times, texts,
                                    replies_to, reactions)
                               .status()));
  StoreReactions(work, posts);
  return absl::OkStatus();
}

void StoreImportedEnds(postgres::Work& work, const ImportTargets& targets) {
  StoreEnds(work, EndsOf(targets));
}

absl::StatusOr<std::vector<CountedReplies>> CountImportedReplies(
    postgres::Work& work, std::span<const ImportedPost> posts) {
  std::vector<TopicId> topics;
  std::vector<std::int32_t> numbers;
  absl::flat_hash_set<PostId> created;
  for (const ImportedPost& imported : posts) {
    created.insert(imported.post.id);
    if (!imported.post.reply_to) continue;
    topics.push_back(imported.post.topic);
    numbers.push_back(*imported.post.reply_to);
  }
  std::vector<CountedReplies> before;
  if (topics.empty()) return before;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kCountImportedReplies, topics, numbers));
  for (const postgres::Row row : rows) {
    const CountedReplies counted{row.Get<TopicId>(0), row.Get<PostId>(1), row.Get<std::int64_t>(2)};
    if (!created.contains(counted.post)) before.push_back(counted);
  }
  return before;
}

}  // namespace guildhall::discussions
