// Which communities are found by what they say of themselves.
#include <algorithm>
#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  Fixture() {
    AddMembership(bread, owner, Role::kOwner);
    Say(bread, "Sourdough, and other slow bread: for the Café at noon");
    As(owner);
  }
  void Say(CommunityId id, const std::string& description) {
    Run("UPDATE communities SET description = '" + description + "' WHERE id = '" + id.ToString() +
        "'");
  }
  absl::StatusOr<v1::SearchCommunitiesResponse> Search(
      const v1::SearchCommunitiesRequest& request) {
    return Call(Permission::kBrowse, SearchCommunities, request);
  }
  Names Found(const std::string& query, bool show_archived = false) {
    v1::SearchCommunitiesRequest request;
    request.set_query(query);
    request.set_show_archived(show_archived);
    const auto response = Search(request);
    REQUIRE(response.ok());
    Names names;
    for (const v1::Community& each : response->communities()) names.push_back(each.display_name());
    return names;
  }
  v1::UpdateCommunityRequest Describe(const std::string& description) {
    v1::UpdateCommunityRequest request;
    request.mutable_community()->set_name(resources::Name(bread));
    request.mutable_community()->set_description(description);
    request.mutable_update_mask()->add_paths("description");
    request.set_request_id(NewRequestId());
    return request;
  }
  v1::UpdateCharterRequest Aim(const std::string& purpose) {
    v1::UpdateCharterRequest request;
    request.mutable_charter()->set_community(resources::Name(bread));
    request.mutable_charter()->set_purpose(purpose);
    request.mutable_update_mask()->add_paths("purpose");
    request.set_request_id(NewRequestId());
    return request;
  }
  // Whether each community is listed by exactly the words that it says now.
  bool ListedAsTheySay() {
    return Ask("SELECT bool_and(ARRAY(SELECT word FROM community_words WHERE community_id = id "
               "ORDER BY word) = ARRAY(SELECT unnest(words_of_community(display_name, description, "
               "location, coalesce(purpose, ''))) ORDER BY 1)) "
               "FROM communities LEFT JOIN charters ON community_id = id") == "t";
  }

  const MemberId owner = AddMember("Olga");
  const CommunityId bread = AddCommunity("Bread Guild");
};

const Names kGuild{"Bread Guild"};

TEST_CASE_METHOD(Fixture, "a community is found by beginnings of the words of its description") {
  // Of each word eight letters count.
  for (const char* query :
       {"sourdough", "sourdoughs", "SOURD", "sou", "cafe", "Café", "slow other", "noon*"}) {
    INFO(query);
    CHECK(Found(query) == kGuild);
  }
  for (const char* query : {"dough", "sourdine", "s", "slow rye"}) {
    INFO(query);
    CHECK(Found(query).empty());
  }
}

TEST_CASE_METHOD(Fixture, "words of one or two letters are whole ones") {
  Say(bread, "As we do, said Knuth");
  CHECK(Found("do") == kGuild);
  CHECK(Found("k").empty());
  CHECK(Found("kn").empty());
  CHECK(Found("knu") == kGuild);
}

TEST_CASE_METHOD(Fixture, "all words count, wherever a community says each") {
  Run("UPDATE communities SET location = 'Porto'");
  REQUIRE(
      Call(Permission::kCommunityEdit, UpdateCharter, Aim("No loaf is thrown away"), bread).ok());
  CHECK(Found("porto") == kGuild);
  CHECK(Found("thrown loaf") == kGuild);
  CHECK(Found("guild porto sourdough loaf") == kGuild);
  CHECK(Found("guild porto sourdough cake").empty());
  CHECK(Found("guild porto sourdough loaf of which four words count") == kGuild);
  CHECK(ListedAsTheySay());
}

TEST_CASE_METHOD(Fixture,
                 "who says so comes after who is and who was called so, the larger first") {
  AddCommunity("Sourdough at dawn");
  const CommunityId renamed = AddCommunity("Cake");
  Run("INSERT INTO former_names (community_id, display_name, end_time) VALUES ('" +
      renamed.ToString() + "', 'Sourdough', now())");
  Say(renamed, "No sourdough any more");
  const CommunityId large = AddCommunity("Ovens");
  Say(large, "Warm enough for sourdough");
  CHECK(Found("sourdough") == Names{"Sourdough at dawn", "Cake", "Bread Guild", "Ovens"});
  for (const char* name : {"Ada", "Ben"}) AddMembership(large, AddMember(name));
  CHECK(Found("sourdough") == Names{"Sourdough at dawn", "Cake", "Ovens", "Bread Guild"});
}

TEST_CASE_METHOD(Fixture, "a typo is forgiven where nothing is said as asked") {
  AddCommunity("Breda");
  CHECK(Found("bredas") == Names{"Breda"});
  Say(bread, "Friends of bredas");
  CHECK(Found("bredas") == kGuild);
}

TEST_CASE_METHOD(Fixture, "nobody finds by its words what it may not see") {
  const CommunityId secret = AddCommunity("Merger", Visibility::kSecret);
  Say(secret, "Takeover of the sourdough");
  const MemberId employee = AddMember("Eve"), external = AddMember("Carla", Affiliation::kExternal);
  As(employee);
  CHECK(Found("takeover").empty());
  CHECK(Found("sourdough") == kGuild);
  AddMembership(secret, employee);
  CHECK(Found("takeover") == Names{"Merger"});
  As(external);
  CHECK(Found("sourdough").empty());
  Run("UPDATE communities SET admits = 2 WHERE id = '" + bread.ToString() + "'");
  CHECK(Found("sourdough") == kGuild);
  Run("INSERT INTO bans (community_id, member_id, creator_id, create_time) VALUES ('" +
      bread.ToString() + "', '" + external.ToString() + "', '" + owner.ToString() + "', now())");
  CHECK(Found("sourdough").empty());
}

TEST_CASE_METHOD(Fixture, "an archived community is found by its words when it is asked for") {
  Run("UPDATE communities SET archived = true");
  CHECK(Found("sourdough").empty());
  CHECK(Found("sourdough", true) == kGuild);
}

TEST_CASE_METHOD(Fixture, "what a community does not say any more does not find it") {
  REQUIRE(Call(Permission::kCommunityEdit, UpdateCharter, Aim("Brioche and bread"), bread).ok());
  REQUIRE(Call(Permission::kCommunityEdit, UpdateCommunity, Describe("Brioche"), bread).ok());
  CHECK(Found("sourdough").empty());
  REQUIRE(Call(Permission::kCommunityEdit, UpdateCharter, Aim("Flour"), bread).ok());
  CHECK(Found("brioche") == kGuild);
  REQUIRE(Call(Permission::kCommunityEdit, UpdateCommunity, Describe(""), bread).ok());
  CHECK(Found("brioche").empty());
  CHECK(Found("flour") == kGuild);
  CHECK(ListedAsTheySay());
}

TEST_CASE_METHOD(Fixture, "two who edit a community and its charter at once leave what both say") {
  for (int round = 0; round < 5; ++round) {
    const std::string word = std::string(4, static_cast<char>('a' + round));
    const auto [described, aimed] = AtOnce(
        LetIn(Permission::kCommunityEdit, UpdateCommunity, Describe("Here is " + word), bread),
        LetIn(Permission::kCommunityEdit, UpdateCharter, Aim("Aims at " + word), bread));
    CHECK(described.ok());
    CHECK(aimed.ok());
    CHECK(Found("here aims " + word) == kGuild);
    CHECK(ListedAsTheySay());
  }
}

TEST_CASE_METHOD(Fixture, "whatever is said and asked, a search finds words") {
  const std::string long_word(1'500, 'x');
  Say(bread,
      "«Rye!» [wheat] #oats c++ 50% under_score " + long_word + " éééé " + std::string(400, '-'));
  for (const char* query : {"rye", "rye!", "«rye»", "wheat", "c++", "50%", "score", "eeee"}) {
    INFO(query);
    CHECK(Found(query) == kGuild);
  }
  CHECK(Found(std::string(100, 'x')) == kGuild);
  for (const char* query : {"!!!", "%", "[]", "a_b%", "\\", "'; DROP TABLE members; --"}) {
    INFO(query);
    CHECK(Found(query).empty());
  }
  CHECK(ListedAsTheySay());
}

TEST_CASE_METHOD(Fixture, "pages hold each community once, and at most 50 that say so") {
  for (int n = 0; n < 3; ++n) AddCommunity("Sourdough " + std::to_string(n));
  for (int n = 0; n < kMaxFoundByWords + 10; ++n) {
    Say(AddCommunity("Oven " + std::to_string(n)), "For sourdough");
  }
  v1::SearchCommunitiesRequest request;
  request.set_query("sourdough");
  request.set_page_size(20);
  Names seen;
  do {
    const auto page = Search(request);
    REQUIRE(page.ok());
    for (const v1::Community& each : page->communities()) seen.push_back(each.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  CHECK(seen.size() == 3 + kMaxFoundByWords);
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

}  // namespace
}  // namespace guildhall::directory
