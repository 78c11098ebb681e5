#include "services/discussions/store/topic_writes.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {
namespace {

// A column that is null where there is nothing.
template <typename T>
std::optional<std::vector<T>> NullIfEmpty(const std::vector<T>& list) {
  return list.empty() ? std::nullopt : std::optional(list);
}

LockedTopic LockedFrom(const postgres::Row& row) {
  LockedTopic locked{TopicFrom(row), row.Get<std::int32_t>(kTopicColumns)};
  locked.topic.gone_tail = GoneTailFrom(row, kTopicColumns + 1);
  return locked;
}

}  // namespace

absl::StatusOr<std::optional<LockedTopic>> LockTopic(postgres::Work& work, TopicId id) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kLockTopic, id));
  if (rows.empty()) return std::nullopt;
  return LockedFrom(rows[0]);
}

void InsertTopic(postgres::Work& work, const Topic& topic, const Post& first) {
  work.Defer(sql::kInsertTopic, topic.id, topic.community, topic.author, topic.title,
             topic.create_time, topic.score, first.id, first.markdown,
             static_cast<std::int32_t>(topic.kind), NullIfEmpty(topic.praised),
             NullIfEmpty(topic.tags));
}

void InsertPost(postgres::Work& work, const LockedTopic& locked, const Post& post) {
  work.Defer(sql::kInsertPost, post.topic, post.number, post.id, post.author, post.create_time,
             post.markdown, locked.topic.score, std::optional<std::int32_t>(post.reply_to));
}

void UpdateTopic(postgres::Work& work, const Topic& topic) {
  work.Defer(sql::kUpdateTopic, topic.id, topic.title, topic.pinned, topic.closer,
             topic.accepted_post, topic.version, NullIfEmpty(topic.tags),
             static_cast<std::int32_t>(topic.kind));
}

void MoveTopic(postgres::Work& work, const Topic& topic) {
  work.Defer(sql::kMoveTopic, topic.id, topic.community, topic.version);
}

absl::StatusOr<bool> PostStands(postgres::Work& work, TopicId topic, int number) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kPostStands, topic, number));
  return rows[0].Get<bool>(0);
}

absl::StatusOr<std::int64_t> ForgetAnswer(postgres::Work& work, TopicId topic) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kForgetAnswer, topic));
  return rows[0].Get<std::int64_t>(0);
}

absl::StatusOr<bool> OthersPosted(postgres::Work& work, const Topic& topic) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kOthersPosted, topic.id, topic.author));
  return rows[0].Get<bool>(0);
}

void DeleteTopic(postgres::Work& work, const Topic& topic, absl::Time now) {
  work.Defer(sql::kDeleteTopic, topic.id, now, topic.version);
}

absl::StatusOr<std::vector<LockedTopic>> LockTopicsAfter(postgres::Work& work, TopicId after,
                                                         int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kLockTopicsAfter, after, count));
  std::vector<LockedTopic> topics;
  for (const postgres::Row row : rows) topics.push_back(LockedFrom(row));
  return topics;
}

absl::StatusOr<absl::flat_hash_map<TopicId, TopicEnd>> GetEnds(postgres::Work& work,
                                                               std::span<const TopicId> ids,
                                                               int from_number) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kGetLastPosts, ids, from_number));
  absl::flat_hash_map<TopicId, TopicEnd> ends;
  for (const postgres::Row row : rows) {
    ends[row.Get<TopicId>(0)] = {row.Get<std::int32_t>(1), row.Get<absl::Time>(2),
                                 row.Get<std::int32_t>(3), row.Get<MemberId>(4),
                                 row.Get<absl::Time>(5)};
  }
  return ends;
}

absl::StatusOr<Topic> ResetEnd(postgres::Work& work, TopicId id, int from_number) {
  GUILDHALL_ASSIGN(std::optional<LockedTopic> locked, LockTopic(work, id));
  GUILDHALL_CHECK(locked.has_value());
  GUILDHALL_ASSIGN(const auto ends, GetEnds(work, {&id, 1}, from_number));
  EndWith(locked->topic, ends.at(id));
  StoreEnds(work, {&*locked, 1});
  return std::move(locked->topic);
}

void StoreEnds(postgres::Work& work, std::span<const LockedTopic> topics) {
  if (topics.empty()) return;
  std::vector<TopicId> ids;
  std::vector<std::int32_t> numbers, imported_numbers;
  std::vector<MemberId> authors;
  std::vector<absl::Time> times;
  std::vector<double> scores;
  std::vector<std::optional<std::int32_t>> standing_numbers;
  std::vector<std::optional<absl::Time>> place_times;
  for (const LockedTopic& locked : topics) {
    ids.push_back(locked.topic.id);
    numbers.push_back(locked.topic.last_post_number);
    authors.push_back(locked.topic.last_author);
    times.push_back(locked.topic.last_post_time);
    scores.push_back(locked.topic.score);
    imported_numbers.push_back(locked.imported_post_number);
    const std::optional<GoneTail>& tail = locked.topic.gone_tail;
    standing_numbers.push_back(tail ? std::optional(tail->standing_number) : std::nullopt);
    place_times.push_back(tail ? std::optional(tail->place_time) : std::nullopt);
  }
  work.Defer(sql::kSetTopicEnds, ids, numbers, authors, times, scores, imported_numbers,
             standing_numbers, place_times);
}

}  // namespace guildhall::discussions
