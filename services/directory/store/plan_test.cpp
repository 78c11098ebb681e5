// What lists of communities cost: EXPLAIN's buffers among thousands of communities, few of which an
// external may see.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "directory/statements.h"
#include "services/directory/store/community_store.h"
#include "services/directory/store/directory_fixture.h"

namespace guildhall::directory {
namespace {

struct Fixture : TestDirectory {
  // 5,000 communities by name, one in a hundred for everybody, with 20,000 memberships; beside them
  // two of the customer's own, and one that is SECRET below what it owns.
  Fixture() {
    Run(R"sql(
      INSERT INTO communities (id, display_name, kind, visibility, admits, create_time)
      SELECT gen_random_uuid(), 'Community ' || lpad(n::text, 5, '0'), 1 + n % 5, 1 + n % 3,
             CASE WHEN n % 100 = 1 THEN 2 ELSE 1 END, now()
      FROM generate_series(1, 5000) n;
      INSERT INTO members (id, display_name, affiliation, create_time)
      SELECT gen_random_uuid(), 'Employee', 1, now() FROM generate_series(1, 1000);
      INSERT INTO memberships
      SELECT community.id, member.id, 1 + (random() < 0.1)::int * 2, now()
      FROM (SELECT id, row_number() OVER () AS n FROM communities) community
      JOIN (SELECT id, row_number() OVER () AS n FROM members WHERE affiliation = 1) member
        ON (member.n * 7 + community.n) % 250 = 0)sql");
    const CommunityId own = AddCommunity("Own", Visibility::kClosed, Admits::kEveryone);
    AddMembership(own, customer, Role::kOwner);
    AddCommunity("Own and below", Visibility::kSecret, Admits::kEveryone, own);
    AddMembership(AddCommunity("Guest", Visibility::kSecret), customer);
    Run("ANALYZE");
  }
  // The buffers of a page of `count` after `name`, planned for any parameters.
  int Buffers(const std::string& name, int count) {
    const std::string plan =
        Ask("PREPARE asked(uuid, int, text, uuid, int) AS " +
            std::string(sql::kListCommunitiesForExternal.text) +
            "; SET plan_cache_mode = force_generic_plan;"
            "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE asked('" +
            customer.ToString() + "', 0, '" + name + "', '00000000-0000-0000-0000-000000000000', " +
            std::to_string(count) + ")");
    UNSCOPED_INFO(plan);
    const nlohmann::json top = nlohmann::json::parse(plan)[0]["Plan"];
    rows = top["Actual Rows"].get<int>();
    return top["Shared Hit Blocks"].get<int>() + top["Shared Read Blocks"].get<int>();
  }

  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  int rows = 0;
};

TEST_CASE_METHOD(Fixture, "an external's list reads what it may see and little else") {
  CHECK(Buffers("", 6) <= 60);
  CHECK(rows == 6);
  CHECK(Buffers("", 31) <= 100);
  CHECK(rows == 31);
  CHECK(Buffers("Community 04900", 31) <= 60);
  CHECK(rows == 3);
}

TEST_CASE_METHOD(Fixture, "an external's pages hold all that it may see, once, by name") {
  std::vector<std::string> names;
  NamePosition after;
  const CommunityStore store(**this);
  const auto viewer = ViewerOf(customer, Affiliation::kExternal);
  for (bool more = true; more;) {
    const auto page = store.List(context(), viewer, {}, after, 7);
    REQUIRE(page.ok());
    more = page->size() == 7;
    for (const Community& community : *page) names.push_back(community.profile.display_name);
    if (more) after = {names.back(), page->back().id};
  }
  CHECK(std::is_sorted(names.begin(), names.end()));
  // Of 50 for everybody 17 are SECRET, and three are the customer's own or below it.
  CHECK(names.size() == 50 - 17 + 3);
}

}  // namespace
}  // namespace guildhall::directory
