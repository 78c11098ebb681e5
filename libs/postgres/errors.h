#pragma once

#include <libpq-fe.h>

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace guildhall::postgres {

// How PostgreSQL's troubles become statuses (reasons of guildhall.policy.v1):
//   ABORTED BUSY                        a lock timeout, a deadlock, a serialization failure
//   DEADLINE_EXCEEDED DEADLINE_PASSED   the call's deadline or the server's net below it
//   UNAVAILABLE DEPENDENCY_AWAY         no connection, a shutdown, a full disk, no memory
//   INVALID_ARGUMENT FIELD_INVALID      text that the database cannot hold (U+0000)
//   INTERNAL INTERNAL                   anything else, broken constraints included: whoever can
//                                       break one looks at ViolatedConstraint and says its reason
// The message names the statement and the SQLSTATE, never data. What the server said, which may
// quote data, is a payload of the status: logs show it, callers do not get it.

// The name of the unique, check, foreign key or exclusion constraint that the statement broke, or
// the column's name for NOT NULL.
std::optional<std::string> ViolatedConstraint(const absl::Status& status);

// Whether a write failed in such a way that it may have been committed all the same. Settle it by
// running the unit again: its claim finds the stored answer (libs/idempotency does).
bool CommitUnknown(const absl::Status& status);

// For this library's own files.
namespace internal {

// The status for an error that the server sent in answer to `statement`.
absl::Status ErrorOf(const PGresult* result, std::string_view statement);

// Whether the server said that the statement failed and had no effect, in so many words: not a
// broken connection, nor a server that goes down while it works.
bool IsDefinite(const PGresult* result);

// Whether a connection that got this error is of no more use, though it is open: plans that a
// migration has outdated, a server that became read-only.
bool OutdatesConnection(const PGresult* result);

absl::Status Away(std::string_view what_libpq_says);
absl::Status DeadlinePassed();
absl::Status WithCommitUnknown(absl::Status status);

}  // namespace internal
}  // namespace guildhall::postgres
