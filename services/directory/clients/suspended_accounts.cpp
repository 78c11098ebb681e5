#include "services/directory/clients/suspended_accounts.h"

#include "guildhall/identity/v1/internal_identity_service.pb.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/wire.h"

namespace guildhall::directory {
namespace {

using Request = identity::v1::ListSuspendedAccountsRequest;
using Response = identity::v1::ListSuspendedAccountsResponse;

constexpr char kListSuspendedAccounts[] =
    "guildhall.identity.v1.InternalIdentityService/ListSuspendedAccounts";

absl::StatusOr<std::vector<MemberId>> ReadAll(rpc::Client& identity,
                                              const postgres::Context& context) {
  std::vector<MemberId> ids;
  // A page that is not full might be a shorter one of another version: only an empty one is the
  // end.
  for (Request request;;) {
    GUILDHALL_ASSIGN(const Response page,
                     identity.Call<Response>(kListSuspendedAccounts, request, context));
    if (page.account_ids().empty()) return ids;
    for (const std::string& bytes : page.account_ids()) {
      const std::optional<Uuid> id = feeds::UuidFromBytes(bytes);
      if (!id) return absl::InternalError("an account whose id is not of 16 bytes");
      ids.push_back(MemberId(*id));
    }
    request.set_after_id(page.account_ids().rbegin()->data(), page.account_ids().rbegin()->size());
  }
}

}  // namespace

ReadSuspendedAccounts SuspendedAccountsOf(rpc::Client& identity) {
  return [&identity](const postgres::Context& context) { return ReadAll(identity, context); };
}

}  // namespace guildhall::directory
