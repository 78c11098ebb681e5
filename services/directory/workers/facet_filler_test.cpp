#include "services/directory/workers/facet_filler.h"

#include <catch2/catch.hpp>
#include <thread>

#include "services/directory/store/directory_fixture.h"

namespace guildhall::directory {
namespace {

// Members who came before their values were listed: with two skills, one spelled in two ways, and a
// location; each seventh is suspended.
struct Fixture : TestDirectory {
  void AddOldMembers(int count) {
    Run("ALTER TABLE members DISABLE TRIGGER USER;"
        "INSERT INTO members (id, display_name, location, skills, affiliation, create_time, "
        "suspended) SELECT gen_random_uuid(), 'Member ' || n, 'Porto', "
        "ARRAY['Rye ' || n, 'RYE ' || n, 'Wheat'], 1, now(), n % 7 = 0 FROM generate_series(1, " +
        std::to_string(count) + ") n; ALTER TABLE members ENABLE TRIGGER USER");
  }
  std::string Listed() { return Ask("SELECT count(*) FROM facet_values"); }
  // Whether exactly what members have is listed.
  bool IsRight() {
    return Ask("WITH due AS (SELECT has.facet, has.value_key, id, has.value FROM members, "
               "facet_values_of(location, skills, interests, projects) has WHERE NOT suspended), "
               "listed AS (SELECT facet, value_key, member_id, value FROM facet_values) "
               "SELECT count(*) FROM ((TABLE due EXCEPT TABLE listed) UNION ALL "
               "(TABLE listed EXCEPT TABLE due)) differ") == "0";
  }
  static constexpr int kBatch = FacetFiller::kBatch;
};

TEST_CASE_METHOD(Fixture, "what older members have is listed batch by batch, each once") {
  AddOldMembers(kBatch + 50);
  FacetFiller filler(**this);
  CHECK(Listed() == "0");
  CHECK(*filler.RunOnce(absl::Now()) == kBatch);
  CHECK(Listed() != "0");
  CHECK(*filler.RunOnce(absl::Now()) == 50);
  CHECK(IsRight());
  CHECK(Ask("SELECT count(*) FROM facet_fill") == "0");
  CHECK(*filler.RunOnce(absl::Now()) == 0);
  CHECK(*FacetFiller(**this).RunOnce(absl::Now()) == 0);
}

TEST_CASE_METHOD(Fixture, "who has said something new meanwhile is listed with that alone") {
  AddOldMembers(20);
  Run("UPDATE members SET skills = '{Oat}' WHERE display_name = 'Member 3';"
      "UPDATE members SET suspended = true WHERE display_name = 'Member 4';"
      "UPDATE members SET suspended = false WHERE display_name = 'Member 7'");
  AddMember("Nora");
  CHECK(*FacetFiller(**this).RunOnce(absl::Now()) == 21);
  CHECK(IsRight());
}

TEST_CASE_METHOD(Fixture, "two processes and those who write meanwhile leave each value once") {
  AddOldMembers(5 * kBatch);
  const auto fill = [&] {
    FacetFiller filler(**this);
    for (int taken = kBatch; taken == kBatch;) {
      const auto once = filler.RunOnce(absl::Now());
      if (once.ok()) taken = *once;
    }
  };
  std::thread other(fill);
  std::thread writer([&] {
    for (int n = 1; n <= 60; ++n) {
      Run("UPDATE members SET skills = ARRAY['Oat', 'Rye'], suspended = NOT suspended "
          "WHERE display_name = 'Member " +
          std::to_string(n * 20) + "'");
    }
  });
  fill();
  other.join();
  writer.join();
  CHECK(IsRight());
}

}  // namespace
}  // namespace guildhall::directory
