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

absl::StatusOr<std::vector<Topic>> TopicStore::ListLatest(const postgres::Context& context,
                                                          const access::Grant& grant,
                                                          const LatestPosition& after,
                                                          int count) const {
  GUILDHALL_CHECK(grant.community().has_value());
  return TopicsFrom(database_.Read(context, sql::kListLatestTopics, *grant.community(),
                                   after.pinned, after.last_post_time, after.id, count));
}

absl::StatusOr<std::vector<Topic>> TopicStore::ListTop(const postgres::Context& context,
                                                       const access::Grant& grant,
                                                       const ScorePosition& after,
                                                       int count) const {
  GUILDHALL_CHECK(grant.community().has_value());
  return TopicsFrom(database_.Read(context, sql::kListTopTopics, *grant.community(), after.pinned,
                                   after.score, after.id, count));
}

absl::StatusOr<std::vector<Topic>> TopicStore::ListUnanswered(const postgres::Context& context,
                                                              const access::Grant& grant,
                                                              const LatestPosition& after,
                                                              int count) const {
  GUILDHALL_CHECK(grant.community().has_value());
  return TopicsFrom(database_.Read(context, sql::kListUnansweredTopics, *grant.community(),
                                   after.last_post_time, after.id, count));
}

}  // namespace guildhall::discussions
