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

// Of posts of either kind; only what is not there.
void StoreReactions(postgres::Work& work, const auto& posts) {
  std::vector<PostId> ids;
  std::vector<MemberId> members;
  std::vector<std::int32_t> kinds;
  std::vector<absl::Time> times;
  for (const auto& written : posts) {
    for (const Reaction& reaction : written.reactions) {
      ids.push_back(written.post.id);
      members.push_back(reaction.member);
      kinds.push_back(static_cast<std::int32_t>(reaction.kind));
      times.push_back(reaction.create_time);
    }
  }
  if (!ids.empty()) work.Defer(sql::kImportReactions, ids, members, kinds, times);
}

std::optional<ImportMark> MarkFrom(const postgres::Row& row, int column) {
  const auto packed = row.Get<std::optional<std::int64_t>>(column);
  return packed ? std::optional(ImportMark::From(*packed)) : std::nullopt;
}

StandingPost StandingFrom(const postgres::Row& row) {
  StandingPost standing;
  Post& post = standing.post;
  post.id = row.Get<PostId>(0);
  post.topic = row.Get<TopicId>(1);
  post.number = row.Get<std::int32_t>(2);
  post.author = row.Get<MemberId>(3);
  post.create_time = row.Get<absl::Time>(4);
  post.markdown = row.Get<std::string>(5);
  post.delete_time = row.Get<std::optional<absl::Time>>(6);
  post.version = row.Get<std::int64_t>(7);
  standing.answered = row.Get<std::optional<PostId>>(8);
  if (!row.IsNull(9)) post.reactions = ReactionCounts(row.Get<std::vector<std::int32_t>>(9));
  standing.mark = MarkFrom(row, 10);
  return standing;
}

// Which of the reactions stand to posts that do.
absl::Status ReadReactions(postgres::Work& work, std::span<const ImportedPost> posts,
                           StandingPosts& standing) {
  std::vector<PostId> ids;
  std::vector<MemberId> members;
  std::vector<std::int32_t> kinds;
  for (const ImportedPost& imported : posts) {
    if (!standing.posts.contains(imported.post.id)) continue;
    for (const Reaction& reaction : imported.reactions) {
      ids.push_back(imported.post.id);
      members.push_back(reaction.member);
      kinds.push_back(static_cast<std::int32_t>(reaction.kind));
    }
  }
  if (ids.empty()) return absl::OkStatus();
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kGetReactionsToImport, ids, members, kinds));
  for (const postgres::Row row : rows) {
    standing.posts[row.Get<PostId>(0)].reacted.emplace(
        row.Get<MemberId>(1), static_cast<ReactionKind>(row.Get<std::int32_t>(2)));
  }
  return absl::OkStatus();
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
  std::vector<std::int64_t> marks;
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
    marks.push_back(MarkOf(topic).Packed());
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kImportTopics, ids, communities, authors, titles, times, scores,
                            kinds, pinned, closers, praised, marks));
  return static_cast<int>(rows.size());
}

void StoreFollowingTopics(postgres::Work& work, std::span<const ImportTarget> topics) {
  std::vector<TopicId> ids;
  std::vector<std::int64_t> marks;
  for (const ImportTarget& target : topics) {
    UpdateTopic(work, target.topic);
    ids.push_back(target.topic.id);
    marks.push_back(target.mark.value_or(ImportMark()).Packed());
  }
  if (!ids.empty()) work.Defer(sql::kMarkImportedTopics, ids, marks);
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
                                 .deleted = row.Get<bool>(kTopicColumns + 3),
                                 .mark = MarkFrom(row, kTopicColumns + 4)});
  }
  return targets;
}

absl::StatusOr<StandingPosts> GetStandingPosts(postgres::Work& work,
                                               std::span<const ImportedPost> posts) {
  std::vector<PostId> ids;
  for (const ImportedPost& imported : posts) {
    ids.push_back(imported.post.id);
    if (imported.answered) ids.push_back(*imported.answered);
  }
  StandingPosts standing;
  if (ids.empty()) return standing;
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kGetPostsToImport, ids));
  for (const postgres::Row row : rows) {
    const PostId id = row.Get<PostId>(0);
    if (row.Get<bool>(11)) {
      standing.left.insert({id, {row.Get<TopicId>(1), row.Get<std::int32_t>(2)}});
      standing.moved.insert(id);
    } else {
      standing.posts.emplace(id, StandingFrom(row));
    }
  }
  GUILDHALL_TRY(ReadReactions(work, posts, standing));
  return standing;
}

absl::Status ImportPosts(postgres::Work& work, std::span<const ImportedPost> posts) {
  std::vector<TopicId> topics;
  std::vector<std::int32_t> numbers;
  std::vector<PostId> ids;
  std::vector<MemberId> authors;
  std::vector<absl::Time> times;
  std::vector<std::string_view> texts;
  std::vector<std::optional<std::int32_t>> replies_to;
  std::vector<std::string> reactions;
  std::vector<std::int64_t> marks;
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
    marks.push_back(imported.mark.Packed());
  }
  if (posts.empty()) return absl::OkStatus();
  GUILDHALL_TRY(Translated(work.Run(sql::kImportPosts, topics, numbers, ids, authors, times, texts,
                                    replies_to, reactions, marks)
                               .status()));
  StoreReactions(work, posts);
  return absl::OkStatus();
}

void StoreFollowing(postgres::Work& work, std::span<const FollowingPost> posts) {
  std::vector<TopicId> topics;
  std::vector<std::int32_t> numbers;
  std::vector<std::string_view> texts;
  std::vector<std::int64_t> versions, marks;
  std::vector<std::string> reactions;
  std::vector<PostId> rewritten;
  for (const FollowingPost& following : posts) {
    const Post& post = following.post;
    topics.push_back(post.topic);
    numbers.push_back(post.number);
    texts.push_back(post.markdown);
    versions.push_back(post.version);
    reactions.push_back(ArrayOf(post.reactions.stored()));
    marks.push_back(following.mark.Packed());
    if (following.rewritten) rewritten.push_back(post.id);
  }
  if (posts.empty()) return;
  work.Defer(sql::kUpdateImportedPosts, topics, numbers, texts, versions, reactions, marks);
  if (!rewritten.empty()) work.Defer(sql::kReplaceQuotedTexts, rewritten);
  StoreReactions(work, posts);
}

void StoreImportedAnswers(postgres::Work& work, const ImportTargets& targets) {
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
