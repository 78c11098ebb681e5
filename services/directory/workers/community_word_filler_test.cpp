#include "services/directory/workers/community_word_filler.h"

#include <catch2/catch.hpp>
#include <thread>

#include "services/directory/store/community_search.h"
#include "services/directory/store/directory_fixture.h"

namespace guildhall::directory {
namespace {

// Communities of bakers that came before there was an index of words.
struct Fixture : TestDirectory {
  void AddOldCommunities(int count) {
    for (int n = 0; n < count; ++n) AddCommunity("Guild " + std::to_string(n));
    Run("UPDATE communities SET description = 'Sourdough and rye'");
    Run("DELETE FROM community_words");
    Run("INSERT INTO community_word_fill VALUES ('00000000-0000-0000-0000-000000000000')");
  }
  int Found(std::string_view words) {
    const auto found = FindCommunitiesAbout(**this, context(), ViewerOf(viewer), words, {},
                                            Archived::kLeftOut, 1000);
    REQUIRE(found.ok());
    return static_cast<int>(found->size());
  }
  const MemberId viewer = AddMember("Vera");
  static constexpr int kBatch = CommunityWordFiller::kBatch;
};

TEST_CASE_METHOD(Fixture, "older communities are found by words after a while, new ones at once") {
  AddOldCommunities(kBatch + 5);
  CHECK(Found("sourdough") == 0);
  Run("UPDATE communities SET description = 'Rye alone' WHERE display_name = 'Guild 7'");
  CHECK(Found("alone") == 1);
  CommunityWordFiller filler(**this);
  CHECK(*filler.RunOnce(absl::Now()) == kBatch);
  CHECK(*filler.RunOnce(absl::Now()) == 5);
  CHECK(Found("sourdough") == kBatch + 4);
  CHECK(Found("rye") == kBatch + 5);
  CHECK(Found("guild") == kBatch + 5);
  CHECK(*filler.RunOnce(absl::Now()) == 0);
  CHECK(Ask("SELECT count(*) FROM community_word_fill") == "0");
  CHECK(*CommunityWordFiller(**this).RunOnce(absl::Now()) == 0);
}

TEST_CASE_METHOD(Fixture, "two processes and those who write meanwhile leave nothing out") {
  AddOldCommunities(3 * kBatch);
  const auto fill = [&] {
    CommunityWordFiller filler(**this);
    for (int idle = 0; idle < 3;) {
      const auto once = filler.RunOnce(absl::Now());
      idle = once.ok() && *once == 0 ? idle + 1 : 0;
    }
  };
  std::thread other(fill);
  std::thread writer([&] {
    for (int n = 0; n < 3 * kBatch; n += 2) {
      Run("UPDATE communities SET description = 'Brioche' WHERE display_name = 'Guild " +
          std::to_string(n) + "'");
    }
  });
  fill();
  other.join();
  writer.join();
  CHECK(Found("brioche") == 3 * kBatch / 2);
  CHECK(Found("sourdough") == 3 * kBatch / 2);
}

}  // namespace
}  // namespace guildhall::directory
