#include "guildhall/change/v1/change.pb.h"
#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "services/identity/api/administering.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/one_time_secret_store.h"

namespace guildhall::identity {
namespace {

constexpr SecretKind kKind = SecretKind::kPasswordReset;

absl::Status Issue(const rpc::Call& call, postgres::Work& work, const OneTimeSecret& reset,
                   std::string_view secret) {
  GUILDHALL_TRY(LockAdministratorsAs(call, work).status());
  GUILDHALL_ASSIGN(const Account account, LockNamedAccount(work, *reset.account));
  if (account.suspend_time) {
    return Refusal(reasons::kAccountSuspended, "The account is suspended.");
  }
  DeleteOneTimeSecrets(work, kKind, account.id);
  InsertOneTimeSecret(work, reset, *HashOfSecret(kKind, secret));
  AppendAccountChange(work, change::v1::KIND_PASSWORD_RESET_ISSUED, account.id);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::IssuePasswordResetResponse> IssuePasswordReset(
    Identity& identity, const rpc::Call& call, const v1::IssuePasswordResetRequest& request) {
  using Response = v1::IssuePasswordResetResponse;
  GUILDHALL_ASSIGN(const MemberId id, resources::ParseMember("member", request.member()));
  const absl::Time now = call.now();
  const OneTimeSecret reset{
      .kind = kKind, .account = id, .create_time = now, .expire_time = now + kPasswordResetLife};
  const std::string secret = NewSecret(kKind, identity.random);
  GUILDHALL_ASSIGN(Response response,
                   idempotency::OnceSecret<Response>(
                       identity.database, call.context(), call.OnceKey(request.request_id()),
                       [&](postgres::Work& work) -> absl::StatusOr<Response> {
                         GUILDHALL_TRY(Issue(call, work, reset, secret));
                         return Response();
                       }));
  response.set_secret(secret);
  *response.mutable_expire_time() = ToProto(reset.expire_time);
  return response;
}

}  // namespace guildhall::identity
