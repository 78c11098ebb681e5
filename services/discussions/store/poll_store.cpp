#include "services/discussions/store/poll_store.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"

namespace guildhall::discussions {
namespace {

template <typename Enum>
std::int32_t NumberOf(Enum value) {
  return static_cast<std::int32_t>(value);
}

std::optional<SeenPoll> SeenFrom(const postgres::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  const postgres::Row row = rows[0];
  SeenPoll seen;
  Poll& poll = seen.poll;
  poll.topic = row.Get<TopicId>(0);
  poll.close_time = row.Get<std::optional<absl::Time>>(1);
  poll.voter_count = row.Get<std::int32_t>(2);
  poll.choice = static_cast<PollChoice>(row.Get<std::int32_t>(3));
  poll.ballot = static_cast<PollBallot>(row.Get<std::int32_t>(4));
  poll.results = static_cast<PollResults>(row.Get<std::int32_t>(5));
  poll.closed = row.Get<bool>(6);
  poll.closer = row.Get<std::optional<MemberId>>(11);
  poll.counts = row.Get<std::vector<std::int32_t>>(7);
  poll.options = row.Get<std::vector<std::string>>(8);
  seen.own.voted = row.Get<bool>(9);
  if (!row.IsNull(10)) seen.own.options = row.Get<std::vector<std::int32_t>>(10);
  return seen;
}

}  // namespace

absl::StatusOr<std::optional<SeenPoll>> GetPoll(postgres::Database& database,
                                                const postgres::Context& context,
                                                const access::Grant& grant, TopicId topic) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetPoll, topic,
                                                            *grant.community(), grant.member()));
  return SeenFrom(rows);
}

absl::StatusOr<std::optional<SeenPoll>> GetPoll(postgres::Work& work, TopicId topic,
                                                CommunityId community, MemberId member) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kGetPoll, topic, community, member));
  return SeenFrom(rows);
}

void InsertPoll(postgres::Work& work, const Poll& poll) {
  work.Defer(sql::kInsertPoll, poll.topic, poll.close_time, NumberOf(poll.choice),
             NumberOf(poll.ballot), NumberOf(poll.results), poll.counts, poll.options);
}

void StoreVote(postgres::Work& work, const SeenPoll& seen, MemberId member, absl::Time now) {
  if (seen.poll.ballot == PollBallot::kNamed) {
    work.Defer(sql::kStoreVote, seen.poll.topic, member, now, seen.own.options);
  } else {
    work.Defer(sql::kStoreVoter, seen.poll.topic, member);
  }
  UpdatePoll(work, seen.poll);
}

void DeleteVote(postgres::Work& work, const Poll& poll, MemberId member) {
  work.Defer(sql::kDeleteVote, poll.topic, member);
  UpdatePoll(work, poll);
}

void UpdatePoll(postgres::Work& work, const Poll& poll) {
  work.Defer(sql::kUpdatePoll, poll.topic, poll.voter_count, poll.counts, poll.closed, poll.closer);
}

absl::StatusOr<std::vector<NamedVote>> ListVotes(postgres::Database& database,
                                                 const postgres::Context& context,
                                                 const access::Grant& grant, TopicId topic,
                                                 MemberId after, int count) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListVotes, *grant.community(), topic, after, count));
  std::vector<NamedVote> votes;
  for (const postgres::Row row : rows) {
    votes.push_back(
        {row.Get<MemberId>(0), row.Get<std::vector<std::int32_t>>(1), row.Get<absl::Time>(2)});
  }
  return votes;
}

absl::StatusOr<std::vector<ComparedPoll>> ComparePolls(postgres::Database& database,
                                                       const postgres::Context& context,
                                                       TopicId after, int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kComparePolls, after, count));
  std::vector<ComparedPoll> polls;
  for (const postgres::Row row : rows) {
    polls.push_back({row.Get<TopicId>(0), row.Get<bool>(1)});
  }
  return polls;
}

absl::StatusOr<bool> MendPoll(postgres::Work& work, TopicId topic) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kMendPoll, topic));
  return !rows.empty();
}

}  // namespace guildhall::discussions
