#include <atomic>
#include <thread>

#include "services/discussions/api/poll_fixture.h"
#include "services/discussions/workers/poll_reconciler.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

constexpr auto kNamed = v1::POLL_BALLOT_NAMED;
constexpr auto kAnonymous = v1::POLL_BALLOT_ANONYMOUS;

TEST_CASE_METHOD(PollFixture, "a topic is opened with its poll, and its readers see it") {
  const std::string topic = Ask(kNamed);
  const v1::Poll poll = Must(Get(eve, topic));
  CHECK(poll.topic() == topic);
  REQUIRE(poll.options_size() == 3);
  CHECK(poll.options(1).text() == "Spelt");
  CHECK(poll.choice() == v1::POLL_CHOICE_SINGLE);
  CHECK(poll.ballot() == kNamed);
  CHECK(poll.results() == v1::POLL_RESULTS_ALWAYS);
  CHECK(poll.results_shown());
  CHECK_FALSE(poll.voted());
  CHECK(Must(GetTopic(eve, topic)).kind() == v1::TOPIC_KIND_POLL);
}

TEST_CASE_METHOD(PollFixture, "a poll comes with a topic of its kind, and with no other") {
  auto request = Request(kNamed, v1::POLL_CHOICE_SINGLE, v1::POLL_RESULTS_ALWAYS);
  request.mutable_topic()->set_kind(v1::TOPIC_KIND_DISCUSSION);
  CHECK(Is(Call<v1::Topic>(ada, "CreateTopic", request).status(), policy_reasons::kFieldInvalid));
  request.mutable_topic()->set_kind(v1::TOPIC_KIND_POLL);
  request.clear_poll();
  CHECK(Is(Call<v1::Topic>(ada, "CreateTopic", request).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(Get(ada, Open(ada, open).name()).status(), policy_reasons::kNotFound));
  CHECK(Is(Cast(ada, Open(ada, open).name(), {1}).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(PollFixture, "members vote, change their vote and take it back; readers look on") {
  const std::string topic = Ask(kNamed, v1::POLL_CHOICE_MULTIPLE);
  Must(Cast(ada, topic, {1}));
  Must(Cast(ben, topic, {3, 1}));
  const v1::Poll changed = Must(Cast(ben, topic, {3, 2}));
  CHECK(CountsOf(changed) == Numbers{1, 1, 1});
  CHECK(changed.voter_count() == 2);
  CHECK(Numbers(changed.own_options().begin(), changed.own_options().end()) == Numbers{2, 3});
  CHECK(CountsOf(Must(Withdraw(ben, topic))) == Numbers{1, 0, 0});
  CHECK(Must(Withdraw(ben, topic)).voter_count() == 1);
  CHECK(CountsOf(Must(Get(eve, topic))) == Numbers{1, 0, 0});
  CHECK(Is(Cast(eve, topic, {1}).status(), policy_reasons::kNotPermitted));
  CHECK(Is(Withdraw(eve, topic).status(), policy_reasons::kNotPermitted));
  CHECK(Is(Cast(ben, topic, {4}).status(), policy_reasons::kFieldInvalid));
  CHECK(database.Ask("SELECT count(*) FROM change_log WHERE kind = 62") == "4");
}

TEST_CASE_METHOD(PollFixture, "a repeated vote changes nothing, whatever came in between") {
  const std::string topic = Ask(kNamed);
  auto request = Vote(topic, {1});
  const v1::Poll first = Must(Cast(ben, request));
  Must(Withdraw(ben, topic));
  CHECK(Must(Cast(ben, request)).SerializeAsString() == first.SerializeAsString());
  CHECK(Must(Get(ben, topic)).voter_count() == 0);
  request.set_topic(Ask(kNamed));
  CHECK(Is(Cast(ben, request).status(), policy_reasons::kRequestIdReused));
}

TEST_CASE_METHOD(PollFixture, "numbers that are not shown yet are not told, nor who voted") {
  const std::string later = Ask(kNamed, v1::POLL_CHOICE_SINGLE, v1::POLL_RESULTS_AFTER_CLOSING);
  const std::string voting = Ask(kNamed, v1::POLL_CHOICE_SINGLE, v1::POLL_RESULTS_AFTER_VOTING);
  for (const std::string& topic : {later, voting}) {
    Must(Cast(ben, topic, {2}));
    const v1::Poll seen = Must(Get(eve, topic));
    CHECK(CountsOf(seen) == Numbers{0, 0, 0});
    CHECK_FALSE(seen.results_shown());
    CHECK(seen.voter_count() == 1);
    CHECK(Is(List(eve, topic).status(), reasons::kResultsHidden));
  }
  CHECK_FALSE(Must(Get(ben, later)).results_shown());
  CHECK(CountsOf(Must(Get(ben, voting))) == Numbers{0, 1, 0});
  CHECK(CountsOf(Must(Close(ada, later))) == Numbers{0, 1, 0});
  CHECK(Must(List(eve, later)).votes_size() == 1);
}

TEST_CASE_METHOD(PollFixture, "who voted by name, and for what, is listed in pages") {
  const std::string topic = Ask(kNamed, v1::POLL_CHOICE_MULTIPLE);
  Must(Cast(ben, topic, {2, 3}));
  Must(Cast(ada, topic, {1}));
  const auto first = Must(List(eve, topic, "", 1));
  REQUIRE(first.votes_size() == 1);
  CHECK(first.votes(0).member() == resources::Name(ada));
  const auto second = Must(List(eve, topic, first.next_page_token(), 1));
  REQUIRE(second.votes_size() == 1);
  CHECK(second.votes(0).member() == resources::Name(ben));
  CHECK(second.votes(0).options_size() == 2);
  CHECK(second.next_page_token().empty());
}

TEST_CASE_METHOD(PollFixture, "its author and who keeps order close a poll, others do not") {
  const std::string own = Ask(kNamed), other = Ask(kNamed);
  facts.SetRole(open, eve, Role::kModerator);
  CHECK(Is(Close(ben, own).status(), policy_reasons::kNotPermitted));
  CHECK(Is(End(ben, other).status(), policy_reasons::kNotPermitted));
  CHECK(Must(Close(ada, own)).closed());
  CHECK(Must(Close(ada, own)).closed());
  CHECK(Must(End(eve, other)).closed());
  CHECK(Is(Cast(ben, own, {1}).status(), reasons::kPollClosed));
  CHECK(Is(Withdraw(ben, other).status(), reasons::kPollClosed));
}

TEST_CASE_METHOD(PollFixture, "a poll that was closed is opened again, and goes on as it was") {
  for (const auto results : {v1::POLL_RESULTS_ALWAYS, v1::POLL_RESULTS_AFTER_VOTING}) {
    const std::string topic = Ask(kNamed, v1::POLL_CHOICE_SINGLE, results);
    Must(Cast(ben, topic, {2}));
    Must(Close(ada, topic));
    CHECK_FALSE(Must(Reopen(ada, topic)).closed());
    CHECK_FALSE(Must(Reopen(ada, topic)).closed());
    CHECK(CountsOf(Must(Cast(ada, topic, {1}))) == Numbers{1, 1, 0});
  }
  // Each that changed something is told: two votes, closing and opening.
  CHECK(database.Ask("SELECT count(*) FROM change_log WHERE kind = 62") == "8");
}

TEST_CASE_METHOD(PollFixture, "an author opens what it closed itself, who keeps order any") {
  const std::string topic = Ask(kNamed);
  facts.SetRole(open, eve, Role::kModerator);
  Must(End(eve, topic));
  CHECK(Is(Reopen(ada, topic).status(), reasons::kClosedByModerator));
  // Nor by closing it once more.
  Must(Close(ada, topic));
  CHECK(Is(Reopen(ada, topic).status(), reasons::kClosedByModerator));
  CHECK(Is(Reopen(ben, topic).status(), policy_reasons::kNotPermitted));
  CHECK(Is(Resume(ada, topic).status(), policy_reasons::kNotPermitted));
  CHECK_FALSE(Must(Resume(eve, topic)).closed());
  Must(Close(ada, topic));
  CHECK_FALSE(Must(Resume(eve, topic)).closed());
  // By a version that did not say who.
  database.Run("UPDATE polls SET closed = true");
  CHECK(Is(Reopen(ada, topic).status(), reasons::kClosedByModerator));
  CHECK_FALSE(Must(Resume(eve, topic)).closed());
}

TEST_CASE_METHOD(PollFixture, "numbers that are told once all have voted are told once") {
  facts.SetRole(open, eve, Role::kModerator);
  for (const v1::PollBallot ballot : {kNamed, kAnonymous}) {
    const std::string topic = Ask(ballot, v1::POLL_CHOICE_SINGLE, v1::POLL_RESULTS_AFTER_CLOSING);
    for (int n = 0; n < 5; ++n) Must(Cast(Voter(n), topic, {1}));
    CHECK(CountsOf(Must(Close(ada, topic))) == Numbers{5, 0, 0});
    CHECK(Is(Reopen(ada, topic).status(), reasons::kPollFinal));
    CHECK(Is(Resume(eve, topic).status(), reasons::kPollFinal));
    CHECK(Is(Cast(ben, topic, {2}).status(), reasons::kPollClosed));
  }
}

TEST_CASE_METHOD(PollFixture, "a poll whose time is over stays closed") {
  auto request = Request(kNamed, v1::POLL_CHOICE_SINGLE, v1::POLL_RESULTS_ALWAYS);
  request.mutable_poll()->mutable_close_time()->set_seconds(
      absl::ToUnixSeconds(clock.Now() + absl::Hours(1)));
  const std::string topic = Must(Call<v1::Topic>(ada, "CreateTopic", request)).name();
  Must(Close(ada, topic));
  CHECK_FALSE(Must(Reopen(ada, topic)).closed());
  clock.Advance(absl::Hours(1));
  CHECK(Is(Reopen(ada, topic).status(), reasons::kPollFinal));
}

TEST_CASE_METHOD(PollFixture, "a repeated closing changes nothing, whatever came in between") {
  const std::string topic = Ask(kNamed);
  const auto request = Setting<v1::UpdatePollRequest>(topic, true);
  const std::string first = Must(Set(ada, request)).SerializeAsString();
  Must(Reopen(ada, topic));
  CHECK(Must(Set(ada, request)).SerializeAsString() == first);
  CHECK_FALSE(Must(Get(ada, topic)).closed());
  auto masked = Setting<v1::UpdatePollRequest>(topic, true);
  masked.mutable_update_mask()->add_paths("close_time");
  CHECK(Is(Set(ada, masked).status(), policy_reasons::kFieldInvalid));
  masked.clear_update_mask();
  CHECK(Is(Set(ada, masked).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(PollFixture, "what a poll asks stays, for its author and for who keeps order") {
  facts.SetRole(open, eve, Role::kModerator);
  const std::string topic = Ask(kNamed);
  v1::UpdateTopicRequest own;
  own.mutable_topic()->set_name(topic);
  own.mutable_topic()->set_title("Which sugar?");
  own.mutable_update_mask()->add_paths("title");
  own.set_request_id(NewRequestId());
  CHECK(Is(Call<v1::Topic>(ada, "UpdateTopic", own).status(), policy_reasons::kFieldInvalid));
  v1::ModerateTopicRequest moderation;
  *moderation.mutable_topic() = own.topic();
  *moderation.mutable_update_mask() = own.update_mask();
  moderation.set_request_id(NewRequestId());
  const auto moderate = [&] {
    return Call<v1::Topic>(eve, "ModerationService/ModerateTopic", moderation).status();
  };
  CHECK(Is(moderate(), policy_reasons::kFieldInvalid));
  moderation.mutable_update_mask()->set_paths(0, "kind");
  moderation.set_request_id(NewRequestId());
  CHECK(Is(moderate(), policy_reasons::kFieldInvalid));
  CHECK(Must(GetTopic(ada, topic)).kind() == v1::TOPIC_KIND_POLL);
}

TEST_CASE_METHOD(PollFixture, "a poll closes by itself") {
  auto request = Request(kNamed, v1::POLL_CHOICE_SINGLE, v1::POLL_RESULTS_ALWAYS);
  request.mutable_poll()->mutable_close_time()->set_seconds(
      absl::ToUnixSeconds(clock.Now() + absl::Hours(1)));
  const v1::Topic opened = Must(Call<v1::Topic>(ada, "CreateTopic", request));
  const std::string& topic = opened.name();
  Must(Cast(ben, topic, {1}));
  clock.Advance(absl::Hours(1));
  CHECK(Must(Get(ben, topic)).closed());
  CHECK(Is(Cast(ada, topic, {1}).status(), reasons::kPollClosed));
  // A repeat is answered as before; one that begins now would close before it does.
  CHECK(Must(Call<v1::Topic>(ada, "CreateTopic", request)).SerializeAsString() ==
        opened.SerializeAsString());
  request.set_request_id(NewRequestId());
  CHECK(Is(Call<v1::Topic>(ada, "CreateTopic", request).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(PollFixture,
                 "anonymous votes are told once, when five have voted and it is over") {
  const std::string few = Ask(kAnonymous), enough = Ask(kAnonymous);
  for (int n = 0; n < 5; ++n) {
    if (n > 0) Must(Cast(Voter(n), few, {1}));
    const v1::Poll cast = Must(Cast(Voter(n), enough, {n % 2 + 1}));
    CHECK(cast.voted());
    CHECK(CountsOf(cast) == Numbers{0, 0, 0});
    CHECK(cast.own_options_size() == 0);
  }
  CHECK(CountsOf(Must(Get(eve, enough))) == Numbers{0, 0, 0});
  CHECK(CountsOf(Must(Close(ada, enough))) == Numbers{3, 2, 0});
  CHECK(CountsOf(Must(Get(eve, enough))) == Numbers{3, 2, 0});
  CHECK(Must(Close(ada, few)).voter_count() == 4);
  CHECK_FALSE(Must(Get(eve, few)).results_shown());
  CHECK(CountsOf(Must(Get(ada, few))) == Numbers{0, 0, 0});
}

TEST_CASE_METHOD(PollFixture, "an anonymous vote is final and in no list") {
  const std::string topic = Ask(kAnonymous);
  const auto request = Vote(topic, {1});
  Must(Cast(ben, request));
  CHECK(Must(Cast(ben, request)).voter_count() == 1);
  CHECK(Is(Cast(ben, topic, {2}).status(), reasons::kVoteFinal));
  CHECK(Is(Withdraw(ben, topic).status(), reasons::kPollAnonymous));
  CHECK(Is(List(ada, topic).status(), reasons::kPollAnonymous));
  CHECK(Must(Get(ben, topic)).voted());
  CHECK_FALSE(Must(Get(ada, topic)).voted());
}

// All that is stored of a vote beside the one row of numbers, as text. Two runs of a test differ in
// nothing but what they do: names are made by the same chance.
std::string StoredBy(std::int32_t option) {
  PollFixture world;
  const std::string topic = world.Ask(kAnonymous);
  PollFixture::Must(world.Cast(world.ben, topic, {option}));
  return world.database.Ask(R"sql(
    SELECT (SELECT string_agg(row(voter.*)::text, ';') FROM poll_voters voter)
        || (SELECT count(*) FROM poll_votes)
        || (SELECT string_agg(row(claim.caller, claim.request_id, claim.method, claim.digest,
                                  claim.answer)::text, ';')
            FROM request_claims claim WHERE claim.method LIKE '%CastVote')
        || (SELECT string_agg(row(change.kind, change.key, change.resource, change.version)::text,
                              ';' ORDER BY change.xid, change.n)
            FROM change_log change))sql");
}

TEST_CASE("what is stored of an anonymous vote is the same whatever it chose") {
  const std::string stored = StoredBy(1);
  CHECK(stored.find("CastVote") != std::string::npos);
  CHECK(stored == StoredBy(3));
}

TEST_CASE_METHOD(PollFixture, "votes of one poll stand under one row of numbers, without a time") {
  CHECK(database.Ask("SELECT string_agg(column_name, ' ' ORDER BY column_name) "
                     "FROM information_schema.columns WHERE table_name = 'poll_voters'") ==
        "member_id topic_id");
  CHECK(database.Ask("SELECT string_agg(column_name, ' ') FROM information_schema.columns "
                     "WHERE table_name = 'polls' AND data_type LIKE 'timestamp%'") == "close_time");
}

TEST_CASE_METHOD(PollFixture, "a poll goes where its topic goes, and with it") {
  const std::string topic = Ask(kNamed);
  Must(Cast(ben, topic, {1}));
  Move(topic, secret);
  CHECK(Must(Get(ada, topic)).voter_count() == 1);
  CHECK(Told(Get(eve, topic).status()) == Told(Get(eve, resources::Name(TopicId())).status()));
  v1::RemoveTopicRequest removal;
  removal.set_name(topic);
  removal.set_reason("Done.");
  removal.set_request_id(NewRequestId());
  Must(Call<v1::Removal>(ben, "ModerationService/RemoveTopic", removal));
  CHECK(Is(Get(ada, topic).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(PollFixture, "a topic with a poll goes into no other; others come into it") {
  facts.SetRole(open, ben, Role::kModerator);
  const std::string topic = Ask(kNamed), other = Open(ada, open).name();
  v1::MergeTopicsRequest merge;
  merge.set_name(topic);
  merge.set_destination(other);
  merge.set_request_id(NewRequestId());
  CHECK(Is(Call<v1::Topic>(ben, "CarryingService/MergeTopics", merge).status(),
           reasons::kTopicHasPoll));
  merge.set_name(other);
  merge.set_destination(topic);
  Must(Call<v1::Topic>(ben, "CarryingService/MergeTopics", merge));
  CHECK(Must(Get(ada, topic)).options_size() == 3);
}

TEST_CASE_METHOD(PollFixture, "a topic is its author's to delete until somebody else has voted") {
  for (const v1::PollBallot ballot : {kNamed, kAnonymous}) {
    v1::DeleteTopicRequest request;
    request.set_name(Ask(ballot));
    Must(Cast(ada, request.name(), {1}));
    request.set_request_id(NewRequestId());
    Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", request));
    CHECK(database.Ask("SELECT count(*) FROM polls") == "0");
    request.set_name(Ask(ballot));
    Must(Cast(ben, request.name(), {1}));
    request.set_request_id(NewRequestId());
    CHECK(Is(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", request).status(),
             reasons::kTopicHasReplies));
    database.Run("DELETE FROM polls");
  }
}

// How often 32 members who vote at once, each for one of three, are counted; every second one
// changes or repeats its vote.
void VoteAtOnce(PollFixture& world, const std::string& topic, std::atomic<int>& failed) {
  constexpr int kMembers = 32;
  std::vector<std::thread> members;
  for (int n = 0; n < kMembers; ++n) world.Voter(n);
  for (int n = 0; n < kMembers; ++n) {
    members.emplace_back([&, n] {
      const MemberId who(ApiFixture::Numbered(200 + n));
      const auto insist = [&](const v1::CastVoteRequest& request) {
        for (int attempt = 0; attempt < 100; ++attempt) {
          const absl::Status status = world.Cast(who, request).status();
          if (status.ok() || Is(status, reasons::kVoteFinal)) return;
        }
        ++failed;
      };
      insist(world.Vote(topic, {n % 3 + 1}));
      if (n % 2 == 0) insist(world.Vote(topic, {n % 3 + 1}));
    });
  }
  for (std::thread& member : members) member.join();
}

TEST_CASE_METHOD(PollFixture, "counts equal a recount after many members vote at once") {
  for (const v1::PollBallot ballot : {kNamed, kAnonymous}) {
    const std::string topic = Ask(ballot);
    std::atomic<int> failed{0};
    VoteAtOnce(*this, topic, failed);
    CHECK(failed == 0);
    const v1::Poll poll = Must(Close(ada, topic));
    CHECK(poll.voter_count() == 32);
    CHECK(CountsOf(poll) == Numbers{11, 11, 10});
  }
  CHECK(*PollReconciler(*database).RunOnce(clock.Now()) == 0);
}

TEST_CASE_METHOD(PollFixture, "polls that show something else than the votes are mended") {
  const std::string named = Ask(kNamed), anonymous = Ask(kAnonymous);
  for (const std::string& topic : {named, anonymous}) Must(Cast(ben, topic, {2}));
  database.Run("UPDATE polls SET voter_count = 7, vote_counts = '{7,7,7}'");
  PollReconciler reconciler(*database);
  CHECK(*reconciler.RunOnce(clock.Now()) == 2);
  CHECK(CountsOf(Must(Get(ben, named))) == Numbers{0, 1, 0});
  CHECK(Must(Get(ben, anonymous)).voter_count() == 1);
  CHECK(*reconciler.RunOnce(clock.Now()) == 0);
}

}  // namespace
}  // namespace guildhall::discussions
