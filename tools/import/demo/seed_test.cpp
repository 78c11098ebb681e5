#include "tools/import/demo/seed.h"

#include <catch2/catch.hpp>
#include <set>

#include "libs/resources/names.h"

namespace guildhall::demo {
namespace {

// Keeps names, as services keep rows.
struct Stores {
  std::set<std::string> names;

  template <typename Resp, typename List, typename Key>
  absl::StatusOr<Resp> Keep(const List& records, Key key) {
    Resp response;
    int created = 0;
    for (const auto& record : records) created += names.insert(key(record)).second;
    response.set_created_count(created);
    return response;
  }

  importing::WriterMethods writer() {
    const auto name = [](const auto& record) { return record.name(); };
    const auto pair = [](const directory::v1::ImportedMembership& record) {
      return record.community() + "/" + record.member();
    };
    using namespace directory::v1;    // NOLINT
    using namespace discussions::v1;  // NOLINT
    return {
        .members = [=, this](auto& r) { return Keep<ImportMembersResponse>(r.members(), name); },
        .communities =
            [=, this](auto& r) { return Keep<ImportCommunitiesResponse>(r.communities(), name); },
        .memberships =
            [=, this](auto& r) { return Keep<ImportMembershipsResponse>(r.memberships(), pair); },
        .topics = [=, this](auto& r) { return Keep<ImportTopicsResponse>(r.topics(), name); },
        .posts = [=, this](auto& r) { return Keep<ImportPostsResponse>(r.posts(), name); }};
  }

  // Gives every address the same member each time.
  importing::AccountMethods accounts() {
    return {.sign_up = [](const identity::v1::SignUpRequest& request) {
      identity::v1::Account account;
      account.set_member(resources::Name(
          MemberId(ImportedUuid(absl::UnixEpoch(), "test", "account", request.email()))));
      account.set_affiliation(request.email().find("@quernember.example") == std::string::npos
                                  ? identity::v1::AFFILIATION_EXTERNAL
                                  : identity::v1::AFFILIATION_EMPLOYEE);
      return account;
    }};
  }
};

TEST_CASE("seeding loads the demo organization") {
  Stores stores;
  const auto seeded = Seed("deploy/demo", stores.accounts(), stores.writer());
  REQUIRE(seeded.ok());
  CHECK(seeded->tally.communities.created == 24);
  CHECK(seeded->tally.posts.created >= 500);
  CHECK(seeded->tally.created() == seeded->tally.sent());
  CHECK(seeded->deeds.size() >= 40);
}

TEST_CASE("seeding twice changes nothing") {
  Stores stores;
  REQUIRE(Seed("deploy/demo", stores.accounts(), stores.writer()).ok());
  const auto again = Seed("deploy/demo", stores.accounts(), stores.writer());
  REQUIRE(again.ok());
  CHECK(again->tally.created() == 0);
}

TEST_CASE("files that break a rule are not loaded at all") {
  Stores stores;
  const auto seeded = Seed("deploy/nowhere", stores.accounts(), stores.writer());
  CHECK(seeded.status().code() == absl::StatusCode::kInvalidArgument);
  CHECK(stores.names.empty());
}

}  // namespace
}  // namespace guildhall::demo
