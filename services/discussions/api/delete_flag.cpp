#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/flag_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::DeleteFlagResponse> DeleteFlag(Discussions& discussions, const rpc::Call& call,
                                                  const v1::DeleteFlagRequest& request) {
  GUILDHALL_ASSIGN(const resources::PostRef post, PostById("post", request.post()));
  GUILDHALL_TRY(discussions.database.Transact(call.context(), [&](postgres::Work& work) {
    return WithdrawFlag(work, call.grant(), post);
  }));
  return v1::DeleteFlagResponse();
}

}  // namespace guildhall::discussions
