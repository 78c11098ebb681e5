// Whom a move is told that takes a topic from somebody's sight.
#include "services/discussions/api/carrying_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : CarryingFixture {
  Fixture() {
    facts.AddCommunity(welcoming, Visibility::kOpen);
    facts.AdmitEveryone(welcoming);
    for (const CommunityId place : {open, closed, secret, welcoming}) {
      facts.SetRole(place, ben, Role::kModerator);
    }
    // Who wrote it reads nothing but what is OPEN.
    for (const CommunityId place : {closed, secret}) facts.SetRole(place, ada, Role::kNone);
  }

  absl::StatusOr<v1::Topic> MoveFor(const std::string& reason, CommunityId destination) {
    v1::MoveTopicRequest request = MoveRequest(topic.name(), destination);
    request.set_reason(reason);
    return TryToMove(ben, request);
  }
  v1::ListMyRemovalsResponse Mine(MemberId who, const std::string& resource = "") {
    v1::ListMyRemovalsRequest request;
    request.set_resource(resource);
    return Must(Call<v1::ListMyRemovalsResponse>(who, "ModerationService/ListMyRemovals", request));
  }
  v1::ListRemovalsResponse In(CommunityId place) {
    v1::ListRemovalsRequest request;
    request.set_parent(resources::Name(place));
    return Must(Call<v1::ListRemovalsResponse>(ben, "ModerationService/ListRemovals", request));
  }
  template <typename Response, typename Request>
  absl::StatusOr<Response> Of(MemberId who, const std::string& method, Request request) {
    request.set_name(topic.name());
    request.set_request_id(NewRequestId());
    return Call<Response>(who, method, request);
  }
  absl::StatusOr<v1::Topic> Restore() {
    return Of<v1::Topic>(ben, "ModerationService/RestoreTopic", v1::RestoreTopicRequest());
  }

  const CommunityId welcoming{Numbered(14)};
  const v1::Topic topic = Open(ada, open);
};

TEST_CASE_METHOD(Fixture, "a topic goes to where fewer read for a reason alone") {
  for (const CommunityId place : {closed, secret}) {
    const absl::Status refused = MoveFor("", place).status();
    CHECK(Is(refused, policy_reasons::kFieldInvalid));
    CHECK(DetailsOf(refused)->violations[0].field == "reason");
  }
  CHECK(Must(GetTopic(ada, topic.name())).etag() == topic.etag());
  CHECK(MoveFor("", welcoming).ok());
  // Where employees alone are admitted, fewer read than where everyone is.
  CHECK(Is(MoveFor("", open).status(), policy_reasons::kFieldInvalid));
  CHECK(MoveFor("It is of us alone.", open).ok());
  CHECK(Is(MoveFor("  ", secret).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "its author learns why a topic went, and neither by whom nor where to") {
  Must(MoveFor("It names customers.", secret));
  CHECK(Is(GetTopic(ada, topic.name()).status(), policy_reasons::kNotFound));
  for (const auto& mine : {Mine(ada), Mine(ada, topic.name())}) {
    REQUIRE(mine.removals_size() == 1);
    v1::Removal told = mine.removals(0);
    told.clear_create_time();
    v1::Removal expected;
    expected.set_resource(topic.name());
    expected.set_community(resources::Name(open));
    expected.set_author(resources::Name(ada));
    expected.set_title("Bread");
    expected.set_reason("It names customers.");
    expected.set_moved(true);
    CHECK(told.DebugString() == expected.DebugString());
  }
  CHECK(Mine(eve).removals_size() == 0);
}

TEST_CASE_METHOD(Fixture, "who keeps order where a topic stood reads who moved it, and why") {
  Must(MoveFor("It names customers.", secret));
  REQUIRE(In(open).removals_size() == 1);
  CHECK(In(open).removals(0).moved());
  CHECK(In(open).removals(0).remover() == resources::Name(ben));
  CHECK(In(open).removals(0).reason() == "It names customers.");
  CHECK(In(secret).removals_size() == 0);
}

TEST_CASE_METHOD(Fixture, "a move is told that has a reason, due or not, and no other") {
  Must(MoveFor("", welcoming));
  CHECK(Mine(ada).removals_size() == 0);
  CHECK(In(open).removals_size() == 0);
  Must(MoveFor("It is of us alone.", open));
  CHECK(Must(MoveFor("Everyone may read it.", welcoming)).community() ==
        resources::Name(welcoming));
  CHECK(Mine(ada).removals_size() == 2);
}

TEST_CASE_METHOD(Fixture, "that a topic went is told when it came back, too") {
  Must(MoveFor("It names customers.", secret));
  Must(MoveFor("", open));
  CHECK(GetTopic(ada, topic.name()).ok());
  REQUIRE(Mine(ada).removals_size() == 1);
  CHECK(Mine(ada).removals(0).moved());
  CHECK_FALSE(Mine(ada).removals(0).has_restore_time());
}

TEST_CASE_METHOD(Fixture, "a move that is repeated is told once") {
  const auto request = MoveRequest(topic.name(), secret);
  Must(TryToMove(ben, request));
  Must(TryToMove(ben, request));
  CHECK(Mine(ada).removals_size() == 1);
}

TEST_CASE_METHOD(Fixture, "what was moved was not removed, and nothing of it comes back") {
  Must(MoveFor("It names customers.", closed));
  CHECK(Is(Restore().status(), reasons::kNotRemoved));
  v1::RemoveTopicRequest removal;
  removal.set_reason("Off topic.");
  Must(Of<v1::Removal>(ben, "ModerationService/RemoveTopic", removal));
  CHECK(Must(Restore()).title() == "Bread");
  Must(MoveFor("It is of us alone.", open));
  Must(Of<v1::DeleteTopicResponse>(ada, "DeleteTopic", v1::DeleteTopicRequest()));
  CHECK(Is(Restore().status(), policy_reasons::kNotFound));
}

}  // namespace
}  // namespace guildhall::discussions
