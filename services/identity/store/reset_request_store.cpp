#include "services/identity/store/reset_request_store.h"

#include "identity/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::identity {

void InsertResetRequest(postgres::Work& work, const Uuid& id, std::string_view email,
                        absl::Time now) {
  work.Defer(sql::kInsertResetRequest, id, email, now);
}

absl::StatusOr<std::optional<std::string>> TakeResetRequest(postgres::Work& work) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kTakeResetRequest));
  if (rows.empty()) return std::nullopt;
  return rows[0].Get<std::string>(0);
}

}  // namespace guildhall::identity
