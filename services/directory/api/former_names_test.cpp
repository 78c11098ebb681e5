// Communities that are found by what they were called.
#include <catch2/catch.hpp>

#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  Fixture() {
    AddMembership(bakers, owner, Role::kOwner);
    As(owner);
  }
  void Edit(CommunityId id, const std::string& path, const v1::Community& edited) {
    v1::UpdateCommunityRequest request;
    *request.mutable_community() = edited;
    request.mutable_community()->set_name(resources::Name(id));
    request.mutable_update_mask()->add_paths(path);
    request.set_request_id(NewRequestId());
    REQUIRE(Call(Permission::kCommunityEdit, UpdateCommunity, request, id).ok());
  }
  void Rename(CommunityId id, const std::string& name) {
    v1::Community edited;
    edited.set_display_name(name);
    Edit(id, "display_name", edited);
  }
  void Show(CommunityId id, v1::Visibility visibility) {
    v1::Community edited;
    edited.set_visibility(visibility);
    Edit(id, "visibility", edited);
  }
  v1::SearchCommunitiesResponse Search(const std::string& query, int page_size = 0) {
    v1::SearchCommunitiesRequest request;
    request.set_query(query);
    request.set_page_size(page_size);
    const auto response = Call(Permission::kBrowse, SearchCommunities, request);
    REQUIRE(response.ok());
    return *response;
  }
  // "what it is called (what it was called)".
  Names Called(const std::string& query) {
    const v1::SearchCommunitiesResponse found = Search(query);
    Names names;
    for (const v1::Community& each : found.communities()) {
      names.push_back(each.display_name());
      for (const v1::FormerName& former : found.former_names()) {
        if (former.community() != each.name()) continue;
        CHECK(former.end_time().seconds() > 0);
        names.back() += " (" + former.display_name() + ")";
      }
    }
    return names;
  }

  const MemberId owner = AddMember("Olga"), other = AddMember("Eve");
  const CommunityId bakers = AddCommunity("Rye Bakers");
};

TEST_CASE_METHOD(Fixture, "a community is found by the name that it had, which the answer tells") {
  Rename(bakers, "Bread Guild");
  As(other);
  CHECK(Called("rye") == Names{"Bread Guild (Rye Bakers)"});
  CHECK(Called("baekrs") == Names{"Bread Guild (Rye Bakers)"});
  CHECK(Called("bread") == Names{"Bread Guild"});
}

TEST_CASE_METHOD(Fixture, "what was called so comes after what is, each once") {
  Rename(bakers, "Rye Guild");
  CHECK(Called("rye") == Names{"Rye Guild"});
  Rename(bakers, "Bread Guild");
  AddCommunity("Ryeland");
  CHECK(Called("rye") == Names{"Ryeland", "Bread Guild (Rye Guild)"});
}

TEST_CASE_METHOD(Fixture, "a former name is free for another community") {
  Rename(bakers, "Bread Guild");
  const CommunityId heirs = AddCommunity("Heirs");
  AddMembership(heirs, owner, Role::kOwner);
  Rename(heirs, "Rye Bakers");
  CHECK(Called("rye bakers") == Names{"Rye Bakers", "Bread Guild (Rye Bakers)"});
}

TEST_CASE_METHOD(Fixture, "a name that is taken back is none that it had") {
  Rename(bakers, "Bread Guild");
  Rename(bakers, "rye bakers");
  CHECK(Called("rye") == Names{"rye bakers"});
  CHECK(Called("bread") == Names{"rye bakers (Bread Guild)"});
  Rename(bakers, "RYE BAKERS");
  CHECK(Called("rye") == Names{"RYE BAKERS"});
  CHECK(Ask("SELECT string_agg(display_name, ',') FROM former_names") == "Bread Guild");
}

TEST_CASE_METHOD(Fixture, "the latest names are kept") {
  for (int n = 0; n <= kMaxFormerNames; ++n) Rename(bakers, "Guild " + std::to_string(n));
  CHECK(Called("bakers").empty());
  CHECK(Called("guild 0") == Names{"Guild 10 (Guild 0)"});
  CHECK(Ask("SELECT count(*) FROM former_names") == std::to_string(kMaxFormerNames));
}

TEST_CASE_METHOD(Fixture, "nobody finds by a former name what it may not see") {
  Show(bakers, v1::VISIBILITY_SECRET);
  Rename(bakers, "Bread Guild");
  CHECK(Called("rye") == Names{"Bread Guild (Rye Bakers)"});
  As(other);
  CHECK(Called("rye").empty());
}

TEST_CASE_METHOD(Fixture, "what is shown to more people tells them nothing of its former names") {
  Show(bakers, v1::VISIBILITY_SECRET);
  Rename(bakers, "Bread Guild");
  Show(bakers, v1::VISIBILITY_CLOSED);
  CHECK(Called("rye").empty());
  Rename(bakers, "Cake Guild");
  Show(bakers, v1::VISIBILITY_OPEN);
  // Everybody knew of it.
  CHECK(Called("bread") == Names{"Cake Guild (Bread Guild)"});
  v1::Community everyone;
  everyone.set_admits(v1::ADMITS_EVERYONE);
  Edit(bakers, "admits", everyone);
  CHECK(Called("bread").empty());
}

TEST_CASE_METHOD(Fixture, "a name that ends in the edit that opens a community is not kept") {
  Show(bakers, v1::VISIBILITY_SECRET);
  v1::UpdateCommunityRequest request;
  request.mutable_community()->set_name(resources::Name(bakers));
  request.mutable_community()->set_display_name("Bread Guild");
  request.mutable_community()->set_visibility(v1::VISIBILITY_OPEN);
  for (const char* path : {"display_name", "visibility"}) {
    request.mutable_update_mask()->add_paths(path);
  }
  request.set_request_id(NewRequestId());
  REQUIRE(Call(Permission::kCommunityEdit, UpdateCommunity, request, bakers).ok());
  CHECK(Called("bread") == Names{"Bread Guild"});
  CHECK(Called("rye").empty());
}

// As a version does that knows of no former names.
TEST_CASE_METHOD(Fixture, "former names are forgotten by whatever shows them to more people") {
  const auto kept = [&](const std::string& before, const std::string& after) {
    Run("UPDATE communities SET " + before + "; DELETE FROM former_names;" +
        "INSERT INTO former_names (community_id, display_name, end_time) "
        "SELECT id, 'Rye Bakers', now() FROM communities; UPDATE communities SET " +
        after);
    return Ask("SELECT count(*) FROM former_names") == "1";
  };
  CHECK(!kept("visibility = 3, admits = 1", "visibility = 2"));
  CHECK(!kept("visibility = 1, admits = 1", "admits = 2"));
  CHECK(!kept("visibility = 3, admits = 2", "visibility = 1, admits = 1"));
  CHECK(kept("visibility = 2, admits = 2", "visibility = 1"));
  CHECK(kept("visibility = 3, admits = 1", "admits = 2"));
  CHECK(kept("visibility = 1, admits = 2", "visibility = 3, admits = 1"));
  CHECK(kept("visibility = 1, admits = 1", "location = 'Porto', member_count = 7"));
}

TEST_CASE_METHOD(Fixture, "pages of what is and what was called so hold each once") {
  for (int n = 0; n < 3; ++n) AddCommunity("Rye " + std::to_string(n));
  Rename(bakers, "Bread Guild");
  v1::SearchCommunitiesRequest request;
  request.set_query("rye");
  request.set_page_size(1);
  Names seen;
  do {
    const auto page = Call(Permission::kBrowse, SearchCommunities, request);
    REQUIRE(page.ok());
    CHECK(page->former_names_size() == (page->communities(0).display_name() == "Bread Guild"));
    seen.push_back(page->communities(0).display_name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  CHECK(seen == Names{"Rye 0", "Rye 1", "Rye 2", "Bread Guild"});
}

}  // namespace
}  // namespace guildhall::directory
