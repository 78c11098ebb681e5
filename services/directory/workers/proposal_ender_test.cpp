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

TEST_CASE_METHOD(Fixture, "many end in batches, those of many communities together") {
  for (int i = 0; i < ProposalEnder::kBatch / 2 + 1; ++i) AddProposals(1);
  Run("INSERT INTO communities (id, display_name, kind, visibility, admits, create_time) "
      "SELECT gen_random_uuid(), 'C' || n, 1, 2, 1, now() FROM generate_series(1, 300) n;"
      "INSERT INTO proposals SELECT other.id, member_id, proposal.kind, state, creator_id, "
      "message, proposal.create_time, expire_time FROM communities other, "
      "(SELECT * FROM proposals LIMIT 1) proposal WHERE display_name LIKE 'C%'");
  CHECK(*ender.RunOnce(At(2)) == ProposalEnder::kBatch + 2 + 300);
  CHECK(Left() == "0");
  CHECK(Ask("SELECT count(*) FROM change_log") == std::to_string(ProposalEnder::kBatch + 302));
}

}  // namespace
}  // namespace guildhall::directory
