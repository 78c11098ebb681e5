// Every write takes the keys of the change log in one order, so that no two wait for each other in
// a ring: whoever waits for the lower of two holds nothing that somebody else asks for next.
#include "services/directory/api/bans_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;

struct Fixture : BansFixture {
  Fixture() {
    // Below the others in the tree, before them in the order of keys.
    Run("INSERT INTO communities (id, parent_id, ancestor_ids, display_name, kind, visibility, "
        "admits, create_time) SELECT '" +
        low.ToString() +
        "', id, ancestor_ids || id, 'Low', 1, 3, 1, now() FROM communities "
        "WHERE display_name = 'Bakers'");
    for (const CommunityId each : {low, bakers, guild}) {
      Run("INSERT INTO change_keys (key, last_seq) VALUES ('" + each.ToString() + "', 1)");
    }
  }

  // Holds the lowest key until `write` waits, and says whether that of `other` is free meanwhile:
  // "1" if so. A write that never waits fails the test by the deadline of the statement.
  std::string FreeBeside(const std::function<absl::Status()>& write, CommunityId other) {
    std::thread writer([&] { (void)write(); });
    const auto key = [](CommunityId id, const char* how) {
      return "SELECT count(*) FROM (SELECT FROM change_keys WHERE key = '" + id.ToString() +
             "' FOR UPDATE " + how + ") held;";
    };
    const std::string free =
        Ask("BEGIN; SET LOCAL statement_timeout = '30s';" + key(low, "") +
            "DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_stat_activity "
            "WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))) LOOP "
            "PERFORM pg_sleep(0.002), pg_stat_clear_snapshot(); END LOOP; END $$;" +
            key(other, "SKIP LOCKED"));
    writer.join();
    return free;
  }

  const CommunityId low = CommunityId(*Uuid::Parse("00000000-0000-8000-8000-000000000001"));
};

TEST_CASE_METHOD(Fixture, "a new owner and what it sees below are told in the order of keys") {
  v1::UpdateMembershipRequest request;
  request.mutable_membership()->set_name(resources::MembershipName(bakers, member));
  request.mutable_membership()->set_role(v1::ROLE_OWNER);
  request.mutable_update_mask()->add_paths("role");
  request.set_request_id(NewRequestId());
  CHECK(FreeBeside(LetIn(Permission::kMembershipEdit, UpdateMembership, request, bakers), bakers) ==
        "1");
}

TEST_CASE_METHOD(Fixture, "a ban and the invitations that it ends are told in the order of keys") {
  AddMembership(guild, other);
  Run("INSERT INTO proposals (community_id, member_id, kind, creator_id, create_time, expire_time) "
      "VALUES ('" +
      low.ToString() + "', '" + other.ToString() + "', 1, '" + other.ToString() +
      "', now(), now() + interval '1 day')");
  As(above);
  CHECK(FreeBeside(LetIn(Permission::kCommunityModerate, CreateBan, BanOf(guild, other), guild),
                   guild) == "1");
}

}  // namespace
}  // namespace guildhall::directory
