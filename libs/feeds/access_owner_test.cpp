#include "libs/feeds/access_owner.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/feeds/owner_fixture.h"
#include "libs/testing/eventually.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/fault_gate.h"
#include "libs/testing/test_database.h"

namespace guildhall::feeds {
namespace {

using Response = Watcher::Response;
using Answer = Watcher::Answer;
using testing::Eventually;

constexpr auto kSoon = std::chrono::seconds(20);

// Two processes of an owner on one database.
struct Owners {
  void Change(const AccessChange& change) { Commit(opened, change); }
  static bool IsReady(const std::future<absl::Duration>& future) {
    return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }

  testing::TestDatabase database{{{"feeds", kMigrations}}};
  // Opened by the test's own thread, before others use it.
  postgres::Database& opened = *database;
  telemetry::Metrics metrics;
  AccessOwner one{database.settings(), metrics};
  AccessOwner two{database.settings(), metrics};
};

TEST_CASE_METHOD(Owners, "a newcomer forgets everything, then gets a lease") {
  Watcher watcher(1);
  const Response first = watcher.Hear(one);
  CHECK(first.reset());
  CHECK(!first.leased());
  const Response second = watcher.Hear(two);
  CHECK(!second.reset());
  CHECK(second.leased());
  CHECK(second.changes().empty());
}

TEST_CASE_METHOD(Owners, "a watcher that waits hears at once, whichever process made the change") {
  Watcher watcher(1);
  watcher.Hear(one);
  Answer waiting = watcher.Ask(one);
  CHECK(Eventually([&] { return database.Ask("SELECT count(*) FROM access_leases") == "1"; }));
  Change(kKick);
  const absl::StatusOr<Response> response = waiting.get();
  REQUIRE(response.ok());
  REQUIRE(response->changes_size() == 1);
  CHECK(response->changes(0).kind() == access::v1::ACCESS_CHANGE_KIND_MEMBERSHIP);
  CHECK(response->changes(0).subject_id() == std::string(16, 1));
  CHECK(response->changes(0).object_id() == std::string(16, 2));
  CHECK(response->revision() == 1);
}

TEST_CASE_METHOD(Owners, "a change settles when every lease has it") {
  Watcher fast(1), slow(2);
  for (Watcher* watcher : {&fast, &slow}) {
    watcher->Hear(one);
    REQUIRE(watcher->Hear(one).leased());
  }
  Change(kKick);
  const std::future<absl::Duration> settled = Settle(two);
  CHECK(fast.Hear(one).changes_size() == 1);
  CHECK(fast.Hear(one).leased());
  CHECK(!IsReady(settled));
  CHECK(slow.Hear(two).changes_size() == 1);
  CHECK(!IsReady(settled));  // heard, but not said to be applied
  CHECK(slow.Hear(two).leased());
  CHECK(settled.wait_for(kSoon) == std::future_status::ready);
}

TEST_CASE_METHOD(Owners, "without watchers a change settles at once, also without a change") {
  CHECK(Settle(one).wait_for(kSoon) == std::future_status::ready);
  Change(kKick);
  CHECK(Settle(one).wait_for(kSoon) == std::future_status::ready);
}

TEST_CASE_METHOD(Owners, "a watcher that died is waited for until its lease has run out, once") {
  Watcher dead(1);
  dead.Hear(one);
  const absl::Duration sent = SystemClock().Monotonic();
  REQUIRE(dead.Hear(one).leased());
  Change(kKick);
  const std::future<absl::Duration> settled = Settle(one);
  settled.wait();
  CHECK(SystemClock().Monotonic() - sent >= kAccessLease);
  CHECK(Eventually([&] { return database.Ask("SELECT count(*) FROM access_leases") == "0"; }));
  // It comes back: first what it missed, then a lease.
  CHECK(!dead.Ask(one).get()->leased());
}

TEST_CASE("a watcher that died while nothing changed is found out before a change waits for it") {
  testing::TestDatabase database({{"feeds", kMigrations}});
  telemetry::Metrics metrics;
  testing::FakeClock clock;
  AccessOwner owner(database.settings(), metrics, clock);
  const auto is_leased = [&](Watcher& watcher) {
    Answer answer = watcher.Ask(owner);
    clock.Advance(absl::Seconds(0.5));  // it is held as long as nothing changes
    return answer.get()->leased();
  };
  Watcher dead(1), alive(2);
  for (Watcher* watcher : {&dead, &alive}) {
    watcher->Hear(owner);
    REQUIRE(is_leased(*watcher));
  }
  clock.Advance(absl::Seconds(11));
  const Response probe = alive.Hear(owner);
  CHECK(probe.revision() == 1);
  REQUIRE(is_leased(alive));
  clock.Advance(1.2 * kAccessLease);
  CHECK(Eventually([&] { return database.Ask("SELECT count(*) FROM access_leases") == "1"; }));
  // In less than the time of a lease.
  Commit(*database, kKick);
  alive.Hear(owner);
  const std::future<absl::Duration> settled = Settle(owner);
  REQUIRE(is_leased(alive));
  CHECK(settled.wait_for(kSoon) == std::future_status::ready);
}

TEST_CASE_METHOD(Owners, "a watcher that goes is not waited for") {
  Watcher watcher(1);
  watcher.Hear(one);
  REQUIRE(watcher.Hear(one).leased());
  watcher.request.set_release(true);
  REQUIRE(watcher.Ask(two).get().ok());
  CHECK(database.Ask("SELECT count(*) FROM access_leases") == "0");
}

TEST_CASE_METHOD(Owners, "whoever missed too much or knows another past forgets everything") {
  Watcher watcher(1);
  watcher.Hear(one);
  SECTION("more changes than are told") {
    database.Run(
        "INSERT INTO access_changes SELECT n, 1, 2, gen_random_uuid(), gen_random_uuid() "
        "FROM generate_series(1, 1001) n; UPDATE access_head SET revision = 1001");
  }
  SECTION("changes that are kept no more") {
    for (int i = 0; i < 3; ++i) Change(kKick);
    database.Run("DELETE FROM access_changes WHERE revision < 3");
  }
  SECTION("a restored database that is behind") { watcher.request.set_applied_revision(7); }
  SECTION("a restored database that has caught up") {
    Change(kKick);
    database.Run("UPDATE access_head SET incarnation = gen_random_uuid()");
  }
  SECTION("a restored copy of the disks, of which it was said") {
    database.Run("UPDATE access_head SET history = ''");
  }
  const Response response = watcher.Hear(one);
  CHECK(response.reset());
  CHECK(response.changes().empty());
  CHECK(watcher.Hear(one).leased());
}

TEST_CASE("facts of a database that was restored are other ones, for all owners the same") {
  testing::PrivatePostgres server;
  testing::TestDatabase database({{"feeds", kMigrations}}, server);
  telemetry::Metrics metrics;
  AccessOwner one(database.settings(), metrics), two(database.settings(), metrics);
  Watcher watcher(1);
  watcher.Hear(one);
  REQUIRE(watcher.Hear(one).leased());
  server.Restore();
  for (AccessOwner* owner : {&one, &two}) {
    REQUIRE(Eventually([&] { return Watcher(2).Ask(*owner).get().ok(); }));
  }
  CHECK(watcher.Hear(one).reset());
  CHECK(watcher.Hear(two).leased());
}

TEST_CASE_METHOD(Owners, "changes that nobody is told any more are dropped") {
  database.Run(
      "INSERT INTO access_changes SELECT n, 1, 2, gen_random_uuid(), gen_random_uuid() "
      "FROM generate_series(1, 3000) n; UPDATE access_head SET revision = 3000");
  Change(kKick);
  CHECK(Eventually([&] {
    return database.Ask("SELECT min(revision) || ' ' || max(revision) FROM access_changes") ==
           "2002 3001";
  }));
}

TEST_CASE_METHOD(Owners, "a request without a name is refused") {
  const absl::StatusOr<Response> response = Watcher(0).Ask(one).get();
  CHECK(Is(response.status(), policy::reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Owners, "an owner that closes sends its watchers to another one") {
  Watcher watcher(1);
  watcher.Hear(one);
  Answer waiting = watcher.Ask(one);
  one.Close();
  waiting.wait();
  CHECK(Is(watcher.Ask(one).get().status(), policy::reasons::kDependencyAway));
  CHECK(watcher.Hear(two).leased());
  watcher.request.set_release(true);
  CHECK(watcher.Ask(one).get().ok());
  CHECK(database.Ask("SELECT count(*) FROM access_leases") == "0");
}

TEST_CASE(
    "without its database an owner gives no lease, and lets writes go when all have run out") {
  std::optional<testing::PrivatePostgres> server;
  server.emplace();
  testing::TestDatabase database({{"feeds", kMigrations}}, *server);
  telemetry::Metrics metrics;
  AccessOwner owner(database.settings(), metrics);
  Watcher watcher(1);
  watcher.Hear(owner);
  server->Stop();
  const absl::Duration start = SystemClock().Monotonic();
  CHECK(!watcher.Ask(owner).get().ok());
  CHECK(Settle(owner).wait_for(kSoon) == std::future_status::ready);
  CHECK(SystemClock().Monotonic() - start >= kAccessLease);
  server->Start();
  CHECK(Eventually([&] { return watcher.Ask(owner).get().ok(); }));
}

TEST_CASE("an owner that reads late lets its own write go, and takes nobody's lease away") {
  testing::TestDatabase database({{"feeds", kMigrations}});
  postgres::Database& opened = *database;
  testing::FaultGate gate(database.server().folder());
  telemetry::Metrics metrics;
  AccessOwner other(database.settings(), metrics);
  AccessOwner late(gate.Through(database.settings()), metrics);
  Watcher watcher(1);
  watcher.Hear(other);
  Settle(late).wait();
  // Its write commits, and then it is cut off before it reads where the facts stand.
  gate.Hold();
  Commit(opened, kKick);
  const absl::Duration began = SystemClock().Monotonic();
  std::future<absl::Duration> first = Settle(late);
  absl::Duration sent;
  bool leased = false;
  do {
    sent = SystemClock().Monotonic();
    leased = watcher.Hear(other).leased();
  } while (!leased || SystemClock().Monotonic() - began < 0.9 * kAccessLease);
  // What it reads now is a later change, which the watcher has not applied under its lease.
  Commit(opened, kKick);
  std::future<absl::Duration> second = Settle(other);
  gate.Release();
  CHECK(first.get() - began >= kAccessLease);
  CHECK(second.get() - sent >= kAccessLease);
}

}  // namespace
}  // namespace guildhall::feeds
