#include "libs/postgres/session_options.h"

#include "absl/strings/str_cat.h"

namespace guildhall::postgres::internal {
namespace {

void AddMillis(std::string& options, const char* name, absl::Duration value) {
  absl::StrAppend(&options, " -c ", name, "=", absl::ToInt64Milliseconds(value));
}

}  // namespace

std::string SessionOptions(const PostgresSettings& settings, Purpose purpose) {
  // Compiling a plan costs more than any statement of ours gains.
  std::string options = "-c timezone=UTC -c jit=off";
  // Nor does a plan made anew for each call's parameters: a page of 30 rows took 2.7 times the CPU,
  // and tests of plans look at the one for all of them.
  options += " -c plan_cache_mode=force_generic_plan";
  // A session that we closed at a deadline stops working soon, even while it waits for a lock.
  AddMillis(options, "client_connection_check_interval", absl::Milliseconds(100));
  if (purpose == Purpose::kMigrate) return options;
  AddMillis(options, "lock_timeout", settings.lock_timeout);
  AddMillis(options, "statement_timeout", settings.statement_timeout);
  AddMillis(options, "idle_in_transaction_session_timeout", settings.idle_in_transaction_timeout);
  if (purpose == Purpose::kRead) options += " -c default_transaction_read_only=on";
  return options;
}

}  // namespace guildhall::postgres::internal
