#include "services/discussions/store/topic_store.h"

#include "absl/container/flat_hash_map.h"
#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {

TopicId BeforeAllTopics() {
  Uuid highest;
  highest.bytes.fill(0xFF);
  return TopicId(highest);
}

absl::StatusOr<std::vector<std::optional<Topic>>> GetTopics(postgres::Database& database,
                                                            const postgres::Context& context,
                                                            std::span<const TopicId> ids) {
  GUILDHALL_ASSIGN(std::vector<Topic> found,
                   TopicsFrom(database.Read(context, sql::kGetTopics, ids)));
  absl::flat_hash_map<TopicId, Topic*> by_id;
  for (Topic& topic : found) by_id.emplace(topic.id, &topic);
  std::vector<std::optional<Topic>> topics(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto entry = by_id.find(ids[i]);
    if (entry != by_id.end()) topics[i] = *entry->second;
  }
  return topics;
}

absl::StatusOr<std::vector<std::optional<NamedTopic>>> GetNamedTopics(
    postgres::Database& database, const postgres::Context& context, std::span<const TopicId> ids) {
  GUILDHALL_ASSIGN(auto found, GetTopics(database, context, ids));
  std::vector<std::optional<NamedTopic>> topics(ids.size());
  std::vector<TopicId> missing;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (found[i]) topics[i] = NamedTopic{*std::move(found[i])};
    if (!topics[i]) missing.push_back(ids[i]);
  }
  if (missing.empty()) return topics;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetMergedTopics, missing));
  if (rows.empty()) return topics;
  std::vector<TopicId> targets;
  for (const postgres::Row row : rows) targets.push_back(row.Get<TopicId>(1));
  GUILDHALL_ASSIGN(const auto standing, GetTopics(database, context, targets));
  absl::flat_hash_map<TopicId, Topic> by_name;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (standing[i]) by_name.emplace(rows[i].Get<TopicId>(0), *standing[i]);
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto target = by_name.find(ids[i]);
    if (target != by_name.end()) topics[i] = NamedTopic{target->second, true};
  }
  return topics;
}

TopicStretch TopicStretch::Latest(const access::Grant& grant, const LatestPosition& after,
                                  int count) {
  return {grant, after, count};
}

TopicStretch TopicStretch::Top(const access::Grant& grant, const ScorePosition& after, int count) {
  return {grant, after, count};
}

TopicStretch TopicStretch::Unanswered(const access::Grant& grant, const LatestPosition& after,
                                      int count) {
  return {grant, UnansweredAfter{after}, count};
}

TopicStretch TopicStretch::OfKind(const access::Grant& grant, TopicKind kind,
                                  const LatestPosition& after, int count) {
  return {grant, KindAfter{after, kind}, count};
}

TopicStretch TopicStretch::Newest(const access::Grant& grant, const NewestPosition& after,
                                  int count) {
  return {grant, after, count};
}

TopicStretch::TopicStretch(const access::Grant& grant, After after, int count)
    : after_(after), count_(count) {
  GUILDHALL_CHECK(grant.community().has_value());
  community_ = *grant.community();
}

void TopicStretch::AddTo(postgres::ReadBatch& batch) const {
  if (const auto* unanswered = std::get_if<UnansweredAfter>(&after_)) {
    batch.Add(sql::kListUnansweredTopics, community_, unanswered->last_post_time, unanswered->id,
              count_);
  } else if (const auto* of_kind = std::get_if<KindAfter>(&after_)) {
    batch.Add(sql::kListKindOfTopics, community_, static_cast<std::int32_t>(of_kind->kind),
              of_kind->last_post_time, of_kind->id, count_);
  } else if (const auto* newest = std::get_if<NewestPosition>(&after_)) {
    batch.Add(sql::kListNewestTopics, community_, newest->create_time, newest->id, count_);
  } else if (const auto* top = std::get_if<ScorePosition>(&after_)) {
    batch.Add(sql::kListTopTopics, community_, top->pinned, top->score, top->id, count_);
  } else {
    const auto& latest = std::get<LatestPosition>(after_);
    batch.Add(sql::kListLatestTopics, community_, latest.pinned, latest.last_post_time, latest.id,
              count_);
  }
}

absl::StatusOr<std::vector<std::vector<Topic>>> ReadStretches(
    postgres::Database& database, const postgres::Context& context,
    std::span<const TopicStretch> stretches) {
  GUILDHALL_ASSIGN(const std::vector<postgres::Rows> answers,
                   database.ReadTogether(context, [&](postgres::ReadBatch& batch) {
                     for (const TopicStretch& stretch : stretches) stretch.AddTo(batch);
                   }));
  std::vector<std::vector<Topic>> lists;
  lists.reserve(answers.size());
  for (const postgres::Rows& rows : answers) lists.push_back(TopicsFrom(rows));
  return lists;
}

}  // namespace guildhall::discussions
