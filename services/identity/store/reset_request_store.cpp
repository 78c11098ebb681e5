#include "services/identity/store/reset_request_store.h"

#include "identity/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::identity {

void InsertResetRequest(postgres::Work& work, const ResetRequest& request) {
  work.Defer(sql::kInsertResetRequest, request.id, request.email, request.create_time,
             request.issuer);
}

absl::StatusOr<std::optional<ResetRequest>> ClaimResetRequest(postgres::Database& database,
                                                              const postgres::Context& context,
                                                              absl::Time now, absl::Time until) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kClaimResetRequest, now, until));
  if (rows.empty()) return std::nullopt;
  return ResetRequest{.id = rows[0].Get<Uuid>(0),
                      .email = rows[0].Get<std::string>(1),
                      .issuer = rows[0].Get<std::optional<MemberId>>(2),
                      .create_time = rows[0].Get<absl::Time>(3)};
}

absl::StatusOr<bool> DeleteResetRequest(postgres::Work& work, const Uuid& id) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kDeleteResetRequest, id));
  return rows.affected() > 0;
}

}  // namespace guildhall::identity
