#include "services/directory/workers/proposal_ender.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "services/directory/store/directory_fixture.h"

namespace guildhall::directory {
namespace {

struct Fixture : TestDirectory {
  // One of each kind that ends a number of minutes from 2040 on.
  void AddProposals(int minutes) {
    for (const int kind : {1, 2}) {
      const std::string member = AddMember("Gus").ToString();
      Run(absl::StrCat("INSERT INTO proposals VALUES ('", bakers.ToString(), "', '", member, "', ",
                       kind, ", ", kind, ", '", member, "', '', now(), ",
                       "timestamptz '2040-01-01 00:00Z' + ", minutes, " * interval '1 minute')"));
    }
  }
  static absl::Time At(int minutes) {
    return absl::FromCivil(absl::CivilMinute(2040, 1, 1, 0, minutes), absl::UTCTimeZone());
  }
  std::string Left() { return Ask("SELECT count(*) FROM proposals"); }

  const CommunityId bakers = AddCommunity("Bakers", Visibility::kClosed);
  ProposalEnder ender{**this};
};

TEST_CASE_METHOD(Fixture, "requests and invitations end when their time has come, and it is told") {
  AddProposals(5);
  AddProposals(6);
  CHECK(*ender.RunOnce(At(4)) == 0);
  CHECK(*ender.RunOnce(At(5)) == 2);
  CHECK(Left() == "2");
  CHECK(Ask("SELECT string_agg(kind::text, ',' ORDER BY kind) FROM change_log WHERE key = '" +
            bakers.ToString() + "'") == "33,36");
  // No right was had by them.
  CHECK(Ask("SELECT count(*) FROM access_changes") == "0");
  CHECK(*ender.RunOnce(At(5)) == 0);
}

TEST_CASE_METHOD(Fixture, "many end in batches, those of each community by themselves") {
  for (int i = 0; i < ProposalEnder::kBatch / 2 + 1; ++i) AddProposals(1);
  const CommunityId choir = AddCommunity("Choir", Visibility::kClosed);
  Run("INSERT INTO proposals SELECT '" + choir.ToString() +
      "', member_id, kind, state, creator_id, "
      "message, create_time, expire_time FROM proposals LIMIT 5");
  CHECK(*ender.RunOnce(At(2)) == ProposalEnder::kBatch + 2 + 5);
  CHECK(Left() == "0");
}

}  // namespace
}  // namespace guildhall::directory
