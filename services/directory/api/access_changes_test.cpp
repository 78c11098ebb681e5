// What changes a fact is noted for those who decide from what they know, and answered when they
// know it.
#include <algorithm>
#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using resources::Name;

// A change of facts as the database holds it.
std::string Everything() {
  return absl::StrCat("1 ", Uuid().ToString(), " ", Uuid().ToString(), ";");
}
std::string Of(MemberId member) {
  return absl::StrCat("2 ", member.ToString(), " ", Uuid().ToString(), ";");
}
std::string Of(CommunityId community) {
  return absl::StrCat("3 ", community.ToString(), " ", Uuid().ToString(), ";");
}
std::string Of(MemberId member, CommunityId community) {
  return absl::StrCat("4 ", member.ToString(), " ", community.ToString(), ";");
}

// The same changes in one order, where theirs does not matter.
std::vector<std::string> Sorted(const std::string& noted) {
  std::vector<std::string> changes = absl::StrSplit(noted, ';', absl::SkipEmpty());
  std::ranges::sort(changes);
  return changes;
}

struct Fixture : ApiFixture {
  Fixture() { As(ada); }

  absl::Status Join(const std::string& request_id = NewRequestId()) {
    v1::JoinCommunityRequest request;
    request.set_name(Name(bakers));
    request.set_request_id(request_id);
    return Call(Permission::kCommunityJoin, JoinCommunity, request, bakers).status();
  }
  absl::Status Leave(const std::string& request_id = NewRequestId()) {
    v1::LeaveCommunityRequest request;
    request.set_name(Name(bakers));
    request.set_request_id(request_id);
    return Call(Permission::kCommunityLeave, LeaveCommunity, request, bakers).status();
  }
  // The community as it stands, to be changed and handed to Update.
  v1::Community Standing() {
    return *Call(Permission::kCommunityRead, GetCommunity, v1::GetCommunityRequest(), bakers);
  }
  v1::UpdateCommunityRequest Update(v1::Community community, const std::string& path) {
    v1::UpdateCommunityRequest request;
    *request.mutable_community() = std::move(community);
    request.mutable_update_mask()->add_paths(path);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::Status Send(const v1::UpdateCommunityRequest& request) {
    return Call(Permission::kCommunityEdit, UpdateCommunity, request, bakers).status();
  }
  int Import(const std::vector<MemberId>& members) {
    v1::ImportMembershipsRequest request;
    for (const MemberId member : members) {
      v1::ImportedMembership& membership = *request.add_memberships();
      membership.set_community(Name(bakers));
      membership.set_member(Name(member));
      membership.set_role(v1::ROLE_MEMBER);
      membership.mutable_create_time()->set_seconds(1600000000);
    }
    return Call(Permission::kBrowse, ImportMemberships, request)->created_count();
  }
  void AddMembers(const std::vector<MemberId>& members) {
    std::string script;
    for (const MemberId member : members) {
      absl::StrAppend(&script, "INSERT INTO members (id, display_name, affiliation, create_time) ",
                      "VALUES ('", member.ToString(), "', 'Anybody', 1, now());");
    }
    Run(script);
  }
  // All that was noted, in order.
  std::string Noted() {
    return Ask(
        "SELECT coalesce(string_agg(kind || ' ' || subject || ' ' || object || ';', '' "
        "ORDER BY revision, place), '') FROM access_changes");
  }

  const MemberId ada = AddMember("Ada"), ben = AddMember("Ben");
  const CommunityId bakers = AddCommunity("Bakers");
};

struct OwnerFixture : Fixture {
  OwnerFixture() {
    AddMembership(bakers, ada, Role::kOwner);
    AddMembership(bakers, ben, Role::kOwner);
  }
};

TEST_CASE_METHOD(Fixture, "joining notes the membership and waits until all know") {
  REQUIRE(Join().ok());
  CHECK(Noted() == Of(ada, bakers));
  CHECK(held());
}

// The first call may have died before its answer, so that nobody has waited for it yet.
TEST_CASE_METHOD(Fixture, "a repeat notes nothing more, and waits all the same") {
  const std::string joined = NewRequestId(), left = NewRequestId();
  REQUIRE(Join(joined).ok());
  REQUIRE(Standing().member_count() == 1);
  REQUIRE_FALSE(held());
  REQUIRE(Join(joined).ok());
  CHECK(held());
  CHECK(Noted() == Of(ada, bakers));

  REQUIRE(Leave(left).ok());
  REQUIRE(Standing().member_count() == 0);
  REQUIRE_FALSE(held());
  REQUIRE(Leave(left).ok());
  CHECK(held());
  CHECK(Noted() == Of(ada, bakers) + Of(ada, bakers));
}

TEST_CASE_METHOD(Fixture, "joining where one belongs notes nothing") {
  AddMembership(bakers, ada);
  REQUIRE(Join().ok());
  CHECK(Noted().empty());
}

TEST_CASE_METHOD(Fixture, "a plain member's leaving notes the membership and waits") {
  AddMembership(bakers, ada);
  REQUIRE(Leave().ok());
  CHECK(Noted() == Of(ada, bakers));
  CHECK(held());
}

TEST_CASE_METHOD(OwnerFixture, "an owner's leaving notes all of the member and waits") {
  REQUIRE(Leave().ok());
  CHECK(Noted() == Of(ada));
  CHECK(held());
}

TEST_CASE_METHOD(OwnerFixture, "a leaving that is refused notes nothing") {
  REQUIRE(Leave().ok());
  CHECK(Is(Leave(), policy::reasons::kNotFound));
  As(ben);
  CHECK(Is(Leave(), reasons::kLastOwner));
  CHECK(Noted() == Of(ada));
}

TEST_CASE_METHOD(OwnerFixture, "another visibility notes the community and waits") {
  v1::Community community = Standing();
  community.set_visibility(v1::VISIBILITY_SECRET);
  const auto request = Update(community, "visibility");
  REQUIRE(Send(request).ok());
  CHECK(Noted() == Of(bakers));
  CHECK(held());

  REQUIRE(Standing().visibility() == v1::VISIBILITY_SECRET);
  REQUIRE_FALSE(held());
  REQUIRE(Send(request).ok());
  CHECK(Noted() == Of(bakers));
  CHECK(held());
}

TEST_CASE_METHOD(OwnerFixture, "letting others in notes the community and waits") {
  v1::Community community = Standing();
  community.set_admits(v1::ADMITS_EVERYONE);
  REQUIRE(Send(Update(community, "admits")).ok());
  CHECK(Noted() == Of(bakers));
  CHECK(held());
}

TEST_CASE_METHOD(OwnerFixture, "an edit that no decision looks at notes nothing") {
  v1::Community community = Standing();
  community.set_display_name("Brewers");
  REQUIRE(Send(Update(community, "display_name")).ok());
  REQUIRE(Standing().display_name() == "Brewers");
  CHECK(Send(Update(Standing(), "visibility")).ok());
  CHECK(Noted().empty());
}

TEST_CASE_METHOD(Fixture, "an import of memberships notes all of each member and waits") {
  REQUIRE(Import({ada, ben}) == 2);
  CHECK(Sorted(Noted()) == Sorted(Of(ada) + Of(ben)));
  CHECK(held());
}

TEST_CASE_METHOD(Fixture, "an import of many memberships notes everything at once and waits") {
  std::vector<MemberId> many;
  for (int i = 0; i < 501; ++i) {
    many.push_back(MemberId(NewUuidV7(SystemClock().Now(), SystemRandom())));
  }
  AddMembers(many);
  REQUIRE(Import(many) == 501);
  CHECK(Noted() == Everything());
  CHECK(held());
}

TEST_CASE_METHOD(Fixture, "a repeated import notes nothing more, and waits all the same") {
  REQUIRE(Import({ben}) == 1);
  REQUIRE(Standing().member_count() == 1);
  REQUIRE_FALSE(held());
  REQUIRE(Import({ben}) == 0);
  CHECK(Noted() == Of(ben));
  CHECK(held());
}

}  // namespace
}  // namespace guildhall::directory
