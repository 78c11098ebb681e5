#include "services/directory/workers/sanction_ender.h"

#include <catch2/catch.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "directory/statements.h"
#include "libs/base/status_macros.h"
#include "libs/testing/eventually.h"
#include "services/directory/store/directory_fixture.h"

namespace guildhall::directory {
namespace {

struct Fixture : TestDirectory {
  // Banned until a number of minutes from 2040 on.
  MemberId AddBanned(int minutes) {
    const MemberId banned = AddMember("Bea");
    Run(absl::StrCat("INSERT INTO bans VALUES ('", banned.ToString(), "', '", guild.ToString(),
                     "', '', '", banned.ToString(), "', now(), timestamptz '2040-01-01 00:00Z' + ",
                     minutes, " * interval '1 minute')"));
    return banned;
  }
  static absl::Time At(int minutes) {
    return absl::FromCivil(absl::CivilMinute(2040, 1, 1, 0, minutes), absl::UTCTimeZone());
  }
  std::string Left() { return Ask("SELECT count(*) FROM bans"); }

  const CommunityId guild = AddCommunity("Guild");
  const CommunityId bakers = AddCommunity("Bakers", Visibility::kOpen, Admits::kEmployees, guild);
  SanctionEnder ender{**this, SanctionKind::kBan};
};

TEST_CASE_METHOD(Fixture, "a ban ends when its time has come, and it is told") {
  const MemberId banned = AddBanned(5);
  AddBanned(6);
  Run("INSERT INTO bans SELECT member_id, community_id, '', member_id, now() FROM "
      "(SELECT id AS member_id FROM members LIMIT 1) m, "
      "(SELECT id AS community_id FROM communities WHERE display_name = 'Bakers') c");
  CHECK(*ender.RunOnce(At(4)) == 0);
  CHECK(*ender.RunOnce(At(5)) == 1);
  CHECK(Left() == "2");
  CHECK(Ask("SELECT kind || ' ' || subject FROM access_changes") == "2 " + banned.ToString());
  // One without an end still covers Bakers.
  CHECK(Ask("SELECT string_agg(change.kind || ' ' || display_name, ', ') FROM change_log change "
            "JOIN communities ON communities.id = key") == "21 Guild");
  CHECK(*ender.RunOnce(At(5)) == 0);
}

TEST_CASE_METHOD(Fixture, "many bans end in batches") {
  for (int i = 0; i < SanctionEnder::kBatch + 3; ++i) AddBanned(1);
  CHECK(*ender.RunOnce(At(2)) == SanctionEnder::kBatch);
  CHECK(*ender.RunOnce(At(2)) == 3);
  CHECK(Left() == "0");
}

TEST_CASE_METHOD(Fixture, "a ban that cannot be lifted keeps no other one in force") {
  for (int i = 0; i < SanctionEnder::kBatch; ++i) AddBanned(1);
  Run("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
      "$$ BEGIN RAISE EXCEPTION 'no'; END $$;"
      "CREATE TRIGGER refuse BEFORE DELETE ON bans FOR EACH ROW "
      "WHEN (OLD.expire_time < '2040-01-01 00:02Z') EXECUTE FUNCTION refuse()");
  AddBanned(2);
  CHECK(!ender.RunOnce(At(3)).ok());
  CHECK(*ender.RunOnce(At(3)) == 1);
  // And it is tried again.
  Run("DROP TRIGGER refuse ON bans");
  CHECK(*ender.RunOnce(At(3)) == SanctionEnder::kBatch);
  CHECK(Left() == "0");
}

TEST_CASE_METHOD(Fixture, "what cannot be lifted keeps nothing in force that ends at its moment") {
  for (int i = 0; i < SanctionEnder::kBatch; ++i) AddMember("Bea");
  const std::string above = Ask("SELECT min(id::text) FROM communities"),
                    below = Ask("SELECT max(id::text) FROM communities");
  Run("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
      "$$ BEGIN RAISE EXCEPTION 'no'; END $$");
  for (const auto& [kind, table] :
       {std::pair(SanctionKind::kBan, "bans"), std::pair(SanctionKind::kMute, "mutes")}) {
    INFO(table);
    // A batch of them, and another one of the last member: last in order, the first that is stored.
    Run(absl::StrCat("INSERT INTO ", table, " SELECT id, '", below, "', '', id, now(), ",
                     "'2040-01-01 00:01Z' FROM members ORDER BY id DESC LIMIT 1;", "INSERT INTO ",
                     table, " SELECT id, '", above, "', '', id, now(), '2040-01-01 00:01Z' ",
                     "FROM members ORDER BY id DESC;", "CREATE TRIGGER refuse BEFORE DELETE ON ",
                     table, " FOR EACH ROW WHEN (OLD.community_id = '", above,
                     "') EXECUTE FUNCTION refuse()"));
    SanctionEnder one{**this, kind};
    CHECK(!one.RunOnce(At(2)).ok());
    CHECK(one.RunOnce(At(2)).value_or(-1) == 1);
  }
}

TEST_CASE_METHOD(Fixture, "two processes end each ban once") {
  for (int i = 0; i < 60; ++i) AddBanned(1);
  SanctionEnder other{**this, SanctionKind::kBan};
  const auto run_dry = [](SanctionEnder& one) {
    int total = 0;
    for (int ended = 1; ended > 0; total += ended) {
      const auto found = one.RunOnce(At(2));
      if (!found.ok()) return -1000;
      ended = *found;
    }
    return total;
  };
  int elsewhere = 0;
  std::thread thread([&] { elsewhere = run_dry(other); });
  const int here = run_dry(ender);
  thread.join();
  CHECK(here + elsewhere == 60);
  CHECK(Left() == "0");
  CHECK(Ask("SELECT count(*) FROM access_changes") == "60");
  CHECK(Ask("SELECT count(*) FROM change_log") == "120");
}

TEST_CASE_METHOD(Fixture, "what is made longer just when it would end goes on") {
  const MemberId banned = AddBanned(5);
  Run("INSERT INTO mutes SELECT * FROM bans");
  for (const auto& [kind, table] :
       {std::pair(SanctionKind::kBan, "bans"), std::pair(SanctionKind::kMute, "mutes")}) {
    INFO(table);
    SanctionEnder one{**this, kind};
    absl::StatusOr<int> ended = -1;
    std::thread worker;
    const absl::Status held = (**this).Transact(context(), [&](postgres::Work& work) {
      GUILDHALL_TRY(work.Run(sql::kHoldMember, banned).status());
      worker = std::thread([&] { ended = one.RunOnce(At(5)); });
      (void)testing::Eventually([&] { return SomebodyWaits(); });
      Run(absl::StrCat("UPDATE ", table, " SET expire_time = expire_time + interval '1 hour'"));
      return absl::OkStatus();
    });
    worker.join();
    REQUIRE(held.ok());
    REQUIRE(ended.ok());
    CHECK(*ended == 0);
    CHECK(Ask(absl::StrCat("SELECT count(*) FROM ", table)) == "1");
  }
  CHECK(Ask("SELECT count(*) FROM change_log") == "0");
}

TEST_CASE_METHOD(Fixture,
                 "a mute ends when its time has come, and bans and mutes each by themselves") {
  AddBanned(5);
  const std::string muted = Ask("SELECT member_id FROM bans");
  Run("INSERT INTO mutes SELECT * FROM bans");
  SanctionEnder of_mutes{**this, SanctionKind::kMute};
  CHECK(*of_mutes.RunOnce(At(4)) == 0);
  CHECK(*of_mutes.RunOnce(At(5)) == 1);
  CHECK(Ask("SELECT count(*) FROM mutes") == "0");
  CHECK(Left() == "1");
  CHECK(Ask("SELECT kind || ' ' || subject FROM access_changes") == "2 " + muted);
  CHECK(Ask("SELECT kind || ' ' || resource FROM change_log") == "39 " + muted);
}

}  // namespace
}  // namespace guildhall::directory
