// Which communities are found by name, and by whom.
#include <algorithm>
#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "services/directory/api/api_fixture.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;
using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  absl::StatusOr<v1::SearchCommunitiesResponse> Search(const v1::SearchCommunitiesRequest& asked) {
    return Call(Permission::kBrowse, SearchCommunities, asked);
  }
  Names Called(const std::string& query) {
    v1::SearchCommunitiesRequest request;
    request.set_query(query);
    const auto response = Search(request);
    REQUIRE(response.ok());
    Names names;
    for (const v1::Community& each : response->communities()) names.push_back(each.display_name());
    return names;
  }

  const MemberId ada = AddMember("Ada");
  const MemberId carla = AddMember("Carla", Affiliation::kExternal);
  const CommunityId bakers = AddCommunity("Rye Bakers");
  const CommunityId cafe = AddCommunity("Café au lait", Visibility::kClosed);
  const CommunityId secret = AddCommunity("Rye Conspiracy", Visibility::kSecret);
  const CommunityId customers =
      AddCommunity("Ryeland customers", Visibility::kOpen, Admits::kEveryone);
};

TEST_CASE_METHOD(Fixture, "a community is found by the beginnings of the words of its name") {
  As(ada);
  CHECK(Called("bak") == Names{"Rye Bakers"});
  CHECK(Called("BAKERS rye") == Names{"Rye Bakers"});
  CHECK(Called("cafe") == Names{"Café au lait"});
  CHECK(Called("kers").empty());
}

TEST_CASE_METHOD(Fixture, "one typo in a word is forgiven if no community is called so") {
  As(ada);
  CHECK(Called("bakres") == Names{"Rye Bakers"});
  CHECK(Called("brakres").empty());
}

TEST_CASE_METHOD(Fixture, "whole words come first, then the larger communities, then by name") {
  As(ada);
  CHECK(Called("rye") == Names{"Rye Bakers", "Ryeland customers"});
  const CommunityId millers = AddCommunity("Rye Millers");
  CHECK(Called("rye") == Names{"Rye Bakers", "Rye Millers", "Ryeland customers"});
  AddMembership(millers, ada);
  CHECK(Called("rye") == Names{"Rye Millers", "Rye Bakers", "Ryeland customers"});
}

TEST_CASE_METHOD(Fixture, "nobody finds a community that it may not see") {
  As(ada);
  CHECK(Called("conspiracy").empty());
  AddMembership(secret, ada);
  CHECK(Called("conspiracy") == Names{"Rye Conspiracy"});
  As(carla);
  CHECK(Called("rye") == Names{"Ryeland customers"});
  AddMembership(bakers, carla);
  CHECK(Called("bakers") == Names{"Rye Bakers"});
}

TEST_CASE_METHOD(Fixture, "whoever is banned from a community finds it no more than it sees it") {
  As(carla);
  CHECK(Called("ryeland") == Names{"Ryeland customers"});
  Run("INSERT INTO bans (community_id, member_id, creator_id, create_time) VALUES ('" +
      customers.ToString() + "', '" + carla.ToString() + "', '" + ada.ToString() + "', now())");
  CHECK(Called("ryeland").empty());
}

TEST_CASE_METHOD(Fixture, "results come page by page, each once") {
  for (int n = 0; n < 5; ++n) AddCommunity("Rye " + std::to_string(n));
  As(ada);
  v1::SearchCommunitiesRequest request;
  request.set_query("rye");
  request.set_page_size(2);
  Names seen;
  do {
    const auto page = Search(request);
    REQUIRE(page.ok());
    for (const v1::Community& each : page->communities()) seen.push_back(each.display_name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  CHECK(seen ==
        Names{"Rye 0", "Rye 1", "Rye 2", "Rye 3", "Rye 4", "Rye Bakers", "Ryeland customers"});
}

TEST_CASE_METHOD(Fixture, "among very many the one that is called exactly as asked is found") {
  for (int n = 0; n < kMaxFoundCommunities + 20; ++n) AddCommunity("Ryeland " + std::to_string(n));
  AddCommunity("Old Rye");
  AddCommunity("Rye");
  As(ada);
  CHECK(Called("RYE").front() == "Old Rye");
  CHECK(Called("rye")[1] == "Rye");
  CHECK(Called("old-rye") == Names{"Old Rye"});
  for (int n = 0; n < kMaxFoundCommunities; ++n) AddCommunity("Rye of " + std::to_string(n));
  const Names called = Called("rye");
  CHECK(std::count(called.begin(), called.end(), "Rye") == 1);
}

TEST_CASE_METHOD(Fixture, "a search for communities asks for a word") {
  As(ada);
  for (const char* nothing : {"", "  ", "...", "\xFF"}) {
    v1::SearchCommunitiesRequest request;
    request.set_query(nothing);
    CHECK(Is(Search(request).status(), kFieldInvalid));
  }
}

}  // namespace
}  // namespace guildhall::directory
