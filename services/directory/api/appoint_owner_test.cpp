// What an operator does for a community in which no owner can act.
#include "services/directory/api/appoint_owner.h"

#include <thread>

#include "absl/strings/match.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using resources::Name;

struct Fixture : ApiFixture {
  Fixture() {
    AddMembership(bakers, owner, Role::kOwner);
    AddMembership(bakers, member);
    Suspend(owner);
  }
  void Suspend(MemberId id) {
    Run("UPDATE members SET suspended = true WHERE id = '" + id.ToString() + "'");
  }
  absl::StatusOr<std::string> Appoint(MemberId id) {
    return AppointOwner(**this, bakers, id, SystemClock().Now());
  }
  // Whether an appointment is refused for what these words say, and nothing came of it.
  bool Refuses(MemberId id, const char* words) {
    const std::string before = Ask(kWritten);
    const absl::Status status = Appoint(id).status();
    UNSCOPED_INFO(status);
    return absl::StrContains(status.message(), words) && Ask(kWritten) == before;
  }
  std::string RoleOf(MemberId id) {
    return Ask("SELECT coalesce(max(role), 0) FROM memberships WHERE community_id = '" +
               bakers.ToString() + "' AND member_id = '" + id.ToString() + "'");
  }
  std::string Told() {
    return Ask("SELECT coalesce(string_agg(kind::text, ',' ORDER BY n), '') FROM change_log");
  }

  static constexpr char kWritten[] =
      "SELECT (SELECT count(*) FROM memberships) || ' ' || (SELECT count(*) FROM change_log) || ' "
      "' "
      "|| (SELECT count(*) FROM access_changes)";
  const MemberId owner = AddMember("Olga"), member = AddMember("Mia"), other = AddMember("Eve");
  const CommunityId bakers = AddCommunity("Bakers", Visibility::kClosed);
};

TEST_CASE_METHOD(Fixture, "a member is made the owner, and everybody is told as of any other") {
  const auto done = Appoint(member);
  REQUIRE(done.ok());
  CHECK(*done == Name(member) + " owns now " + Name(bakers) + ".");
  CHECK(RoleOf(member) == "3");
  CHECK(Told() == "30");
  CHECK(Ask("SELECT string_agg(kind::text, ',') FROM access_changes") == "2");
  // Whoever was suspended stays an owner, for when it comes back.
  CHECK(RoleOf(owner) == "3");
  As(member);
  v1::UpdateCommunityRequest request;
  request.mutable_community()->set_name(Name(bakers));
  request.mutable_community()->set_description("We bake again.");
  request.mutable_update_mask()->add_paths("description");
  request.set_request_id(NewRequestId());
  CHECK(Call(Permission::kCommunityEdit, UpdateCommunity, request, bakers).ok());
}

TEST_CASE_METHOD(Fixture, "whoever does not belong is a member first, once") {
  REQUIRE(Appoint(other).ok());
  CHECK(RoleOf(other) == "3");
  CHECK(Told() == "5,30");
  CHECK(Ask("SELECT member_count FROM communities") == "3");
  CHECK(Ask("SELECT '" + bakers.ToString() + "' = ANY (community_ids) FROM members WHERE id = '" +
            other.ToString() + "'") == "t");
  const auto again = Appoint(other);
  REQUIRE(again.ok());
  CHECK(*again == Name(other) + " owns already " + Name(bakers) + ".");
  CHECK(Told() == "5,30");
}

TEST_CASE_METHOD(Fixture, "an owner comes to see what is below") {
  AddCommunity("Cakes", Visibility::kSecret, Admits::kEmployees, bakers);
  REQUIRE(Appoint(member).ok());
  CHECK(Told() == "30,21");
}

TEST_CASE_METHOD(Fixture, "where an owner can act nobody else is appointed, and it says who") {
  const MemberId second = AddMember("Otto");
  AddMembership(bakers, second, Role::kOwner);
  CHECK(Refuses(member, Name(second).c_str()));
}

TEST_CASE_METHOD(Fixture, "owners of the communities above can act, the nearest are named") {
  const CommunityId cakes = AddCommunity("Cakes", Visibility::kOpen, Admits::kEmployees, bakers);
  const CommunityId tarts = AddCommunity("Tarts", Visibility::kOpen, Admits::kEmployees, cakes);
  const MemberId far = AddMember("Fay"), near = AddMember("Nea");
  AddMembership(bakers, far, Role::kOwner);
  AddMembership(cakes, near, Role::kOwner);
  const auto why = [&](MemberId id) {
    return std::string(AppointOwner(**this, tarts, id, SystemClock().Now()).status().message());
  };
  CHECK(absl::StrContains(why(member), Name(near)));
  // Who owns what is above needs nobody to appoint it.
  CHECK(absl::StrContains(why(near), Name(near)));
  Suspend(near);
  CHECK(absl::StrContains(why(member), Name(far)));
  // Whoever was kept away from the community before it came to own one above cannot act in it.
  Run("INSERT INTO bans SELECT '" + far.ToString() + "', '" + tarts.ToString() + "', '', '" +
      near.ToString() + "', now()");
  CHECK(AppointOwner(**this, tarts, member, SystemClock().Now()).ok());
}

TEST_CASE_METHOD(Fixture, "an owner of a community below is no owner of this one") {
  const CommunityId cakes = AddCommunity("Cakes", Visibility::kOpen, Admits::kEmployees, bakers);
  AddMembership(cakes, other, Role::kOwner);
  CHECK(Appoint(member).ok());
}

TEST_CASE_METHOD(Fixture, "who may not own it is not appointed, for a reason that is said") {
  CHECK(Refuses(owner, "suspended"));
  CHECK(Refuses(AddMember("Carla", Affiliation::kExternal), "employees only"));
  CHECK(Refuses(MemberId(NewUuidV7(SystemClock().Now(), SystemRandom())), "no such member"));
  Run("INSERT INTO bans SELECT '" + other.ToString() + "', '" + bakers.ToString() + "', '', '" +
      member.ToString() + "', now()");
  CHECK(Refuses(other, "banned"));
  Run("INSERT INTO mutes (member_id, community_id, creator_id, create_time) VALUES ('" +
      member.ToString() + "', '" + bakers.ToString() + "', '" + owner.ToString() + "', now())");
  CHECK(Refuses(member, "muted"));
  const auto nowhere =
      AppointOwner(**this, CommunityId(NewUuidV7(SystemClock().Now(), SystemRandom())), member,
                   SystemClock().Now());
  CHECK(absl::IsNotFound(nowhere.status()));
}

TEST_CASE_METHOD(Fixture, "of two operators at once one appoints, the other is told whom") {
  absl::StatusOr<std::string> one, two;
  std::thread thread([&] { one = Appoint(member); });
  two = Appoint(other);
  thread.join();
  CHECK(one.ok() != two.ok());
  CHECK(Ask("SELECT count(*) FROM memberships WHERE role = 3") == "2");
}

}  // namespace
}  // namespace guildhall::directory
