#include "libs/postgres/work.h"

#include <utility>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/postgres/connection.h"
#include "libs/postgres/errors.h"
#include "libs/postgres/wait.h"

namespace guildhall::postgres {
namespace {

constexpr Statement kBegin{"begin", "BEGIN"};
constexpr Statement kCommit{"commit", "COMMIT"};
constexpr Statement kRollback{"rollback", "ROLLBACK"};

// A healthy server rolls back in much less. It is granted after the deadline, too: the alternative
// is a new connection.
constexpr absl::Duration kRollbackGrace = absl::Milliseconds(50);

}  // namespace

void Work::BeginOnce() {
  if (!std::exchange(begun_, true)) connection_.Queue(kBegin, {}, context_);
}

absl::StatusOr<Rows> Work::RunList(const Statement& statement, const ParamList& params) {
  if (status_.ok()) status_ = internal::CheckAwaited(context_);
  if (!status_.ok()) return status_;
  BeginOnce();
  connection_.Queue(statement, params, context_);
  internal::Connection::Outcome outcome = connection_.Exchange(context_);
  status_ = outcome.status;
  if (!status_.ok()) return status_;
  return std::move(outcome.last);
}

void Work::DeferList(const Statement& statement, const ParamList& params) {
  if (!status_.ok()) return;
  BeginOnce();
  connection_.Queue(statement, params, context_);
}

absl::Status Work::Commit() {
  if (status_.ok() && begun_) status_ = internal::CheckAwaited(context_);
  if (!status_.ok() || !begun_) return status_;
  // Once COMMIT is on its way only its answer tells what happened: the client's hanging up no
  // longer counts, the deadline does.
  Context committing = context_;
  committing.cancellation = nullptr;
  connection_.Queue(kCommit, {}, committing);
  internal::Connection::Outcome outcome = connection_.Exchange(committing);
  if (outcome.last.tag() == kCommit.text) return absl::OkStatus();
  if (outcome.status.ok()) {
    status_ = Refusal(policy::reasons::kInternal, "A statement ended the transaction.");
    return status_;
  }
  status_ = outcome.definite ? std::move(outcome.status)
                             : internal::WithCommitUnknown(std::move(outcome.status));
  return status_;
}

void Work::Rollback() {
  if (!begun_) return;
  Context undoing = context_;
  undoing.cancellation = nullptr;
  undoing.deadline = Deadline::After(kRollbackGrace);
  // What was deferred and not sent goes along and may fail, which skips the ROLLBACK behind it. A
  // connection that is broken does nothing here; it is thrown away, and the server rolls back when
  // it sees that.
  for (int i = 0; i < 2 && !connection_.Reusable(); ++i) {
    connection_.Queue(kRollback, {}, undoing);
    connection_.Exchange(undoing);
  }
}

}  // namespace guildhall::postgres
