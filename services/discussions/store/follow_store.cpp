#include "services/discussions/store/follow_store.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {
namespace {

std::int32_t NumberOf(FollowLevel level) { return static_cast<std::int32_t>(level); }

std::optional<FollowLevel> LevelFrom(const postgres::Row& row, int column) {
  const auto number = row.Get<std::optional<std::int32_t>>(column);
  if (!number) return std::nullopt;
  return static_cast<FollowLevel>(*number);
}

TopicFollows TopicFollowsFrom(const postgres::Row& row) {
  TopicFollows follows{.topic = LevelFrom(row, 1), .tags = {}, .community = LevelFrom(row, 4)};
  const auto tags = row.Get<std::vector<std::string>>(2);
  const auto levels = row.Get<std::vector<std::int32_t>>(3);
  GUILDHALL_CHECK(tags.size() == levels.size());
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (levels[i] != 0) follows.tags.push_back({tags[i], static_cast<FollowLevel>(levels[i])});
  }
  return follows;
}

}  // namespace

absl::StatusOr<bool> SetTopicFollow(postgres::Database& database, const postgres::Context& context,
                                    const access::Grant& grant, TopicId topic,
                                    std::optional<FollowLevel> level, absl::Time now) {
  GUILDHALL_CHECK(grant.community().has_value());
  if (!level) {
    GUILDHALL_TRY(ForgetTopicFollow(database, context, grant, topic));
    return true;
  }
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Write(context, sql::kSetTopicFollow, grant.member(), topic, *grant.community(),
                     NumberOf(*level), now, std::int32_t{kMaxFollows}));
  if (rows.empty()) return false;
  if (!rows[0].Get<bool>(0)) return TooManyFollows(kMaxFollows);
  return true;
}

absl::Status SetCommunityFollow(postgres::Database& database, const postgres::Context& context,
                                const access::Grant& grant, std::optional<FollowLevel> level) {
  GUILDHALL_CHECK(grant.community().has_value());
  if (!level) return ForgetCommunityFollow(database, context, grant, *grant.community());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kSetCommunityFollow, grant.member(),
                                  *grant.community(), NumberOf(*level), std::int32_t{kMaxFollows}));
  return rows[0].Get<bool>(0) ? absl::OkStatus() : TooManyFollows(kMaxFollows);
}

absl::Status ForgetTopicFollow(postgres::Database& database, const postgres::Context& context,
                               const access::Grant& grant, TopicId topic) {
  return database.Write(context, sql::kForgetTopicFollow, grant.member(), topic).status();
}

absl::Status ForgetCommunityFollow(postgres::Database& database, const postgres::Context& context,
                                   const access::Grant& grant, CommunityId community) {
  return database.Write(context, sql::kForgetCommunityFollow, grant.member(), community).status();
}

absl::StatusOr<absl::flat_hash_map<TopicId, TopicFollows>> GetTopicFollows(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& visible, std::span<const TopicId> topics) {
  absl::flat_hash_map<TopicId, TopicFollows> found;
  if (visible.empty()) return found;
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kGetTopicFollows, visible.member(), topics, visible.ids()));
  for (const postgres::Row row : rows) found[row.Get<TopicId>(0)] = TopicFollowsFrom(row);
  return found;
}

absl::StatusOr<absl::flat_hash_map<CommunityId, FollowLevel>> GetCommunityFollows(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& visible) {
  absl::flat_hash_map<CommunityId, FollowLevel> levels;
  if (visible.empty()) return levels;
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetCommunityFollows,
                                                            visible.member(), visible.ids()));
  for (const postgres::Row row : rows) levels[row.Get<CommunityId>(0)] = *LevelFrom(row, 1);
  return levels;
}

absl::StatusOr<std::vector<FollowedTopic>> ListFollowedTopics(
    postgres::Database& database, const postgres::Context& context, const access::Grant& grant,
    FollowLevel level, const FollowPosition& after, int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListFollowedTopics, grant.member(), NumberOf(level),
                                 after.update_time, after.topic, count));
  std::vector<FollowedTopic> topics;
  for (const postgres::Row row : rows) {
    topics.push_back({TopicFrom(row), row.Get<absl::Time>(kTopicColumns)});
  }
  return topics;
}

absl::StatusOr<std::vector<FollowedCommunity>> ListFollowedCommunities(
    postgres::Database& database, const postgres::Context& context, const access::Grant& grant,
    std::optional<FollowLevel> level, CommunityId after, int count) {
  std::optional<std::int32_t> number;
  if (level) number = NumberOf(*level);
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kListCommunityFollows,
                                                            grant.member(), number, after, count));
  std::vector<FollowedCommunity> communities;
  for (const postgres::Row row : rows) {
    communities.push_back(
        {row.Get<CommunityId>(0), static_cast<FollowLevel>(row.Get<std::int32_t>(1))});
  }
  return communities;
}

}  // namespace guildhall::discussions
