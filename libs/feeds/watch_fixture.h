#pragma once

#include <array>
#include <atomic>
#include <future>
#include <optional>
#include <vector>

#include "feeds/migrations.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/access_changes.h"
#include "libs/feeds/access_owner.h"
#include "libs/feeds/access_watch.h"
#include "libs/feeds/own_store.h"
#include "libs/feeds/remote_facts.h"
#include "libs/testing/fault_gate.h"
#include "libs/testing/test_database.h"

namespace guildhall::feeds {

// For tests of both halves of the access watch together: two processes of an owner, and services
// that decide from what they know.

constexpr postgres::Statement kReadTruth = {
    "read_truth", "SELECT live, (SELECT revision FROM access_head) FROM truth"};
constexpr postgres::Statement kSetTruth = {"set_truth", "UPDATE truth SET live = $1"};

template <typename Id>
Id IdOf(std::uint8_t n) {
  Uuid uuid;
  uuid.bytes.fill(n);
  return Id(uuid);
}

// A clock whose wall time is what somebody has set it to.
class SetClock final : public Clock {
 public:
  absl::Time Now() const override {
    return SystemClock().Now() + absl::Seconds(ahead_seconds.load());
  }
  absl::Duration Monotonic() const override { return SystemClock().Monotonic(); }

  std::atomic<std::int64_t> ahead_seconds = 0;
};

// The owner of one fact, whether a session lives: its truth is in its database. The first of its
// two processes reaches that through a gate.
struct OwnerOfTruth {
  OwnerOfTruth() {
    database.Run("CREATE TABLE truth (live boolean NOT NULL); INSERT INTO truth VALUES (true)");
  }

  void Commit(bool live) {
    const auto stored = opened.Transact({}, [&](postgres::Work& work) -> absl::Status {
      work.Defer(kSetTruth, live);
      NoteAccessChange(work, AccessChange::Of(IdOf<SessionId>(1)));
      return absl::OkStatus();
    });
    GUILDHALL_CHECK(stored.ok());
  }
  std::future<void> Settle(int process) {
    auto settled = std::make_shared<std::promise<void>>();
    access[process].Settle([settled] { settled->set_value(); });
    return settled->get_future();
  }
  // Commits and waits as a handler's answer would.
  void Set(bool live, int process = 1) {
    Commit(live);
    Settle(process).wait();
  }

  absl::StatusOr<SessionFact> Read() {
    if (away) return absl::UnavailableError("away");
    const auto rows = opened.Read({}, kReadTruth);
    GUILDHALL_CHECK(rows.ok());
    const postgres::Row row = *rows->begin();
    return SessionFact{row.Get<bool>(0), absl::Hours(1), row.Get<std::int64_t>(1)};
  }

  std::atomic<bool> away = false;
  testing::TestDatabase database{{{"feeds", kMigrations}}};
  // Opened by the test's own thread, before others use it.
  postgres::Database& opened = *database;
  testing::FaultGate gate{database.server().folder()};
  SetClock clock;
  telemetry::Metrics metrics;
  std::array<AccessOwner, 2> access{AccessOwner(gate.Through(database.settings()), metrics, clock),
                                    AccessOwner(database.settings(), metrics, clock)};
};

// A service that decides from what it knows.
struct Service {
  explicit Service(OwnerOfTruth& of) : owner(of) {}

  bool Lives() {
    access::Question question;
    question.caller.session = IdOf<SessionId>(1);
    question.caller.member = IdOf<MemberId>(2);
    const auto answer = facts.AskAndWait(question, Deadline());
    return answer.ok() && answer->subject.session_live;
  }
  bool Leased() {
    bool held = false;
    queue.Await([&] { held = facts.known_sessions().lease().Holds(); });
    return held;
  }
  // Asks one process of the owner, and after a failure the other one.
  absl::StatusOr<AccessWatch::Response> Ask(const AccessWatch::Request& request,
                                            const postgres::Context& context) {
    if (cut || owner.away) return absl::UnavailableError("cut");
    auto response = WatchWithin(owner.access[process])(request, context);
    if (!response.ok()) process = 1 - process;
    return response;
  }

  OwnerOfTruth& owner;
  rpc::Queue queue;
  std::atomic<int> asked = 0;
  std::atomic<bool> cut = false;  // between the service and the owner
  int process = 0;                // of the watch's thread
  OwnStore<SessionId, SessionFact> sessions{
      [this](const std::vector<SessionId>& keys,
             Deadline) -> absl::StatusOr<std::vector<SessionFact>> {
        ++asked;
        GUILDHALL_ASSIGN(const SessionFact fact, owner.Read());
        return std::vector<SessionFact>(keys.size(), fact);
      }};
  OwnStore<AccessKey, StandingFact> standings{
      [](const std::vector<AccessKey>& keys,
         Deadline) -> absl::StatusOr<std::vector<StandingFact>> {
        return std::vector<StandingFact>(keys.size(), {.affiliation = Affiliation::kEmployee});
      }};
  RemoteFacts facts{queue, sessions.AsRead(), standings.AsRead(), owner.clock};
  std::optional<AccessWatch> watch{
      std::in_place,
      queue,
      "owner",
      [this](const AccessWatch::Request& request, const postgres::Context& context) {
        return Ask(request, context);
      },
      facts.known_sessions(),
      owner.metrics};
};

}  // namespace guildhall::feeds
