#include "services/directory/workers/word_filler.h"

#include <catch2/catch.hpp>
#include <thread>

#include "services/directory/store/directory_fixture.h"
#include "services/directory/store/member_search.h"

namespace guildhall::directory {
namespace {

// Bakers who came before there was an index of words.
struct Fixture : TestDirectory {
  void AddOldMembers(int count) {
    Run("INSERT INTO members (id, display_name, skills, affiliation, create_time, words_listed) "
        "SELECT gen_random_uuid(), 'Member ' || n, '{Baking}', 1, now(), false "
        "FROM generate_series(1, " +
        std::to_string(count) + ") n");
  }
  // How many a search for bakers finds.
  int Found() {
    const auto found = FindMembers(**this, context(), ViewerOf(viewer), {.about = "baki"}, {},
                                   Spelling::kExact, 1000);
    REQUIRE(found.ok());
    return static_cast<int>(found->members.size());
  }
  const MemberId viewer = AddMember("Vera");
  static constexpr int kBatch = WordFiller::kBatch;
};

TEST_CASE_METHOD(Fixture, "older members are found by words batch by batch, new ones at once") {
  AddOldMembers(kBatch + 50);
  CHECK(Found() == 0);
  Run("UPDATE members SET skills = '{Baking}' WHERE display_name = 'Vera'");
  CHECK(Found() == 1);
  WordFiller lister(**this);
  CHECK(*lister.RunOnce(absl::Now()) == kBatch);
  CHECK(Found() == kBatch + 1);
  CHECK(*lister.RunOnce(absl::Now()) == 50);
  CHECK(Found() == kBatch + 51);
  CHECK(*lister.RunOnce(absl::Now()) == 0);
  // It is through, and looks no more.
  AddOldMembers(1);
  CHECK(*lister.RunOnce(absl::Now()) == 0);
  CHECK(*WordFiller(**this).RunOnce(absl::Now()) == 1);
}

TEST_CASE_METHOD(Fixture, "two processes and those who write meanwhile list each once") {
  AddOldMembers(5 * kBatch);
  const auto list = [&] {
    WordFiller lister(**this);
    int listed = 0;
    for (int idle = 0; idle < 3;) {
      const auto once = lister.RunOnce(absl::Now());
      idle = once.ok() && *once == 0 ? idle + 1 : 0;
      listed += once.value_or(0);
    }
    return listed;
  };
  int elsewhere = 0;
  std::thread other([&] { elsewhere = list(); });
  std::thread writer([&] {
    for (int n = 1; n <= 50; ++n) {
      Run("UPDATE members SET headline = 'Busy' WHERE display_name = 'Member " +
          std::to_string(n * 10) + "'");
    }
  });
  const int here = list();
  other.join();
  writer.join();
  CHECK(here + elsewhere <= 5 * kBatch);
  CHECK(Ask("SELECT count(*) FROM members WHERE NOT words_listed") == "0");
  CHECK(Found() == 5 * kBatch);
  CHECK(Ask("SELECT count(*) FROM members WHERE headline = 'Busy'") == "50");
}

}  // namespace
}  // namespace guildhall::directory
