// What rests where a community is archived, and for whoever is muted: facts, and what a write finds
// under its lock.
#include "services/directory/api/bans_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kCommunityArchived;
using policy::reasons::kMemberMuted;

struct Fixture : BansFixture {
  void Mark(CommunityId community) {
    Run("UPDATE communities SET archived = true WHERE id = '" + community.ToString() + "'");
  }
  void Silence(CommunityId community, MemberId id) {
    Run("INSERT INTO mutes VALUES ('" + id.ToString() + "', '" + community.ToString() + "', '', '" +
        above.ToString() + "', now())");
  }
  access::CommunityFacts FactsOf(MemberId id, CommunityId community) {
    const FactsQuestion question{id, community};
    const auto facts = GetFacts(**this, context(), {&question, 1});
    REQUIRE(facts.ok());
    return facts->at(0).community;
  }
  std::function<absl::Status()> LetInToEdit() {
    v1::UpdateCommunityRequest request;
    request.mutable_community()->set_name(resources::Name(bakers));
    request.mutable_community()->set_description("We bake.");
    request.mutable_update_mask()->add_paths("description");
    request.set_request_id(NewRequestId());
    return LetIn(Permission::kCommunityEdit, UpdateCommunity, request, bakers);
  }
};

TEST_CASE_METHOD(Fixture, "facts tell who is muted, there and below, and what is archived") {
  Silence(bakers, member);
  Mark(rye);
  CHECK_FALSE(FactsOf(member, guild).muted);
  CHECK(FactsOf(member, bakers).muted);
  CHECK(FactsOf(member, rye).muted);
  CHECK_FALSE(FactsOf(owner, rye).muted);
  CHECK(FactsOf(owner, rye).archived);
  CHECK_FALSE(FactsOf(owner, bakers).archived);
}

TEST_CASE_METHOD(Fixture, "what was let in before the community was archived is refused") {
  const auto edit = LetInToEdit();
  Mark(bakers);
  CHECK(Is(edit(), kCommunityArchived));
  CHECK(Is(Join(bakers), kCommunityArchived));
  CHECK(Get(bakers).ok());
}

TEST_CASE_METHOD(Fixture, "what was let in before its caller was muted is refused") {
  const auto edit = LetInToEdit();
  Silence(guild, owner);
  CHECK(Is(edit(), kMemberMuted));
  CHECK(Is(Ban(bakers, member), kMemberMuted));
  CHECK(Get(bakers).ok());
}

TEST_CASE_METHOD(Fixture, "in an archived community order is kept, and members go") {
  Mark(bakers);
  REQUIRE(Ban(bakers, member).ok());
  REQUIRE(Lift(bakers, member).ok());
  As(second);
  v1::LeaveCommunityRequest request;
  request.set_name(resources::Name(bakers));
  request.set_request_id(NewRequestId());
  CHECK(Call(Permission::kCommunityLeave, LeaveCommunity, request, bakers).ok());
}

}  // namespace
}  // namespace guildhall::directory
