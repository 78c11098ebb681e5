#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/wire.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/account_store.h"

namespace guildhall::identity {

absl::StatusOr<v1::ListSuspendedAccountsResponse> ListSuspendedAccounts(
    Identity& identity, const rpc::Call& call, const v1::ListSuspendedAccountsRequest& request) {
  MemberId after;
  if (!request.after_id().empty()) {
    const std::optional<Uuid> id = feeds::UuidFromBytes(request.after_id());
    if (!id) return WrongField("after_id", "is of 16 bytes");
    after = MemberId(*id);
  }
  GUILDHALL_ASSIGN(
      const std::vector<MemberId> ids,
      FindSuspendedAccounts(identity.database, call.context(), after, kSuspendedAccountsAPage));
  v1::ListSuspendedAccountsResponse response;
  for (const MemberId id : ids) response.add_account_ids(feeds::BytesOf(id.uuid()));
  return response;
}

}  // namespace guildhall::identity
