// Who may remove whom, and what becomes of it.
#include <catch2/catch.hpp>

#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kNotFound;
using policy::reasons::kNotPermitted;

struct Fixture : ApiFixture {
  Fixture() {
    AddMembership(bakers, owner, Role::kOwner);
    AddMembership(bakers, second, Role::kOwner);
    AddMembership(bakers, moderator, Role::kModerator);
    AddMembership(bakers, member);
    AddMembership(guild, above, Role::kOwner);
    As(owner);
  }

  absl::Status Remove(MemberId removed, const std::string& request_id = NewRequestId()) {
    v1::DeleteMembershipRequest request;
    request.set_name(resources::MembershipName(bakers, removed));
    request.set_request_id(request_id);
    return Call(Permission::kCommunityModerate, DeleteMembership, request, bakers).status();
  }
  bool Belongs(MemberId id) {
    return Ask("SELECT count(*) FROM memberships WHERE community_id = '" + bakers.ToString() +
               "' AND member_id = '" + id.ToString() + "'") == "1";
  }
  // Lets `caller` in, to remove somebody later.
  std::function<absl::Status()> Removal(MemberId caller, MemberId removed) {
    As(caller);
    v1::DeleteMembershipRequest request;
    request.set_name(resources::MembershipName(bakers, removed));
    request.set_request_id(NewRequestId());
    return LetIn(Permission::kCommunityModerate, DeleteMembership, request, bakers);
  }

  const MemberId owner = AddMember("Olga"), second = AddMember("Otto"), above = AddMember("Ada"),
                 moderator = AddMember("Mo"), member = AddMember("Mia"), other = AddMember("Eve");
  const CommunityId guild = AddCommunity("Guild");
  const CommunityId bakers = AddCommunity("Bakers", Visibility::kOpen, Admits::kEmployees, guild);
};

TEST_CASE_METHOD(Fixture, "an owner removes whoever belongs, once for a request id") {
  const std::string id = NewRequestId();
  REQUIRE(Remove(member, id).ok());
  CHECK(held());
  CHECK(!Belongs(member));
  CHECK(Ask("SELECT string_agg(member_count::text, ' ' ORDER BY display_name) FROM communities") ==
        "3 1");
  CHECK(Ask("SELECT string_agg(kind || ' ' || resource, ',') FROM change_log") ==
        "6 " + member.ToString());

  AddMembership(bakers, member);
  REQUIRE(Remove(member, id).ok());
  CHECK(held());
  CHECK(Belongs(member));
  CHECK(Remove(moderator).ok());
  CHECK(Remove(second).ok());
}

TEST_CASE_METHOD(Fixture, "removing a member notes the membership, an owner all of it") {
  REQUIRE(Remove(member).ok());
  CHECK(Ask("SELECT kind || ' ' || subject || ' ' || object FROM access_changes") ==
        "4 " + member.ToString() + " " + bakers.ToString());
  REQUIRE(Remove(second).ok());
  CHECK(Ask("SELECT kind || ' ' || subject FROM access_changes ORDER BY revision DESC LIMIT 1") ==
        "2 " + second.ToString());
}

TEST_CASE_METHOD(Fixture, "what an owner saw below only as such is told to be gone") {
  AddCommunity("Rye", Visibility::kSecret, Admits::kEmployees, bakers);
  AddCommunity("Open", Visibility::kOpen, Admits::kEmployees, bakers);
  AddMembership(AddCommunity("Own", Visibility::kSecret, Admits::kEmployees, bakers), second);
  const auto told_of = [&](MemberId id) {
    return Ask(
        "SELECT string_agg(change.kind || ' ' || display_name, ', ' ORDER BY n) FROM change_log "
        "change JOIN communities ON communities.id = key WHERE resource = '" +
        id.ToString() + "'");
  };
  REQUIRE(Remove(second).ok());
  CHECK(told_of(second) == "6 Bakers, 20 Rye");

  // Whoever owns a community above, too, goes on to see it.
  AddMembership(guild, other, Role::kOwner);
  AddMembership(bakers, other, Role::kOwner);
  REQUIRE(Remove(other).ok());
  CHECK(told_of(other) == "6 Bakers");
  REQUIRE(Remove(member).ok());
  CHECK(told_of(member) == "6 Bakers");

  AddMembership(bakers, other, Role::kOwner);
  Run("DELETE FROM memberships WHERE community_id = '" + guild.ToString() + "'");
  As(other);
  v1::LeaveCommunityRequest request;
  request.set_name(resources::Name(bakers));
  request.set_request_id(NewRequestId());
  REQUIRE(Call(Permission::kCommunityLeave, LeaveCommunity, request).ok());
  CHECK(told_of(other) == "6 Bakers, 6 Bakers, 20 Rye, 20 Own");
}

TEST_CASE_METHOD(Fixture, "a moderator removes plain members only") {
  As(moderator);
  CHECK(Is(Remove(owner), kNotPermitted));
  AddMembership(bakers, other, Role::kModerator);
  CHECK(Is(Remove(other), kNotPermitted));
  CHECK(Remove(member).ok());
}

TEST_CASE_METHOD(Fixture, "an owner of a community above removes all but the last owner") {
  As(above);
  REQUIRE(Remove(owner).ok());
  CHECK(Is(Remove(second), reasons::kLastOwner));
  CHECK(Belongs(second));
  CHECK(Remove(moderator).ok());
}

TEST_CASE_METHOD(Fixture, "who keeps no order removes nobody") {
  for (const MemberId caller : {member, other}) {
    As(caller);
    CHECK(Is(Remove(moderator), kNotPermitted));
  }
  Run("UPDATE communities SET visibility = 3");
  As(other);
  CHECK(Is(Remove(moderator), kNotFound));
  CHECK(Belongs(moderator));
}

TEST_CASE_METHOD(Fixture, "who does not belong is not removed, oneself one leaves") {
  CHECK(Is(Remove(other), kNotFound));
  CHECK(Is(Remove(owner), kNotPermitted));
  CHECK(Ask("SELECT count(*) FROM access_changes") == "0");
}

TEST_CASE_METHOD(Fixture, "of two owners who remove each other at once one stays") {
  const auto [one, other] = AtOnce(Removal(owner, second), Removal(second, owner));
  CHECK(one.ok() != other.ok());
  // Who came second has lost the right.
  CHECK(Is(one.ok() ? other : one, kNotPermitted));
  CHECK(Belongs(owner) == one.ok());
  CHECK(Belongs(second) == other.ok());
}

}  // namespace
}  // namespace guildhall::directory
