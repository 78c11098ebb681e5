// Where somebody belongs, as others are told.
#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;
using policy::reasons::kPageTokenInvalid;
using resources::Name;
using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  Fixture() {
    AddMembership(bakers, ada, Role::kModerator);
    AddMembership(board, ada, Role::kOwner);
    AddMembership(vault, ada);
    AddMembership(forum, ada);
    As(ben);
  }
  absl::StatusOr<v1::ListMemberCommunitiesResponse> List(
      const v1::ListMemberCommunitiesRequest& request) {
    return Call(Permission::kMemberRead, ListMemberCommunities, request);
  }
  v1::ListMemberCommunitiesRequest Of(const std::string& member) {
    v1::ListMemberCommunitiesRequest request;
    request.set_member(member);
    return request;
  }
  // "name: number of the role"
  Names Where(const std::string& member, bool show_archived = false) {
    v1::ListMemberCommunitiesRequest request = Of(member);
    request.set_show_archived(show_archived);
    const auto response = List(request);
    REQUIRE(response.ok());
    Names where;
    for (const v1::MemberCommunity& each : response->communities()) {
      where.push_back(each.community().display_name() + ": " + std::to_string(each.role()));
    }
    return where;
  }

  const MemberId ada = AddMember("Ada"), ben = AddMember("Ben");
  const MemberId carla = AddMember("Carla", Affiliation::kExternal);
  const CommunityId bakers = AddCommunity("Bakers");
  const CommunityId board = AddCommunity("Board", Visibility::kClosed);
  const CommunityId vault = AddCommunity("Vault", Visibility::kSecret);
  const CommunityId forum = AddCommunity("Forum", Visibility::kOpen, Admits::kEveryone);
};

TEST_CASE_METHOD(Fixture, "a member is told where another one belongs, and as what") {
  CHECK(Where(Name(ada)) == Names{"Bakers: 2", "Forum: 1"});
  CHECK(Where(Name(ben)).empty());
}

TEST_CASE_METHOD(Fixture, "who is told so of a community is who sees its members") {
  AddMembership(board, ben);
  CHECK(Where(Name(ada)) == Names{"Bakers: 2", "Board: 3", "Forum: 1"});
  AddMembership(vault, ben);
  CHECK(Where(Name(ada)) == Names{"Bakers: 2", "Board: 3", "Forum: 1", "Vault: 1"});
  Run("INSERT INTO bans (community_id, member_id, creator_id, create_time) VALUES ('" +
      bakers.ToString() + "', '" + ben.ToString() + "', '" + ada.ToString() + "', now())");
  CHECK(Where(Name(ada)) == Names{"Board: 3", "Forum: 1", "Vault: 1"});
}

TEST_CASE_METHOD(Fixture, "an owner of what is above sees who belongs to what is closed below") {
  AddMembership(AddCommunity("Ovens", Visibility::kClosed, Admits::kEmployees, bakers), ada);
  CHECK(Where(Name(ada)) == Names{"Bakers: 2", "Forum: 1"});
  AddMembership(bakers, ben, Role::kOwner);
  CHECK(Where(Name(ada)) == Names{"Bakers: 2", "Forum: 1", "Ovens: 1"});
}

TEST_CASE_METHOD(Fixture, "one's own are all there, by whichever name one calls oneself") {
  As(ada);
  const Names all{"Bakers: 2", "Board: 3", "Forum: 1", "Vault: 1"};
  CHECK(Where("members/me") == all);
  CHECK(Where(Name(ada)) == all);
}

TEST_CASE_METHOD(Fixture, "an external is told of whom it knows alone, and where it may look") {
  As(carla);
  CHECK(Where(Name(ada)) == Names{"Forum: 1"});
  const MemberId stranger = AddMember("Stella");
  AddMembership(bakers, stranger);
  const absl::Status hidden = List(Of(Name(stranger))).status();
  CHECK(Is(hidden, policy::reasons::kNotFound));
  CHECK(hidden == List(Of(Name(MemberId()))).status());
}

TEST_CASE_METHOD(Fixture, "nothing tells of what is hidden: not the page, not where it ends") {
  for (const char* name : {"Aardvarks", "Cellar", "Zebras"}) {
    AddMembership(AddCommunity(name, Visibility::kSecret), ada);
  }
  v1::ListMemberCommunitiesRequest request = Of(Name(ada));
  request.set_page_size(2);
  const auto page = List(request);
  REQUIRE(page.ok());
  CHECK(page->communities_size() == 2);
  CHECK(page->next_page_token().empty());
}

TEST_CASE_METHOD(Fixture, "archived communities come when they are asked for") {
  Run("UPDATE communities SET archived = true WHERE display_name = 'Forum'");
  CHECK(Where(Name(ada)) == Names{"Bakers: 2"});
  CHECK(Where(Name(ada), true) == Names{"Bakers: 2", "Forum: 1"});
}

TEST_CASE_METHOD(Fixture, "communities come page by page, and a page is its caller's own") {
  v1::ListMemberCommunitiesRequest request = Of(Name(ada));
  request.set_page_size(1);
  const auto first = List(request);
  REQUIRE(first.ok());
  CHECK(first->communities(0).community().display_name() == "Bakers");
  request.set_page_token(first->next_page_token());
  CHECK(List(request)->communities(0).community().display_name() == "Forum");
  CHECK(List(request)->next_page_token().empty());
  As(AddMember("Eve"));
  CHECK(Is(List(request).status(), kPageTokenInvalid));
  As(ben);
  request.set_member(Name(ben));
  CHECK(Is(List(request).status(), kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "whatever is no name of a member is refused") {
  for (const char* name : {"", "members/", "members/you", "communities/x", "members/me/"}) {
    INFO(name);
    CHECK(Is(List(Of(name)).status(), kFieldInvalid));
  }
}

}  // namespace
}  // namespace guildhall::directory
