#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/postgres/context.h"
#include "libs/postgres/meters.h"
#include "libs/postgres/params.h"
#include "libs/postgres/rows.h"
#include "libs/postgres/settings.h"
#include "libs/postgres/statement.h"

namespace guildhall::postgres::internal {

// What a connection is for; the server is told at the start of the session.
enum class Purpose {
  kRead,     // read-only: a write by mistake fails, so a read is always safe to repeat
  kWrite,    // lock_timeout, statement_timeout and the net for idle transactions
  kMigrate,  // no limits but the deadline
};

// One session with the server, always in libpq's pipeline mode: statements are queued, then one
// round trip sends them all with a Sync and reads every answer up to the Sync's. The server skips
// what follows an error up to the Sync, so a round trip has one error at most.
//
// Whatever leaves an answer unread (deadline, cancellation, a broken socket) ends the session: the
// server sees the closed socket within 100 ms and stops working. It is never used again.
class Connection {
 public:
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const PostgresSettings& settings,
                                                          Purpose purpose, Meters& meters,
                                                          const Context& context);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // How long the plans of prepared statements stay. The one plan of a statement is made for its
  // tables as they are then: what was empty is read whole, which among 20,000 rows touches 385
  // buffers for a look-up's 6. The server makes another only after the next ANALYZE, a minute or
  // more later. Planning all 164 statements of discussions takes 31 ms (measured).
  static constexpr absl::Duration kPlanAge = absl::Seconds(5);
  // For tests: as if plans got old sooner or never.
  void set_plan_age(absl::Duration age) { plan_age_ = age; }

  // Queues a statement for the next round trip; it is prepared on its first use. In a sampled trace
  // it goes unprepared, with the trace in a comment in front.
  void Queue(const Statement& statement, const ParamList& params, const Context& context);

  struct Outcome {
    absl::Status status;    // the first error, or OK
    Rows last;              // the answer to the statement queued last
    bool finished = false;  // the whole answer was read, the Sync's included
    bool definite = false;  // the error is the server's word that nothing of it took effect
  };
  // Sends what is queued and waits for the whole answer. `all`, when given, gets the answers to all
  // statements, in their order.
  Outcome Exchange(const Context& context, std::vector<Rows>* all = nullptr);

  // Runs a script of any number of statements as one transaction of its own, outside the pipeline.
  absl::Status RunScript(const std::string& script, std::string_view name, const Context& context);

  // Waits until a notification has arrived since the last call, `wake` is readable or the deadline
  // passes. Only between round trips. Fails with DEPENDENCY_AWAY when the connection broke.
  absl::Status AwaitNotification(Deadline deadline, int wake);

  // Whether the server has a transaction open here, failed ones included.
  bool InTransaction() const;
  // Whether it may serve somebody else: nothing queued, unread, open or doubtful.
  bool Reusable() const;
  // Whether it is still open after a rest: nothing may have arrived meanwhile. One system call.
  bool IsQuiet() const;

  // When the server was heard last, on the monotonic clock.
  absl::Duration heard() const { return heard_; }
  // Since when an answer was waited for that did not come in time; nothing when none failed so.
  std::optional<absl::Duration> in_vain_since() const { return in_vain_since_; }

 private:
  // A statement as the server knows it: the address of its text, and its parameters' types.
  using PreparedKey = std::pair<const char*, std::uint64_t>;
  struct Sent {
    const char* statement;
    std::optional<PreparedKey> prepares;
    bool is_asked = false;  // by the caller, who gets the answer
  };

  Connection(PGconn* owned, Meters& meters) : conn_(owned), meters_(meters) {}
  absl::Status Connect(const Context& context);
  void EnterPipeline();
  // Has the server forget its plans, with the next round trip, when they are too old.
  void ForgetOldPlans();
  // The name that the server knows the statement by, empty when it cannot be told it.
  std::string Prepare(const Statement& statement, const ParamList& params);
  void ReadAnswers(const Context& context, Outcome& outcome, std::vector<Rows>* all);
  void Note(const PGresult* result, std::size_t at, Outcome& outcome);
  absl::Status AwaitAnswer(const Context& context);
  void Measure(absl::Duration round_trip);
  void Break() { usable_ = false; }

  PGconn* const conn_;
  Meters& meters_;
  bool usable_ = true;
  absl::Duration heard_;
  std::optional<absl::Duration> in_vain_since_;
  std::vector<Sent> sent_;
  absl::flat_hash_map<PreparedKey, std::string> prepared_;
  int names_given_ = 0;
  absl::Duration plan_age_ = kPlanAge;
  absl::Duration plans_since_ = absl::ZeroDuration();  // when plans were forgotten last
  absl::flat_hash_map<const char*, telemetry::Histogram*> round_trips_;  // by statement's name
};

}  // namespace guildhall::postgres::internal
