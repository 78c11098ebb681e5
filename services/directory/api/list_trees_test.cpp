// Communities as a front page shows them: those at the top, and what is below.
#include <catch2/catch.hpp>

#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using resources::Name;
using Names = std::vector<std::string>;

// Guild > Bakers > Rye, Guild > Brewers (archived), and Choir.
struct Fixture : ApiFixture {
  Fixture() {
    Run("UPDATE communities SET archived = true WHERE display_name = 'Brewers'");
    As(ada);
  }
  // "+" where there is more below.
  Names List(const v1::ListCommunitiesRequest& request) {
    const auto response = Call(Permission::kBrowse, ListCommunities, request);
    REQUIRE(response.ok());
    Names names;
    for (const v1::Community& each : response->communities()) {
      names.push_back(each.display_name() + (each.is_parent() ? "+" : ""));
    }
    return names;
  }
  Names Top(bool show_archived = false) {
    v1::ListCommunitiesRequest request;
    request.set_top_level(true);
    request.set_show_archived(show_archived);
    return List(request);
  }
  Names Below(CommunityId ancestor, bool show_archived = false) {
    v1::ListCommunitiesRequest request;
    request.set_ancestor(Name(ancestor));
    request.set_show_archived(show_archived);
    return List(request);
  }
  CommunityId AddBelow(const char* name, CommunityId parent, Visibility visibility) {
    return AddCommunity(name, visibility, Admits::kEmployees, parent);
  }
  void Ban(CommunityId community) {
    Run("INSERT INTO bans (community_id, member_id, creator_id, create_time) VALUES ('" +
        community.ToString() + "', '" + ada.ToString() + "', '" + ada.ToString() + "', now())");
  }

  const MemberId ada = AddMember("Ada");
  const CommunityId guild = AddCommunity("Guild"), choir = AddCommunity("Choir");
  const CommunityId bakers = AddBelow("Bakers", guild, Visibility::kOpen);
  const CommunityId brewers = AddBelow("Brewers", guild, Visibility::kOpen);
  const CommunityId rye = AddBelow("Rye", bakers, Visibility::kOpen);
};

TEST_CASE_METHOD(Fixture, "those at the top come alone, each saying whether more is below") {
  CHECK(Top() == Names{"Choir", "Guild+"});
  CHECK(List({}) == Names{"Bakers+", "Choir", "Guild+", "Rye"});
  v1::ListCommunitiesRequest both;
  both.set_top_level(true);
  both.set_parent(Name(guild));
  CHECK(List(both).empty());
}

TEST_CASE_METHOD(Fixture, "all that is below a community comes, however deep") {
  CHECK(Below(guild) == Names{"Bakers+", "Rye"});
  CHECK(Below(guild, true) == Names{"Bakers+", "Brewers", "Rye"});
  CHECK(Below(bakers) == Names{"Rye"});
  CHECK(Below(choir).empty());
  CHECK(Below(CommunityId()).empty());
  v1::ListCommunitiesRequest request;
  request.set_ancestor("communities/none");
  CHECK(Is(Call(Permission::kBrowse, ListCommunities, request).status(),
           policy::reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "what is archived is below where a list shows it") {
  Run("UPDATE communities SET archived = true WHERE display_name = 'Bakers'");
  Run("UPDATE communities SET archived = true WHERE display_name = 'Rye'");
  CHECK(Top() == Names{"Choir", "Guild"});
  CHECK(Top(true) == Names{"Choir", "Guild+"});
}

TEST_CASE_METHOD(Fixture, "who sees nothing below is told of nothing below") {
  const CommunityId vault = AddBelow("Vault", choir, Visibility::kSecret);
  CHECK(Top() == Names{"Choir", "Guild+"});
  AddMembership(vault, ada);
  CHECK(Top() == Names{"Choir+", "Guild+"});
  CHECK(Below(choir) == Names{"Vault"});
  Ban(vault);
  CHECK(Top() == Names{"Choir", "Guild+"});
  Ban(bakers);
  CHECK(Top() == Names{"Choir", "Guild"});
  CHECK(Below(guild).empty());
  Ban(guild);
  CHECK(Top() == Names{"Choir"});
}

TEST_CASE_METHOD(Fixture, "what stands below something hidden stands at the top") {
  const CommunityId vault = AddBelow("Vault", choir, Visibility::kSecret);
  const CommunityId cellar = AddBelow("Cellar", vault, Visibility::kSecret);
  AddMembership(cellar, ada);
  CHECK(Top() == Names{"Cellar", "Choir", "Guild+"});
  CHECK(Below(vault).empty());
  CHECK(Below(choir) == Names{"Cellar"});
  AddMembership(vault, ada);
  CHECK(Top() == Names{"Choir+", "Guild+"});
  CHECK(Below(vault) == Names{"Cellar"});
}

TEST_CASE_METHOD(Fixture, "the top comes page by page, in any order") {
  for (const v1::CommunityOrder order :
       {v1::COMMUNITY_ORDER_NAME, v1::COMMUNITY_ORDER_NEWEST, v1::COMMUNITY_ORDER_LARGEST}) {
    v1::ListCommunitiesRequest request;
    request.set_top_level(true);
    request.set_order(order);
    request.set_page_size(1);
    Names seen;
    do {
      const auto page = Call(Permission::kBrowse, ListCommunities, request);
      REQUIRE(page.ok());
      for (const v1::Community& each : page->communities()) seen.push_back(each.display_name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    CHECK(seen.size() == 2);
    CHECK(seen[0] != seen[1]);
  }
}

}  // namespace
}  // namespace guildhall::directory
