#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "services/identity/api/administering.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/owner_proof.h"
#include "services/identity/api/writing.h"
#include "services/identity/domain/limits.h"
#include "services/identity/domain/password_reset.h"
#include "services/identity/store/endings_store.h"
#include "services/identity/store/one_time_secret_store.h"
#include "services/identity/store/password_reset_store.h"
#include "services/identity/store/reset_request_store.h"

namespace guildhall::identity {
namespace {

using Response = v1::IssuePasswordResetResponse;
constexpr SecretKind kKind = SecretKind::kPasswordReset;

// Holds the account, whose earlier resets end.
absl::StatusOr<Account> Begin(Identity& identity, const rpc::Call& call, postgres::Work& work,
                              const OwnerProof& proof, MemberId id, ResetWay way) {
  GUILDHALL_TRY(LockAdministratorsAs(call, work).status());
  GUILDHALL_TRY(proof.Check(work, call));
  GUILDHALL_ASSIGN(Account account, LockNamedAccount(work, id));
  GUILDHALL_TRY(CheckIssuingReset(account, way));
  GUILDHALL_TRY(End(work, account, EndingsOf(Cause::kPasswordResetIssued),
                    Moment(identity.settings.session_limits(), call.now()))
                    .status());
  return account;
}

// Leaves the secret to the worker who sends it.
absl::StatusOr<Response> Send(Identity& identity, const rpc::Call& call, postgres::Work& work,
                              const OwnerProof& proof, MemberId id) {
  GUILDHALL_ASSIGN(const Account account,
                   Begin(identity, call, work, proof, id, ResetWay::kLetter));
  InsertResetRequest(work, {.id = NewUuidV7(call.now(), identity.random),
                            .email = account.email,
                            .issuer = call.caller().member,
                            .create_time = call.now()});
  GUILDHALL_TRY(proof.Forgive(work, call));
  return Response();
}

absl::StatusOr<Response> HandOver(Identity& identity, const rpc::Call& call, postgres::Work& work,
                                  const OwnerProof& proof, const OneTimeSecret& reset,
                                  std::string_view secret) {
  GUILDHALL_ASSIGN(const Account account,
                   Begin(identity, call, work, proof, *reset.account, ResetWay::kHandOver));
  const std::string hash = *HashOfSecret(kKind, secret);
  InsertOneTimeSecret(work, reset, hash);
  InsertPasswordReset(work, hash, account.id, call.caller().member, reset.create_time);
  AppendAccountChange(work, change::v1::KIND_PASSWORD_RESET_ISSUED, account.id);
  GUILDHALL_TRY(proof.Forgive(work, call));
  return Response();
}

}  // namespace

absl::StatusOr<Response> IssuePasswordReset(Identity& identity, const rpc::Call& call,
                                            const v1::IssuePasswordResetRequest& request) {
  GUILDHALL_ASSIGN(const MemberId id, resources::ParseMember("member", request.member()));
  GUILDHALL_ASSIGN(const OwnerProof proof,
                   OwnerProof::Of(identity, call, request.current_password()));
  const idempotency::OnceKey key = call.OnceKey(request.request_id());
  if (!identity.settings.mail_folder.empty()) {
    return idempotency::Once<Response>(
        identity.database, call.context(), key,
        [&](postgres::Work& work) { return Send(identity, call, work, proof, id); });
  }
  const absl::Time now = call.now();
  const OneTimeSecret reset{
      .kind = kKind, .account = id, .create_time = now, .expire_time = now + kPasswordResetLife};
  const std::string secret = NewSecret(kKind, identity.random);
  GUILDHALL_ASSIGN(Response response,
                   idempotency::OnceSecret<Response>(
                       identity.database, call.context(), key, [&](postgres::Work& work) {
                         return HandOver(identity, call, work, proof, reset, secret);
                       }));
  response.set_secret(secret);
  *response.mutable_expire_time() = ToProto(reset.expire_time);
  return response;
}

}  // namespace guildhall::identity
