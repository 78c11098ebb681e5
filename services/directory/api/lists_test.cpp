// What lists and batches show, page by page.
#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"
#include "services/directory/workers/member_count_reconciler.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using resources::Name;

struct Fixture : ApiFixture {
  // The names of all pages of two.
  std::vector<std::string> Browse(v1::ListCommunitiesRequest request = {}) {
    std::vector<std::string> names;
    request.set_page_size(2);
    do {
      const auto page = Call(Permission::kBrowse, ListCommunities, request);
      REQUIRE(page.ok());
      CHECK(page->communities_size() <= 2);
      for (const auto& community : page->communities()) names.push_back(community.display_name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
};

TEST_CASE_METHOD(Fixture, "communities are listed by name without regard to case") {
  for (const char* name : {"beta", "Alpha", "Éclairs", "delta", "Gamma"}) AddCommunity(name);
  AddCommunity("Hidden", Visibility::kSecret);
  As(AddMember("Ada"));
  CHECK(Browse() == std::vector<std::string>{"Alpha", "beta", "delta", "Éclairs", "Gamma"});
}

TEST_CASE_METHOD(Fixture, "communities are listed by parent and by kind") {
  const CommunityId parent = AddCommunity("Top");
  AddCommunity("Below", Visibility::kOpen, Admits::kEmployees, parent);
  As(AddMember("Ada"));
  v1::ListCommunitiesRequest request;
  request.set_parent(Name(parent));
  CHECK(Browse(request) == std::vector<std::string>{"Below"});
  request.clear_parent();
  request.set_kind(v1::COMMUNITY_KIND_CUSTOMER);
  CHECK(Browse(request).empty());
}

TEST_CASE_METHOD(Fixture, "communities are listed by place, without case and accents") {
  AddCommunity("Bakers");
  Run("UPDATE communities SET location = 'São Paulo'");
  AddCommunity("Brewers");
  As(AddMember("Ada"));
  v1::ListCommunitiesRequest request;
  for (const char* place : {"São Paulo", "SAO PAULO", "  sao paulo "}) {
    request.set_location(place);
    CHECK(Browse(request) == std::vector<std::string>{"Bakers"});
  }
  request.set_location("Sao");
  CHECK(Browse(request).empty());
}

TEST_CASE_METHOD(Fixture, "communities are listed by whom they take") {
  AddCommunity("Bakers");
  AddCommunity("Customers", Visibility::kOpen, Admits::kEveryone);
  As(AddMember("Ada"));
  v1::ListCommunitiesRequest request;
  request.set_admits(v1::ADMITS_EVERYONE);
  CHECK(Browse(request) == std::vector<std::string>{"Customers"});
  request.set_admits(v1::ADMITS_EMPLOYEES);
  CHECK(Browse(request) == std::vector<std::string>{"Bakers"});
}

TEST_CASE_METHOD(Fixture, "communities are listed the newest or the largest first") {
  for (const char* name : {"b", "c", "a", "e", "d"}) AddCommunity(name);
  Run("UPDATE communities SET member_count = 1000 + ascii(display_name) WHERE display_name < 'd'");
  Run("UPDATE communities SET member_count = 1100 WHERE display_name = 'e'");
  As(AddMember("Ada"));
  v1::ListCommunitiesRequest request;
  request.set_order(v1::COMMUNITY_ORDER_NEWEST);
  CHECK(Browse(request) == std::vector<std::string>{"d", "e", "a", "c", "b"});
  request.set_order(v1::COMMUNITY_ORDER_LARGEST);
  // Two digits of a number of members count: 1,097 to 1,099 are alike.
  const auto largest = Browse(request);
  CHECK(largest.size() == 5);
  CHECK(largest.front() == "e");
  CHECK(largest.back() == "d");
  request.set_order(static_cast<v1::CommunityOrder>(9));
  CHECK(Is(Call(Permission::kBrowse, ListCommunities, request).status(),
           policy::reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a page token is good for the order of its page alone") {
  for (const char* name : {"a", "b"}) AddCommunity(name);
  As(AddMember("Ada"));
  v1::ListCommunitiesRequest request;
  request.set_page_size(1);
  request.set_page_token(Call(Permission::kBrowse, ListCommunities, request)->next_page_token());
  request.set_order(v1::COMMUNITY_ORDER_NEWEST);
  CHECK(Is(Call(Permission::kBrowse, ListCommunities, request).status(),
           policy::reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "a batch of communities leaves out those that the caller may not see") {
  const CommunityId open = AddCommunity("Open");
  const CommunityId secret = AddCommunity("Secret", Visibility::kSecret);
  const MemberId ada = AddMember("Ada");
  As(ada);
  v1::BatchGetCommunitiesRequest request;
  for (const CommunityId id : {secret, CommunityId(), open, open}) request.add_names(Name(id));
  const auto seen = Call(Permission::kBrowse, BatchGetCommunities, request);
  REQUIRE(seen->communities_size() == 1);
  CHECK(seen->communities(0).display_name() == "Open");
  AddMembership(secret, ada);
  CHECK(Call(Permission::kBrowse, BatchGetCommunities, request)->communities(0).display_name() ==
        "Secret");
  for (int i = 0; i < 100; ++i) request.add_names(Name(open));
  CHECK(Is(Call(Permission::kBrowse, BatchGetCommunities, request).status(),
           policy::reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a page token is of no use to somebody else") {
  for (const char* name : {"a", "b", "c"}) AddCommunity(name);
  As(AddMember("Ada"));
  v1::ListCommunitiesRequest request;
  request.set_page_size(1);
  request.set_page_token(Call(Permission::kBrowse, ListCommunities, request)->next_page_token());
  As(AddMember("Ben"));
  CHECK(Is(Call(Permission::kBrowse, ListCommunities, request).status(),
           policy::reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "one's own communities come with one's role") {
  const MemberId ada = AddMember("Ada");
  AddMembership(AddCommunity("Secret", Visibility::kSecret), ada, Role::kOwner);
  AddMembership(AddCommunity("Open"), ada);
  AddCommunity("Foreign");
  As(ada);
  const auto mine = Call(Permission::kOwn, ListMyCommunities, v1::ListMyCommunitiesRequest());
  REQUIRE(mine->communities_size() == 2);
  CHECK(mine->communities(0).community().display_name() == "Open");
  CHECK(mine->communities(1).role() == v1::ROLE_OWNER);
}

TEST_CASE_METHOD(Fixture, "memberships are listed with owners first, page by page") {
  const CommunityId bakers = AddCommunity("Bakers");
  const MemberId first = AddMember("First"), second = AddMember("Second");
  const MemberId owner = AddMember("Owner");
  AddMembership(bakers, first);
  AddMembership(bakers, second);
  AddMembership(bakers, owner, Role::kOwner);
  As(first);
  v1::ListMembershipsRequest request;
  request.set_parent(Name(bakers));
  request.set_page_size(1);
  std::vector<std::string> members;
  do {
    const auto page = Call(Permission::kMembershipList, ListMemberships, request, bakers);
    REQUIRE(page.ok());
    for (const auto& membership : page->memberships()) members.push_back(membership.member());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  CHECK(members == std::vector<std::string>{Name(owner), Name(first), Name(second)});
}

TEST_CASE_METHOD(Fixture, "a batch answers in its order and leaves out whom nobody may see") {
  const MemberId ada = AddMember("Ada"), ben = AddMember("Ben");
  As(ada);
  v1::BatchGetMembersRequest request;
  for (const MemberId id : {ben, MemberId(), ada, ben}) request.add_names(Name(id));
  const auto members = Call(Permission::kBrowse, BatchGetMembers, request);
  REQUIRE(members->members_size() == 2);
  CHECK(members->members(0).display_name() == "Ben");
  for (int i = 0; i < 200; ++i) request.add_names(Name(ada));
  CHECK(Is(Call(Permission::kBrowse, BatchGetMembers, request).status(),
           policy::reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a wrong member count is mended and told") {
  const CommunityId bakers = AddCommunity("Bakers");
  AddMembership(bakers, AddMember("Ada"));
  MemberCountReconciler reconciler(**this);
  CHECK(*reconciler.RunOnce(SystemClock().Now()) == 0);
  Run("UPDATE communities SET member_count = 7");
  CHECK(*reconciler.RunOnce(SystemClock().Now()) == 1);
  CHECK(Ask("SELECT member_count FROM communities") == "1");
  CHECK(Ask("SELECT kind || ' ' || key || ' ' || resource FROM change_log") ==
        "4 " + bakers.ToString() + " " + bakers.ToString());
}

}  // namespace
}  // namespace guildhall::directory
