#include "services/identity/workers/suspension_ender.h"

#include <catch2/catch.hpp>
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/testing/eventually.h"
#include "services/identity/api/account_fixture.h"
#include "services/identity/api/convert.h"

namespace guildhall::identity {
namespace {

constexpr char kBobsEmail[] = "bob@example.org";

struct Ending : TestAccounts {
  // For some minutes.
  absl::Status SuspendFor(const Visitor& whose, int minutes) {
    auto request = About<v1::SuspendAccountRequest>(whose);
    *request.mutable_expire_time() = ToProto(clock.Now() + absl::Minutes(minutes));
    return AsAdministrator(SuspendAccount, request, ada).status();
  }
  // Accounts whose suspension has ended, as many as asked.
  void AddEnded(int count) {
    database.Run(
        "INSERT INTO accounts (id, email, display_name, affiliation, password_hash, pepper_id, "
        "create_time, suspend_time, suspend_expire_time) "
        "SELECT gen_random_uuid(), n || '@bakery.example', 'Q', 2, 'x', '', create_time, "
        "create_time, create_time + n * interval '1 second' "
        "FROM (SELECT min(create_time) AS create_time FROM accounts) a, generate_series(1, " +
        std::to_string(count) + ") n");
    clock.Advance(absl::Hours(1));
  }
  std::string Suspended() { return Ask("SELECT count(*) FROM accounts WHERE suspended"); }

  SuspensionEnder ender{*database};
};

TEST_CASE_METHOD(Ending, "an account is used again when its time has come, and that is told") {
  REQUIRE(SuspendFor(bob, 5).ok());
  clock.Advance(absl::Minutes(5) - absl::Seconds(1));
  CHECK(*ender.RunOnce(clock.Now()) == 0);
  CHECK(Is(SignIn(bob, kBobsEmail), reasons::kCredentialsWrong));
  clock.Advance(absl::Seconds(1));
  CHECK(*ender.RunOnce(clock.Now()) == 1);
  CHECK(Changes(change::v1::KIND_ACCOUNT_REACTIVATED) == 1);
  REQUIRE(SignIn(bob, kBobsEmail).ok());
  CHECK(GetMe(bob).ok());
  CHECK(*ender.RunOnce(clock.Now()) == 0);
}

TEST_CASE_METHOD(Ending, "a suspension without an end has none") {
  REQUIRE(Suspend(bob, ada).ok());
  CHECK(*ender.RunOnce(clock.Now() + absl::Hours(24 * 366)) == 0);
  CHECK(Suspended() == "1");
}

TEST_CASE_METHOD(Ending, "what an administrator has ended is not told again") {
  REQUIRE(SuspendFor(bob, 5).ok());
  REQUIRE(Reactivate(bob, ada).ok());
  CHECK(*ender.RunOnce(clock.Now() + absl::Hours(1)) == 0);
  CHECK(Changes(change::v1::KIND_ACCOUNT_REACTIVATED) == 1);
}

TEST_CASE_METHOD(Ending, "many suspensions end in batches") {
  AddEnded(SuspensionEnder::kBatch + 3);
  CHECK(*ender.RunOnce(clock.Now()) == SuspensionEnder::kBatch);
  CHECK(*ender.RunOnce(clock.Now()) == 3);
  CHECK(Suspended() == "0");
}

TEST_CASE_METHOD(Ending, "one that cannot be ended keeps no other account suspended") {
  AddEnded(SuspensionEnder::kBatch + 1);
  database.Run(
      "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
      "$$ BEGIN RAISE EXCEPTION 'no'; END $$; "
      "CREATE TRIGGER refuse BEFORE UPDATE ON accounts FOR EACH ROW "
      "WHEN (OLD.email = '1@bakery.example') EXECUTE FUNCTION refuse()");
  CHECK_FALSE(ender.RunOnce(clock.Now()).ok());
  CHECK(*ender.RunOnce(clock.Now()) == 1);
  CHECK(Suspended() == "1");
  database.Run("DROP TRIGGER refuse ON accounts");
  CHECK(*ender.RunOnce(clock.Now()) == 1);
}

TEST_CASE_METHOD(Ending, "two processes end each suspension once") {
  AddEnded(40);
  SuspensionEnder other{*database};
  const absl::Time now = clock.Now();
  int elsewhere = 0;
  std::thread thread([&] { elsewhere = other.RunOnce(now).value_or(-1000); });
  const int here = ender.RunOnce(now).value_or(-1000);
  thread.join();
  CHECK(here + elsewhere == 40);
  CHECK(Changes(change::v1::KIND_ACCOUNT_REACTIVATED) == 40);
}

TEST_CASE_METHOD(Ending, "what is made to last longer just when it would end goes on") {
  REQUIRE(SuspendFor(bob, 5).ok());
  clock.Advance(absl::Minutes(5));
  const absl::Time now = clock.Now();
  absl::StatusOr<int> ended = -1;
  std::thread worker;
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(20))};
  const absl::Status held = database->Transact(context, [&](postgres::Work& work) -> absl::Status {
    GUILDHALL_ASSIGN(std::optional<Account> account, LockAccount(work, bob.caller.member));
    account->suspend_expire_time = now + absl::Hours(1);
    SetSuspension(work, *account);
    worker = std::thread([&] { ended = ender.RunOnce(now); });
    const bool met = testing::Eventually([&] { return database.SomebodyWaits(); });
    return met ? absl::OkStatus() : absl::InternalError("nobody waits");
  });
  worker.join();
  CHECK(held.ok());
  REQUIRE(ended.ok());
  CHECK(*ended == 0);
  CHECK(Suspended() == "1");
}

TEST_CASE_METHOD(Ending, "a suspension that the version before ends leaves none of its terms") {
  auto request = About<v1::SuspendAccountRequest>(bob);
  request.set_reason("On leave.");
  *request.mutable_expire_time() = ToProto(clock.Now() + absl::Minutes(5));
  REQUIRE(AsAdministrator(SuspendAccount, request, ada).ok());
  // As that version does, which knows of neither reason nor end.
  database.Run("UPDATE accounts SET suspend_time = NULL WHERE email = 'bob@example.org'");
  CHECK(Ask("SELECT count(*) FROM accounts WHERE suspend_reason <> '' OR suspend_expire_time IS "
            "NOT NULL") == "0");
  database.Run("UPDATE accounts SET suspend_time = now() WHERE email = 'bob@example.org'");
  CHECK(*ender.RunOnce(clock.Now() + absl::Minutes(5)) == 0);
  CHECK(Suspended() == "1");
}

}  // namespace
}  // namespace guildhall::identity
