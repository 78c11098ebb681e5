#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "services/identity/api/administering.h"
#include "services/identity/api/changing_email.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/owner_proof.h"
#include "services/identity/api/writing.h"
#include "services/identity/domain/email.h"
#include "services/identity/domain/email_change.h"
#include "services/identity/store/endings_store.h"

namespace guildhall::identity {
namespace {

absl::StatusOr<v1::Account> Change(Identity& identity, const rpc::Call& call, postgres::Work& work,
                                   const v1::ChangeAccountEmailRequest& request,
                                   const OwnerProof& proof, MemberId id, const std::string& email) {
  GUILDHALL_TRY(LockAdministratorsAs(call, work).status());
  GUILDHALL_TRY(proof.Check(work, call));
  GUILDHALL_ASSIGN(Account account, LockNamedAccount(work, id));
  GUILDHALL_TRY(CheckChangingEmail(account));
  GUILDHALL_TRY(CheckNewEmail("new_email", account, email, identity.settings.employee_domains));
  const Moment moment(identity.settings.session_limits(), call.now());
  const Endings endings =
      EndingsOf(Cause::kEmailChangedByOther, TokenWishFrom(request.keep_access_tokens()));
  GUILDHALL_ASSIGN(const Ended ended, End(work, account, endings, moment));
  GUILDHALL_TRY(GiveEmail(identity, call, work, account, email));
  GUILDHALL_TRY(proof.Forgive(work, call));
  AppendRevocations(work, id, ended);
  return ToProto(account);
}

}  // namespace

absl::StatusOr<v1::Account> ChangeAccountEmail(Identity& identity, const rpc::Call& call,
                                               const v1::ChangeAccountEmailRequest& request) {
  GUILDHALL_ASSIGN(const MemberId id, resources::ParseMember("member", request.member()));
  GUILDHALL_ASSIGN(const std::string email, NormalizeEmail("new_email", request.new_email()));
  GUILDHALL_ASSIGN(const OwnerProof proof,
                   OwnerProof::Of(identity, call, request.current_password()));
  identity.access.SettleBefore(call);
  return idempotency::Once<v1::Account>(
      identity.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) {
        return Change(identity, call, work, request, proof, id, email);
      });
}

}  // namespace guildhall::identity
