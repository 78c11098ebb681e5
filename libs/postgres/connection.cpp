#include "libs/postgres/connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/base/clock.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "libs/postgres/errors.h"
#include "libs/postgres/session_options.h"
#include "libs/postgres/trace_comment.h"
#include "libs/postgres/wait.h"

namespace guildhall::postgres::internal {
namespace {

// More than any statement of ours takes; lists travel as arrays.
constexpr std::size_t kMaxParams = 64;

constexpr auto kAllBinary = [] {
  std::array<int, kMaxParams> formats{};
  formats.fill(1);
  return formats;
}();
constexpr int kBinaryAnswer = 1;

int CountOf(const ParamList& params) {
  GUILDHALL_CHECK(params.types.size() <= kMaxParams);
  return static_cast<int>(params.types.size());
}

// Tells lists of types apart (FNV-1a).
std::uint64_t Fingerprint(std::span<const Oid> types) {
  std::uint64_t hash = 14695981039346656037U;
  for (const Oid type : types) hash = (hash ^ type) * 1099511628211U;
  return hash;
}

void Ignore(void*, const PGresult*) {}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const PostgresSettings& settings,
                                                             Purpose purpose, Meters& meters,
                                                             const Context& context) {
  const std::string options = SessionOptions(settings, purpose);
  const std::string& password = settings.password.Reveal();
  // libpq skips what is null; of two values the later one counts.
  const char* const keys[] = {
      "dbname", "fallback_application_name", "client_encoding", "options", "password", nullptr};
  const char* const values[] = {settings.conninfo.c_str(),
                                settings.application_name.c_str(),
                                "UTF8",
                                options.c_str(),
                                password.empty() ? nullptr : password.c_str(),
                                nullptr};
  constexpr int kExpandDbname = 1;
  std::unique_ptr<Connection> connection(
      new Connection(PQconnectStartParams(keys, values, kExpandDbname), meters));
  GUILDHALL_CHECK(connection->conn_ != nullptr);
  Context greeting = context;
  greeting.deadline = context.deadline.AtMost(settings.connect_timeout);
  absl::Status status = connection->Connect(greeting);
  if (absl::IsDeadlineExceeded(status) && !context.deadline.Passed()) {
    status = Away("no greeting within connect_timeout");
  }
  GUILDHALL_TRY(status);
  connection->EnterPipeline();
  connection->heard_ = SystemClock().Monotonic();
  meters.Opened();
  return connection;
}

Connection::~Connection() { PQfinish(conn_); }

absl::Status Connection::Connect(const Context& context) {
  PQsetNoticeReceiver(conn_, Ignore, nullptr);
  PostgresPollingStatusType next = PGRES_POLLING_WRITING;
  while (PQstatus(conn_) != CONNECTION_BAD && next != PGRES_POLLING_FAILED) {
    if (next == PGRES_POLLING_OK) return absl::OkStatus();
    GUILDHALL_TRY(
        Await(PQsocket(conn_), next == PGRES_POLLING_READING ? POLLIN : POLLOUT, context));
    next = PQconnectPoll(conn_);
  }
  return Away(PQerrorMessage(conn_));
}

void Connection::EnterPipeline() {
  if (PQsetnonblocking(conn_, 1) != 0 || PQenterPipelineMode(conn_) != 1) Break();
}

void Connection::Queue(const Statement& statement, const ParamList& params,
                       const Context& context) {
  if (!usable_) return;
  if (sent_.empty()) ForgetOldPlans();
  const int count = CountOf(params);
  bool queued;
  if (const std::string comment = TraceComment(context.traceparent); !comment.empty()) {
    queued = PQsendQueryParams(conn_, absl::StrCat(comment, statement.text).c_str(), count,
                               params.types.data(), params.values, params.lengths,
                               kAllBinary.data(), kBinaryAnswer) == 1;
  } else {
    const std::string name = Prepare(statement, params);
    queued =
        !name.empty() && PQsendQueryPrepared(conn_, name.c_str(), count, params.values,
                                             params.lengths, kAllBinary.data(), kBinaryAnswer) == 1;
  }
  sent_.push_back({.statement = statement.name, .is_asked = true});
  if (!queued) Break();
}

void Connection::ForgetOldPlans() {
  const absl::Duration now = SystemClock().Monotonic();
  if (prepared_.empty()) plans_since_ = now;
  // A transaction that failed takes nothing but its end.
  if (prepared_.empty() || now - plans_since_ < plan_age_ || InTransaction()) return;
  plans_since_ = now;
  sent_.push_back({.statement = "discard_plans"});
  if (PQsendQueryParams(conn_, "DISCARD PLANS", 0, nullptr, nullptr, nullptr, nullptr,
                        kBinaryAnswer) != 1) {
    Break();
  }
}

std::string Connection::Prepare(const Statement& statement, const ParamList& params) {
  const PreparedKey key = {statement.text, Fingerprint(params.types)};
  const auto [found, is_new] = prepared_.try_emplace(key);
  if (!is_new) return found->second;
  found->second = absl::StrCat(statement.name, "_", ++names_given_);
  sent_.push_back({.statement = statement.name, .prepares = key});
  if (PQsendPrepare(conn_, found->second.c_str(), statement.text, CountOf(params),
                    params.types.data()) != 1) {
    return {};
  }
  return found->second;
}

Connection::Outcome Connection::Exchange(const Context& context, std::vector<Rows>* all) {
  Outcome outcome;
  const absl::Duration start = SystemClock().Monotonic();
  if (usable_ && PQpipelineSync(conn_) != 1) Break();
  if (usable_) {
    ReadAnswers(context, outcome, all);
  } else {
    outcome.status = Away(PQerrorMessage(conn_));
  }
  if (!outcome.finished) Break();
  const absl::Duration end = SystemClock().Monotonic();
  if (outcome.finished) heard_ = end;
  if (absl::IsDeadlineExceeded(outcome.status) && !outcome.finished) in_vain_since_ = start;
  if (meters_.on()) Measure(end - start);
  sent_.clear();
  return outcome;
}

void Connection::Measure(absl::Duration round_trip) {
  if (sent_.empty()) return;
  telemetry::Histogram*& histogram = round_trips_[sent_.back().statement];
  if (histogram == nullptr) histogram = &meters_.RoundTripOf(sent_.back().statement);
  histogram->Observe(absl::ToDoubleSeconds(round_trip));
}

// The order of libpq's results: for each queued command its result, then null; after an error
// "aborted" for each command skipped; for the Sync its own result, which an error during the
// implicit commit precedes. Anything else means that both sides are out of step.
void Connection::ReadAnswers(const Context& context, Outcome& outcome, std::vector<Rows>* all) {
  std::size_t at = 0;
  bool answered = false;
  while (true) {
    if (absl::Status status = AwaitAnswer(context); !status.ok()) {
      if (outcome.status.ok()) outcome.status = std::move(status);
      return;
    }
    Rows result(PQgetResult(conn_));
    const PGresult* raw = result.get();
    if (raw == nullptr) {
      if (!std::exchange(answered, false)) break;
      if (at < sent_.size()) ++at;
      continue;
    }
    if (PQresultStatus(raw) == PGRES_PIPELINE_SYNC) {
      if (at != sent_.size()) break;
      outcome.finished = true;
      return;
    }
    answered = true;
    Note(raw, at, outcome);
    if (!outcome.status.ok()) continue;
    if (all != nullptr) {
      if (at < sent_.size() && sent_[at].is_asked) all->push_back(std::move(result));
    } else if (at + 1 == sent_.size()) {
      outcome.last = std::move(result);
    }
  }
  if (outcome.status.ok()) outcome.status = Away("the connection is out of step");
}

void Connection::Note(const PGresult* result, std::size_t at, Outcome& outcome) {
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
  if (at < sent_.size() && sent_[at].prepares) prepared_.erase(*sent_[at].prepares);
  if (status == PGRES_PIPELINE_ABORTED || !outcome.status.ok()) return;
  outcome.status = ErrorOf(result, at < sent_.size() ? sent_[at].statement : "commit");
  outcome.definite = IsDefinite(result);
  if (OutdatesConnection(result)) Break();
}

absl::Status Connection::AwaitAnswer(const Context& context) {
  bool open = true;
  while (PQisBusy(conn_) == 1) {
    if (!open) return Away(PQerrorMessage(conn_));
    const int unsent = PQflush(conn_);
    if (unsent >= 0) {
      const short events = unsent > 0 ? POLLIN | POLLOUT : POLLIN;
      GUILDHALL_TRY(Await(PQsocket(conn_), events, context));
    }
    // What arrived before the connection broke is still worth reading: it may be a commit's OK.
    open = PQconsumeInput(conn_) == 1 && unsent >= 0;
  }
  return absl::OkStatus();
}

absl::Status Connection::RunScript(const std::string& script, std::string_view name,
                                   const Context& context) {
  GUILDHALL_CHECK(sent_.empty());
  if (!usable_ || PQexitPipelineMode(conn_) != 1 || PQsendQuery(conn_, script.c_str()) != 1) {
    Break();
    return Away(PQerrorMessage(conn_));
  }
  absl::Status status;
  while (true) {
    if (absl::Status waited = AwaitAnswer(context); !waited.ok()) {
      Break();
      return waited;
    }
    const Rows result(PQgetResult(conn_));
    if (result.get() == nullptr) break;
    const ExecStatusType code = PQresultStatus(result.get());
    if (code == PGRES_COMMAND_OK || code == PGRES_TUPLES_OK || code == PGRES_EMPTY_QUERY) continue;
    if (status.ok()) status = ErrorOf(result.get(), name);
    if (code != PGRES_FATAL_ERROR) {
      // COPY, which a script has no use for, would wait for data for ever.
      Break();
      break;
    }
  }
  if (usable_) EnterPipeline();
  return status;
}

absl::Status Connection::AwaitNotification(Deadline deadline, int wake) {
  bool notified = false;
  // Some may have arrived with the answer to a statement.
  while (PGnotify* notification = PQnotifies(conn_)) {
    notified = true;
    PQfreemem(notification);
  }
  if (notified) return absl::OkStatus();
  pollfd ends[2] = {{.fd = PQsocket(conn_), .events = POLLIN, .revents = 0},
                    {.fd = wake, .events = POLLIN, .revents = 0}};
  const timespec wait = absl::ToTimespec(deadline.AtMost(absl::Hours(1)).Remaining());
  ppoll(ends, 2, &wait, nullptr);
  if (ends[0].revents == 0) return absl::OkStatus();
  if (PQconsumeInput(conn_) == 1) {
    while (PGnotify* notification = PQnotifies(conn_)) PQfreemem(notification);
    return absl::OkStatus();
  }
  Break();
  return Away(PQerrorMessage(conn_));
}

bool Connection::InTransaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(conn_);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool Connection::Reusable() const {
  return usable_ && sent_.empty() && PQstatus(conn_) == CONNECTION_OK &&
         PQtransactionStatus(conn_) == PQTRANS_IDLE;
}

bool Connection::IsQuiet() const {
  char byte;
  return recv(PQsocket(conn_), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
         (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace guildhall::postgres::internal
