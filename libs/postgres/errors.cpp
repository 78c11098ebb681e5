#include "libs/postgres/errors.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"

namespace guildhall::postgres {
namespace {

namespace reasons = policy::reasons;

constexpr char kServerSays[] = "guildhall/postgres/server-says";
constexpr char kConstraint[] = "guildhall/postgres/constraint";
constexpr char kCommitUnknown[] = "guildhall/postgres/commit-unknown";

std::string_view Field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string_view() : text;
}

bool IsClass(std::string_view sqlstate, std::string_view prefix) {
  return sqlstate.substr(0, 2) == prefix;
}

// SQLSTATEs are in appendix A of PostgreSQL's manual.
const Reason& ReasonOf(std::string_view sqlstate) {
  if (sqlstate == "55P03" || sqlstate == "40P01" || sqlstate == "40001") return reasons::kBusy;
  if (sqlstate == "57014" || sqlstate == "25P03") return reasons::kDeadlinePassed;
  if (sqlstate == "22021" || sqlstate == "22P05") return reasons::kFieldInvalid;
  // An empty one is libpq's own: the connection broke.
  if (sqlstate.empty() || sqlstate == "25006" || IsClass(sqlstate, "08") ||
      IsClass(sqlstate, "53") || IsClass(sqlstate, "57") || IsClass(sqlstate, "58")) {
    return reasons::kDependencyAway;
  }
  return reasons::kInternal;
}

// Whether a migration changed what a prepared statement returns. The SQLSTATE alone would take
// every statement in for it that asks for what PostgreSQL does not have.
bool HasOutdatedPlan(const PGresult* result) {
  return Field(result, PG_DIAG_SQLSTATE) == "0A000" &&
         Field(result, PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery";
}

}  // namespace

std::optional<std::string> ViolatedConstraint(const absl::Status& status) {
  const auto payload = status.GetPayload(kConstraint);
  if (!payload) return std::nullopt;
  return std::string(*payload);
}

bool CommitUnknown(const absl::Status& status) {
  return status.GetPayload(kCommitUnknown).has_value();
}

namespace internal {

absl::Status ErrorOf(const PGresult* result, std::string_view statement) {
  const std::string_view sqlstate = Field(result, PG_DIAG_SQLSTATE);
  // The next connection prepares it anew.
  const Reason& reason = HasOutdatedPlan(result) ? reasons::kBusy : ReasonOf(sqlstate);
  absl::Status status = Refusal(
      reason, absl::StrCat("The database refused the statement ", Absl(statement), " (SQLSTATE ",
                           sqlstate.empty() ? "none" : Absl(sqlstate), ")."));
  std::string_view says = Field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (says.empty()) says = PQresultErrorMessage(result);
  status.SetPayload(kServerSays, absl::Cord(Absl(says)));
  if (IsClass(sqlstate, "23")) {
    const std::string_view constraint = Field(result, PG_DIAG_CONSTRAINT_NAME);
    status.SetPayload(
        kConstraint,
        absl::Cord(Absl(constraint.empty() ? Field(result, PG_DIAG_COLUMN_NAME) : constraint)));
  }
  return status;
}

bool IsDefinite(const PGresult* result) {
  return Field(result, PG_DIAG_SEVERITY_NONLOCALIZED) == "ERROR";
}

bool OutdatesConnection(const PGresult* result) {
  const std::string_view sqlstate = Field(result, PG_DIAG_SQLSTATE);
  return HasOutdatedPlan(result) || sqlstate == "26000" || sqlstate == "25006" ||
         IsClass(sqlstate, "XX");
}

absl::Status Away(std::string_view what_libpq_says) {
  absl::Status status = Refusal(reasons::kDependencyAway, "The database is away.");
  status.SetPayload(kServerSays, absl::Cord(Absl(what_libpq_says)));
  return status;
}

absl::Status DeadlinePassed() {
  return Refusal(reasons::kDeadlinePassed, "The deadline passed while waiting for the database.");
}

absl::Status WithCommitUnknown(absl::Status status) {
  status.SetPayload(kCommitUnknown, absl::Cord("1"));
  return status;
}

}  // namespace internal
}  // namespace guildhall::postgres
