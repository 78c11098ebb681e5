#include "libs/feeds/access_watch.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <optional>
#include <thread>

#include "feeds/migrations.h"
#include "libs/base/check.h"
#include "libs/feeds/access_changes.h"
#include "libs/feeds/access_owner.h"
#include "libs/feeds/own_store.h"
#include "libs/feeds/remote_facts.h"
#include "libs/testing/eventually.h"
#include "libs/testing/test_database.h"

namespace guildhall::feeds {
namespace {

using testing::Eventually;

constexpr postgres::Statement kReadTruth = {
    "read_truth", "SELECT live, (SELECT revision FROM access_head) FROM truth"};
constexpr postgres::Statement kSetTruth = {"set_truth", "UPDATE truth SET live = $1"};

template <typename Id>
Id MakeId(std::uint8_t n) {
  Uuid uuid;
  uuid.bytes.fill(n);
  return Id(uuid);
}

const SessionId kSession = MakeId<SessionId>(1);
const Deadline kNever;

// An owner of facts: one session and one member, whose truth is in its database.
struct OwnerProcess {
  OwnerProcess() {
    database.Run("CREATE TABLE truth (live boolean NOT NULL); INSERT INTO truth VALUES (true)");
  }

  // Commits and waits as a handler's answer would.
  void Set(bool live) {
    const auto stored = opened.Transact({}, [&](postgres::Work& work) -> absl::Status {
      work.Defer(kSetTruth, live);
      NoteAccessChange(work, AccessChange::Of(kSession));
      return absl::OkStatus();
    });
    GUILDHALL_CHECK(stored.ok());
    std::atomic<bool> settled = false;
    access.Settle([&] {
      settled = true;
      settled.notify_one();
    });
    settled.wait(false);
  }

  SessionFact Read() {
    const auto rows = opened.Read({}, kReadTruth);
    GUILDHALL_CHECK(rows.ok());
    const postgres::Row row = *rows->begin();
    return {row.Get<bool>(0), absl::Hours(1), row.Get<std::int64_t>(1)};
  }

  testing::TestDatabase database{{{"feeds", kMigrations}}};
  // Opened by the test's own thread, before others use it.
  postgres::Database& opened = *database;
  telemetry::Metrics metrics;
  AccessOwner access{database.settings(), metrics};
};

// A service that decides from what it knows.
struct Service {
  explicit Service(OwnerProcess& of) : owner(of) {}

  bool Lives() {
    access::Question question;
    question.caller.session = kSession;
    question.caller.member = MakeId<MemberId>(2);
    const auto answer = facts.AskAndWait(question, kNever);
    return answer.ok() && answer->subject.session_live;
  }
  bool Leased() {
    bool held = false;
    queue.Await([&] { held = facts.known_sessions().lease().Holds(); });
    return held;
  }

  OwnerProcess& owner;
  rpc::Queue queue;
  std::atomic<int> asked = 0;
  OwnStore<SessionId, SessionFact> sessions{
      [this](const std::vector<SessionId>& keys,
             Deadline) -> absl::StatusOr<std::vector<SessionFact>> {
        ++asked;
        return std::vector<SessionFact>(keys.size(), owner.Read());
      }};
  OwnStore<AccessKey, StandingFact> standings{
      [](const std::vector<AccessKey>& keys,
         Deadline) -> absl::StatusOr<std::vector<StandingFact>> {
        return std::vector<StandingFact>(keys.size(), {.affiliation = Affiliation::kEmployee});
      }};
  RemoteFacts facts{queue, sessions.AsRead(), standings.AsRead()};
  std::atomic<bool> cut = false;  // between the service and the owner
  std::optional<AccessWatch> watch{
      std::in_place,
      queue,
      "owner",
      [this](const AccessWatch::Request& request,
             const postgres::Context& context) -> absl::StatusOr<AccessWatch::Response> {
        if (cut) return absl::UnavailableError("cut");
        return WatchWithin(owner.access)(request, context);
      },
      facts.known_sessions(),
      owner.metrics};
};

TEST_CASE("what is known under a lease is not asked again") {
  OwnerProcess owner;
  Service service(owner);
  REQUIRE(Eventually([&] { return service.Leased(); }));
  CHECK(service.Lives());
  const int asked = service.asked;
  for (int i = 0; i < 10; ++i) CHECK(service.Lives());
  CHECK(service.asked == asked);
  owner.Set(false);
  CHECK(!service.Lives());
}

TEST_CASE("without its watch a service asks each time, and comes back by itself") {
  OwnerProcess owner;
  Service service(owner);
  REQUIRE(Eventually([&] { return service.Leased(); }));
  CHECK(service.Lives());
  service.cut = true;
  REQUIRE(Eventually([&] { return !service.Leased(); }));
  const int asked = service.asked;
  CHECK(service.Lives());
  CHECK(service.Lives());
  CHECK(service.asked == asked + 2);
  owner.Set(false);
  CHECK(!service.Lives());
  service.cut = false;
  CHECK(Eventually([&] { return service.Leased(); }));
}

TEST_CASE("a service that ends is not waited for") {
  OwnerProcess owner;
  Service service(owner);
  REQUIRE(Eventually([&] { return service.Leased(); }));
  service.watch.reset();
  CHECK(!service.Leased());
  CHECK(owner.database.Ask("SELECT count(*) FROM access_leases") == "0");
}

// Readers that never pause, in two services: nothing that begins after the revoking call has
// answered may see the session live, whatever was known.
void RevokeUnderReaders(int trials) {
  OwnerProcess owner;
  Service services[2]{Service(owner), Service(owner)};
  for (Service& service : services) REQUIRE(Eventually([&] { return service.Leased(); }));
  std::atomic<bool> ending = false;
  std::atomic<int> epoch = 0;  // odd from when a revocation has answered
  std::atomic<int> reads = 0, leaks = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&, i] {
      while (!ending) {
        const int began = epoch;
        if (services[i % 2].Lives() && began % 2 == 1 && epoch == began) ++leaks;
        ++reads;
      }
    });
  }
  for (int trial = 0; trial < trials; ++trial) {
    const int before = reads;
    while (reads < before + 20) std::this_thread::yield();  // it is known by now
    services[trial % 2].cut = trial % 50 == 10;             // a lease that runs out
    owner.Set(false);
    ++epoch;
    const int then = reads;
    while (reads < then + 20) std::this_thread::yield();
    ++epoch;
    services[trial % 2].cut = false;
    owner.Set(true);
  }
  ending = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(leaks == 0);
  CHECK(reads > trials * 40);
}

TEST_CASE("nothing that begins after a revocation has answered is decided from before it") {
  RevokeUnderReaders(30);
}

TEST_CASE("a thousand revocations under readers", "[.long]") { RevokeUnderReaders(1000); }

}  // namespace
}  // namespace guildhall::feeds
