// From identity's log of changes to profiles that say who is suspended: each change once and in its
// order, whatever fails on the way.
#include "services/directory/workers/suspension_follower.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "libs/changelog/settled.h"
#include "libs/testing/fault_gate.h"
#include "libs/testing/private_postgres.h"
#include "services/directory/store/directory_fixture.h"
#include "services/directory/store/member_store.h"
#include "services/directory/store/suspension_store.h"

namespace guildhall::directory {
namespace {

// Identity as a log and a list, and directory, which follows them.
struct Fixture : TestDirectory {
  std::unique_ptr<SuspensionFollower> Follow(postgres::Database& database) {
    return std::make_unique<SuspensionFollower>(
        database,
        [this](const postgres::Context&) {
          ++rereads;
          return listed;
        },
        changelog::TailParts{
            .producer = "identity",
            .source = [this](const changelog::Position& from,
                             const postgres::Context& at) -> absl::StatusOr<changelog::Page> {
              if (away) return absl::UnavailableError("Identity is away.");
              return changelog::ReadSettled(*identity, at, from);
            },
            .redis = {},
            .metrics = metrics});
  }
  void Tell(std::initializer_list<std::pair<int, MemberId>> told) {
    REQUIRE(identity
                ->Transact(context(),
                           [&](postgres::Work& work) {
                             for (const auto& [kind, id] : told) {
                               changelog::Append(
                                   work, {.kind = kind, .key = id.uuid(), .resource = id.uuid()});
                             }
                             return absl::OkStatus();
                           })
                .ok());
  }
  void Suspend(MemberId id) { Tell({{change::v1::KIND_ACCOUNT_SUSPENDED, id}}); }
  void Reactivate(MemberId id) { Tell({{change::v1::KIND_ACCOUNT_REACTIVATED, id}}); }
  int Step(SuspensionFollower& by) {
    const auto passed = by.RunOnce();
    return passed.ok() ? *passed : -1;
  }
  int Step() { return Step(*follower); }
  // Who is, by name.
  std::string Suspended() {
    return Ask(
        "SELECT coalesce(string_agg(display_name, ' ' ORDER BY display_name), '') "
        "FROM members WHERE suspended");
  }
  // How often the profile of somebody was told to have changed.
  int Told(MemberId id) {
    return std::stoi(
        Ask("SELECT count(*) FROM change_log WHERE kind = 2 AND key = '" + id.ToString() + "'"));
  }
  absl::Status Create(MemberId id) {
    const Member member{.id = id,
                        .profile = {.display_name = "Nia"},
                        .affiliation = Affiliation::kEmployee,
                        .create_time = SystemClock().Now()};
    return CreateMissingMembers(**this, context(), {&member, 1}, changelog::Origin::kLive).status();
  }
  static MemberId NewMember() { return MemberId(NewUuidV7(SystemClock().Now(), SystemRandom())); }

  testing::TestDatabase identity{{{"changelog", changelog::kMigrations}}};
  telemetry::Metrics metrics;
  absl::StatusOr<std::vector<MemberId>> listed = std::vector<MemberId>();
  int rereads = 0;
  bool away = false;
  const MemberId ada = AddMember("Ada"), bob = AddMember("Bob");
  std::unique_ptr<SuspensionFollower> follower = Follow(**this);
};

TEST_CASE_METHOD(Fixture, "whoever is suspended is, until the account is used again") {
  CHECK(Step() == 0);
  Suspend(ada);
  CHECK(Step() == 1);
  CHECK(Suspended() == "Ada");
  CHECK(Told(ada) == 1);
  CHECK(Ask("SELECT max(version) FROM members") == "2");
  Reactivate(ada);
  CHECK(Step() == 1);
  CHECK(Suspended().empty());
  CHECK(Told(ada) == 2);
  CHECK(Told(bob) == 0);
}

TEST_CASE_METHOD(Fixture, "of what happened to an account between two looks the last counts") {
  CHECK(Step() == 0);
  Tell({{change::v1::KIND_ACCOUNT_SUSPENDED, ada},
        {change::v1::KIND_ACCOUNT_SUSPENDED, bob},
        {change::v1::KIND_ACCOUNT_REACTIVATED, ada},
        {change::v1::KIND_SESSION_CREATED, bob}});
  CHECK(Step() == 4);
  CHECK(Suspended() == "Bob");
  CHECK(Told(ada) == 0);
  Tell({{change::v1::KIND_ACCOUNT_REACTIVATED, bob}, {change::v1::KIND_ACCOUNT_SUSPENDED, bob}});
  CHECK(Step() == 2);
  CHECK(Suspended() == "Bob");
  CHECK(Told(bob) == 1);
}

TEST_CASE_METHOD(Fixture, "whoever begins to follow reads who is suspended already") {
  listed = {{bob, NewMember()}};
  CHECK(Step() == 0);
  CHECK(Suspended() == "Bob");
  CHECK(Ask("SELECT count(*) FROM suspended_accounts") == "2");
  Suspend(ada);
  CHECK(Step(*Follow(**this)) == 1);
  CHECK(Suspended() == "Ada Bob");
  CHECK(rereads == 1);
}

TEST_CASE_METHOD(Fixture, "after RESET everybody is what identity says now, and no more is told") {
  listed = {{bob}};
  CHECK(Step() == 0);
  Suspend(ada);
  CHECK(Step() == 1);
  // A restore has lost what was done to Bob, and what was told of Ada.
  identity.Run("UPDATE change_log_head SET incarnation = gen_random_uuid()");
  listed = {{ada}};
  CHECK(Step() == 0);
  CHECK(Suspended() == "Ada");
  CHECK(Told(ada) == 1);
  CHECK(Told(bob) == 2);
  Reactivate(ada);
  CHECK(Step() == 1);
  CHECK(Suspended().empty());
}

TEST_CASE_METHOD(Fixture, "while identity is away nothing is lost and nobody comes back") {
  CHECK(Step() == 0);
  Suspend(ada);
  CHECK(Step() == 1);
  Suspend(bob);
  away = true;
  CHECK(Step() == -1);
  CHECK(Suspended() == "Ada");
  away = false;
  listed = absl::UnavailableError("Identity is away.");
  CHECK(Step() == 1);
  CHECK(Suspended() == "Ada Bob");
  identity.Run("UPDATE change_log_head SET incarnation = gen_random_uuid()");
  CHECK(Step() == -1);
  CHECK(Suspended() == "Ada Bob");
}

TEST_CASE_METHOD(Fixture,
                 "an effect whose answer was lost is not had twice, and none is left out") {
  CHECK(Step() == 0);
  for (const char* lost : {"note_suspensions", "commit_", "move_consumer"}) {
    INFO(lost);
    const int told = Told(ada);
    Tell({{change::v1::KIND_ACCOUNT_SUSPENDED, ada}});
    testing::FaultGate gate(testing::PrivatePostgres::Get().folder());
    const auto through = postgres::Database::Open(gate.Through(settings()));
    REQUIRE(through.ok());
    const auto cut_off = Follow(**through);
    gate.LoseAnswerTo(lost);
    CHECK(Step(*cut_off) == -1);
    while (Suspended() != "Ada") REQUIRE(Step(*cut_off) >= 0);
    CHECK(Told(ada) == told + 1);
    Reactivate(ada);
    while (Suspended() == "Ada") REQUIRE(Step(*cut_off) >= 0);
    CHECK(Told(ada) == told + 2);
  }
}

TEST_CASE_METHOD(Fixture, "of two processes one applies what was told") {
  CHECK(Step() == 0);
  Suspend(ada);
  const auto other = Follow(**this);
  int passed = 0;
  std::thread thread([&] { passed = Step(*other); });
  const int own = Step();
  thread.join();
  CHECK(passed + own == 1);
  CHECK(Suspended() == "Ada");
  CHECK(Told(ada) == 1);
}

TEST_CASE_METHOD(Fixture, "whoever is suspended before its first call is a suspended member") {
  CHECK(Step() == 0);
  const MemberId nia = NewMember(), ole = NewMember();
  Suspend(nia);
  CHECK(Step() == 1);
  REQUIRE(Create(nia).ok());
  CHECK(Suspended() == "Nia");
  Tell({{change::v1::KIND_ACCOUNT_SUSPENDED, ole}, {change::v1::KIND_ACCOUNT_REACTIVATED, ole}});
  CHECK(Step() == 2);
  REQUIRE(Create(ole).ok());
  CHECK(Suspended() == "Nia");
}

TEST_CASE_METHOD(Fixture,
                 "whoever is created by a version that knows of no suspensions is marked") {
  CHECK(Step() == 0);
  const MemberId nia = NewMember();
  Suspend(nia);
  CHECK(Step() == 1);
  Run("INSERT INTO members (id, display_name, affiliation, create_time) VALUES ('" +
      nia.ToString() + "', 'Nia', 1, now())");
  CHECK(Suspended() == "Nia");
  Reactivate(nia);
  CHECK(Step() == 1);
  CHECK(Suspended().empty());
}

TEST_CASE_METHOD(Fixture, "whoever comes while it is being suspended is a suspended member") {
  CHECK(Step() == 0);
  const MemberId nia = NewMember();
  Suspend(nia);
  absl::Status created;
  std::atomic<bool> done = false;
  std::thread creator;
  const absl::Status suspending = (**this).Transact(context(), [&](postgres::Work& work) {
    LockSuspensions(work);
    const absl::Status noted = NoteSuspensions(work, {{nia, true}});
    creator = std::thread([&] {
      created = Create(nia);
      done = true;
    });
    // Until the creator waits for this transaction, or did not.
    while (!done && Ask("SELECT count(*) FROM pg_locks WHERE NOT granted") == "0") {
    }
    return noted;
  });
  creator.join();
  REQUIRE(suspending.ok());
  REQUIRE(created.ok());
  CHECK(Suspended() == "Nia");
}

TEST_CASE_METHOD(Fixture, "imported members without accounts are left alone") {
  Run("INSERT INTO members (id, display_name, affiliation, create_time) "
      "SELECT gen_random_uuid(), 'M' || n, 1, now() FROM generate_series(1, 20) n");
  listed = {{ada}};
  CHECK(Step() == 0);
  CHECK(Suspended() == "Ada");
  CHECK(Ask("SELECT count(*) FROM change_log") == "1");
}

TEST_CASE_METHOD(Fixture, "more accounts than one statement takes are noted all the same") {
  listed = std::vector<MemberId>();
  for (int i = 0; i < 2'500; ++i) listed->push_back(NewMember());
  listed->push_back(ada);
  CHECK(Step() == 0);
  CHECK(Ask("SELECT count(*) FROM suspended_accounts") == "2501");
  CHECK(Suspended() == "Ada");
}

}  // namespace
}  // namespace guildhall::directory
