#include "services/discussions/store/read_state_store.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

absl::StatusOr<std::vector<ReadState>> GetReadStates(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::VisibleCommunities& visible,
                                                     std::span<const TopicId> topics) {
  if (visible.empty()) return std::vector<ReadState>();
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kGetReadStates, visible.member(), topics, visible.ids()));
  std::vector<ReadState> states;
  for (const postgres::Row row : rows) {
    states.push_back(
        ReadStateOf(row.Get<TopicId>(0), row.Get<std::int32_t>(1), row.Get<std::int32_t>(2)));
  }
  return states;
}

ReadMark MarkOf(const access::Grant& grant, TopicId topic, int number) {
  GUILDHALL_CHECK(grant.community().has_value());
  return {grant.member(), topic, *grant.community(), number};
}

absl::StatusOr<std::vector<std::optional<StoredMark>>> StoreReadMarks(
    postgres::Database& database, const postgres::Context& context,
    std::span<const ReadMark> marks) {
  std::vector<MemberId> members;
  std::vector<TopicId> topics;
  std::vector<CommunityId> communities;
  std::vector<std::int32_t> numbers;
  for (const ReadMark& mark : marks) {
    members.push_back(mark.member);
    topics.push_back(mark.topic);
    communities.push_back(mark.community);
    numbers.push_back(mark.number);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kMarkRead, members, topics, communities, numbers));
  std::vector<std::optional<StoredMark>> stored(marks.size());
  for (const postgres::Row row : rows) {
    const int place = row.Get<std::int32_t>(0) - 1;  // arrays count from 1 in SQL
    stored.at(place) = {
        ReadStateOf(marks[place].topic, row.Get<std::int32_t>(1), row.Get<std::int32_t>(2)),
        !row.Get<bool>(3)};
  }
  return stored;
}

absl::StatusOr<std::optional<ReadState>> RewindReadState(postgres::Database& database,
                                                         const postgres::Context& context,
                                                         const ReadMark& mark, absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kRewindReadState, mark.member, mark.topic,
                                  mark.community, std::int32_t{mark.number}, now));
  if (rows.empty()) return std::nullopt;
  return ReadStateOf(mark.topic, rows[0].Get<std::int32_t>(0), rows[0].Get<std::int32_t>(1));
}

absl::Status MarkCommunitiesRead(postgres::Database& database, const postgres::Context& context,
                                 const access::VisibleCommunities& visible, absl::Time until) {
  if (visible.empty()) return absl::OkStatus();
  return database.Write(context, sql::kMarkCommunitiesRead, visible.member(), visible.ids(), until)
      .status();
}

absl::StatusOr<absl::flat_hash_map<CommunityId, int>> CountUnreadTopics(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& visible, absl::Time now) {
  absl::flat_hash_map<CommunityId, int> counts;
  if (visible.empty()) return counts;
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kCountUnreadTopics, visible.member(), visible.ids(),
                    now - kNewsFor, std::int32_t{kMaxUnreadTopics},
                    std::int32_t{kMaxFollowedInMuted}, std::int32_t{kMaxTaggedInMuted}));
  for (const postgres::Row row : rows) {
    counts[row.Get<CommunityId>(0)] = row.Get<std::int32_t>(1);
  }
  return counts;
}

}  // namespace guildhall::discussions
