#include "services/identity/store/reset_request_store.h"

#include "identity/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::identity {

void InsertResetRequest(postgres::Work& work, const Uuid& id, const ResetRequest& request,
                        absl::Time now) {
  work.Defer(sql::kInsertResetRequest, id, request.email, now, request.issuer);
}

absl::StatusOr<std::optional<ResetRequest>> TakeResetRequest(postgres::Work& work) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kTakeResetRequest));
  if (rows.empty()) return std::nullopt;
  return ResetRequest{rows[0].Get<std::string>(0), rows[0].Get<std::optional<MemberId>>(1)};
}

}  // namespace guildhall::identity
