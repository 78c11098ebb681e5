#include "libs/rpc/times.h"
#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  absl::Status MarkRead(MemberId who, const std::vector<CommunityId>& communities,
                        std::optional<absl::Time> until = std::nullopt) {
    v1::MarkCommunitiesReadRequest request;
    for (const CommunityId& each : communities) request.add_communities(resources::Name(each));
    if (until) *request.mutable_read_time() = rpc::ToProto(*until);
    return Call<v1::MarkCommunitiesReadResponse>(who, "ReadingService/MarkCommunitiesRead", request)
        .status();
  }
  absl::StatusOr<v1::BatchGetUnreadCountsResponse> Counts(
      MemberId who, const std::vector<std::string>& communities) {
    v1::BatchGetUnreadCountsRequest request;
    for (const std::string& each : communities) request.add_communities(each);
    return Call<v1::BatchGetUnreadCountsResponse>(who, "ReadingService/BatchGetUnreadCounts",
                                                  request);
  }
  // Of one community that the member sees.
  int Unread(MemberId who, CommunityId community) {
    const auto counts = Must(Counts(who, {resources::Name(community)}));
    REQUIRE(counts.unread_counts_size() == 1);
    return counts.unread_counts(0).unread_topic_count();
  }
  v1::ReadState State(MemberId who, const std::string& topic) {
    v1::BatchGetReadStatesRequest request;
    request.add_topics(topic);
    const auto states =
        Must(Call<v1::BatchGetReadStatesResponse>(who, "BatchGetReadStates", request));
    REQUIRE(states.read_states_size() == 1);
    return states.read_states(0);
  }
  v1::ReadState Read(MemberId who, const std::string& topic, int number) {
    v1::UpdateReadStateRequest request;
    request.mutable_read_state()->set_topic(topic);
    request.mutable_read_state()->set_last_read_number(number);
    return Must(Call<v1::ReadState>(who, "UpdateReadState", request));
  }
  absl::StatusOr<v1::ReadState> Rewind(MemberId who, const std::string& topic, int number) {
    v1::RewindReadStateRequest request;
    request.mutable_read_state()->set_topic(topic);
    request.mutable_read_state()->set_last_read_number(number);
    return Call<v1::ReadState>(who, "ReadingService/RewindReadState", request);
  }
  void Later() { clock.Advance(absl::Minutes(1)); }
};

TEST_CASE_METHOD(Fixture, "a community counts the topics with unread posts, whoever wrote them") {
  const std::string first = Open(ada, open).name(), second = Open(ben, open).name();
  CHECK(Unread(ada, open) == 1);
  CHECK(Unread(eve, open) == 2);
  Read(eve, first, 1);
  CHECK(Unread(eve, open) == 1);
  Post(ben, first);
  CHECK(Unread(eve, open) == 2);
  CHECK(Unread(ada, open) == 2);
}

TEST_CASE_METHOD(Fixture, "one mark reads all of a community, and posts after it are unread") {
  const std::string first = Open(ada, open).name(), second = Open(ada, open).name();
  Post(ada, first);
  Later();
  REQUIRE(MarkRead(ben, {open}).ok());
  CHECK(Unread(ben, open) == 0);
  CHECK(State(ben, first).last_read_number() == 2);
  CHECK(database.Ask("SELECT count(*) FROM read_states WHERE member_id = '" + ben.ToString() +
                     "'") == "0");
  Later();
  Post(ada, first);
  CHECK(Unread(ben, open) == 1);
  CHECK(State(ben, first).last_read_number() == 2);
  CHECK(State(ben, first).unread_count() == 1);
  CHECK(State(ben, second).unread_count() == 0);
}

TEST_CASE_METHOD(Fixture, "a mark ends at any post of a topic, however many it has") {
  const std::string topic = Open(ada, open).name();
  std::vector<absl::Time> written = {clock.Now()};
  for (int n = 2; n <= 20; ++n) {
    Later();
    Post(ada, topic);
    written.push_back(clock.Now());
  }
  for (int n = 1; n <= 20; ++n) {
    REQUIRE(MarkRead(ben, {open}, written[n - 1]).ok());
    CHECK(State(ben, topic).last_read_number() == n);
  }
}

TEST_CASE_METHOD(Fixture, "a mark reaches until a time that was seen, never back nor ahead") {
  const std::string topic = Open(ada, open).name();
  const absl::Time seen = clock.Now();
  Later();
  Post(ada, topic);
  REQUIRE(MarkRead(ben, {open}, seen).ok());
  CHECK(State(ben, topic).last_read_number() == 1);
  REQUIRE(MarkRead(ben, {open}, clock.Now() + absl::Hours(1)).ok());
  CHECK(State(ben, topic).last_read_number() == 2);
  Later();
  Post(ada, topic);
  CHECK(State(ben, topic).last_read_number() == 2);
  REQUIRE(MarkRead(ben, {open}, seen).ok());
  CHECK(State(ben, topic).last_read_number() == 2);
}

TEST_CASE_METHOD(Fixture, "own posts into what was marked as read are read") {
  const std::string topic = Open(ada, open).name();
  Later();
  REQUIRE(MarkRead(ben, {open}).ok());
  Later();
  Post(ben, topic);
  CHECK(State(ben, topic).unread_count() == 0);
  CHECK(Unread(ben, open) == 0);
}

TEST_CASE_METHOD(Fixture, "marks are for the communities that were named") {
  const std::string there = Open(ada, closed).name();
  Open(ada, open);
  Later();
  REQUIRE(MarkRead(ben, {open}).ok());
  CHECK(Unread(ben, closed) == 1);
  REQUIRE(MarkRead(ben, {open, closed}).ok());
  CHECK(Unread(ben, closed) == 0);
  CHECK(Unread(ada, closed) == 0);
  CHECK(State(ben, there).unread_count() == 0);
}

TEST_CASE_METHOD(Fixture, "a watermark goes back when it is asked to, and stays there") {
  const std::string topic = Open(ada, open).name();
  for (int n = 0; n < 3; ++n) Post(ada, topic);
  Read(ben, topic, 4);
  CHECK(Must(Rewind(ben, topic, 2)).unread_count() == 2);
  CHECK(State(ben, topic).last_read_number() == 2);
  CHECK(Must(Rewind(ben, topic, 0)).unread_count() == 4);
  CHECK(Unread(ben, open) == 1);
  CHECK(Must(Rewind(ben, topic, 99)).last_read_number() == 4);
  CHECK(Unread(ben, open) == 0);
}

TEST_CASE_METHOD(Fixture, "a topic taken back is unread despite marks before, until one after") {
  const std::string topic = Open(ada, open).name();
  Later();
  REQUIRE(MarkRead(ben, {open}).ok());
  Later();
  CHECK(Must(Rewind(ben, topic, 0)).unread_count() == 1);
  CHECK(State(ben, topic).unread_count() == 1);
  CHECK(Unread(ben, open) == 1);
  Later();
  REQUIRE(MarkRead(ben, {open}).ok());
  CHECK(State(ben, topic).unread_count() == 0);
  CHECK(Unread(ben, open) == 0);
}

TEST_CASE_METHOD(Fixture, "a topic taken back and read again to its end is as any other") {
  const std::string topic = Open(ada, open).name();
  Post(ada, topic);
  REQUIRE(Rewind(ben, topic, 0).ok());
  CHECK(Read(ben, topic, 1).unread_count() == 1);
  CHECK(database.Ask("SELECT count(*) FROM read_states WHERE rewind_time IS NOT NULL") == "1");
  CHECK(Read(ben, topic, 2).unread_count() == 0);
  CHECK(database.Ask("SELECT count(*) FROM read_states WHERE rewind_time IS NOT NULL") == "0");
}

TEST_CASE_METHOD(Fixture, "imported posts taken back are unread") {
  const std::string topic = Open(ada, open).name();
  Post(ada, topic);
  database.Run("UPDATE topics SET imported_post_number = 2 WHERE true");
  CHECK(State(eve, topic).unread_count() == 0);
  CHECK(Unread(eve, open) == 0);
  CHECK(Must(Rewind(eve, topic, 1)).unread_count() == 1);
  CHECK(State(eve, topic).unread_count() == 1);
  CHECK(Unread(eve, open) == 1);
}

TEST_CASE_METHOD(Fixture, "what is older than thirty days is no news") {
  const std::string topic = Open(ada, open).name();
  clock.Advance(absl::Hours(24 * 31));
  CHECK(Unread(eve, open) == 0);
  CHECK(State(eve, topic).unread_count() == 1);
}

TEST_CASE_METHOD(Fixture, "counts end at twenty topics") {
  for (int n = 0; n < 22; ++n) Open(ada, open);
  CHECK(Unread(eve, open) == 20);
}

TEST_CASE_METHOD(Fixture, "hidden communities are left out exactly like those that never were") {
  Open(ada, secret);
  Open(ada, open);
  const std::string seen = resources::Name(open);
  const std::string never = resources::Name(CommunityId(Numbered(99)));
  const auto with_hidden =
      Must(Counts(eve, {resources::Name(secret), seen, resources::Name(closed), seen}));
  CHECK(with_hidden.SerializeAsString() ==
        Must(Counts(eve, {never, seen, never, seen})).SerializeAsString());
  CHECK(with_hidden.unread_counts_size() == 2);
  CHECK(Must(Counts(eve, {resources::Name(secret)})).unread_counts_size() == 0);
  CHECK(Must(Counts(ada, {resources::Name(secret)})).unread_counts_size() == 1);
}

TEST_CASE_METHOD(Fixture, "nothing is stored about communities that the caller may not read") {
  CHECK(MarkRead(eve, {secret, closed, CommunityId(Numbered(99))}).ok());
  CHECK(database.Ask("SELECT count(*) FROM community_read_states WHERE true") == "0");
  const std::string hidden = Open(ada, secret).name();
  CHECK(Told(Rewind(eve, hidden, 0).status()) ==
        Told(Rewind(eve, resources::Name(TopicId(Numbered(99))), 0).status()));
}

TEST_CASE_METHOD(Fixture, "questions of 200 communities and malformed ones") {
  const std::vector<std::string> names(200, resources::Name(open));
  CHECK(Must(Counts(ada, names)).unread_counts_size() == 200);
  CHECK(Must(Counts(ada, {})).unread_counts_size() == 0);
  CHECK(Is(Counts(ada, std::vector<std::string>(201, names[0])).status(),
           policy_reasons::kFieldInvalid));
  CHECK(Is(Counts(ada, {"communities/one"}).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(MarkRead(ada, std::vector<CommunityId>(201, open)), policy_reasons::kFieldInvalid));
  CHECK(Is(Rewind(ada, Open(ada, open).name(), -1).status(), policy_reasons::kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::discussions
