#include "services/directory/workers/member_communities_reconciler.h"

#include <catch2/catch.hpp>

#include "services/directory/store/directory_fixture.h"

namespace guildhall::directory {
namespace {

TEST_CASE_METHOD(TestDirectory, "what members are found by is mended where it differs") {
  const MemberId ada = AddMember("Ada"), ben = AddMember("Ben");
  const CommunityId bakers = AddCommunity("Bakers"), choir = AddCommunity("Choir");
  AddMembership(bakers, ada);
  AddMembership(choir, ada);
  AddMembership(bakers, ben);
  MemberCommunitiesReconciler reconciler(**this);
  CHECK(*reconciler.RunOnce(absl::Now()) == 0);
  Run("UPDATE members SET community_ids = community_ids[1:1] WHERE display_name = 'Ada';"
      "DELETE FROM memberships WHERE member_id = '" +
      ben.ToString() + "'");
  CHECK(*reconciler.RunOnce(absl::Now()) == 2);
  CHECK(Ask("SELECT string_agg(cardinality(community_ids)::text, ' ' ORDER BY display_name) "
            "FROM members") == "2 0");
  CHECK(*reconciler.RunOnce(absl::Now()) == 0);
}

}  // namespace
}  // namespace guildhall::directory
