// What a page of memberships costs in a community to which a city belongs.
#include "services/directory/store/plan_fixture.h"

namespace guildhall::directory {
namespace {

// 100,000 members, joined a second apart; every thousandth is a moderator, and ten are owners.
struct CityFixture : PlanFixture {
  CityFixture() {
    Run("INSERT INTO members (id, display_name, affiliation, create_time) "
        "SELECT gen_random_uuid(), 'Somebody', 1, now() FROM generate_series(1, 100000)");
    Run("INSERT INTO memberships SELECT '" + city.ToString() +
        "', id, CASE WHEN n <= 10 THEN 3 WHEN n % 1000 = 0 THEN 2 ELSE 1 END, "
        "timestamptz '2026-01-01 00:00Z' + n * interval '1 s' "
        "FROM (SELECT id, row_number() OVER () AS n FROM members) numbered; ANALYZE");
  }
  // The buffers of a page of 50 after whoever joined `seconds` after the first with `role`, planned
  // for any parameters.
  int Buffers(int role, int seconds) {
    const Plan plan =
        PlanOf(sql::kListMemberships, "uuid, int, timestamptz, uuid, int",
               "'" + city.ToString() + "', " + std::to_string(role) +
                   ", timestamptz '2026-01-01 00:00Z' + interval '" + std::to_string(seconds) +
                   " s', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 50");
    rows = plan.rows;
    return plan.buffers;
  }

  const CommunityId city = AddCommunity("City");
  int rows = 0;
};

TEST_CASE_METHOD(CityFixture,
                 "the last page of a hundred thousand members costs what the first does") {
  for (const int seconds : {-1, 40'000, 99'000}) {
    CHECK(Buffers(3, seconds) <= 120);
    CHECK(rows == 50);
    CHECK(Buffers(1, seconds) <= 120);
    CHECK(rows == 50);
  }
}

}  // namespace
}  // namespace guildhall::directory
