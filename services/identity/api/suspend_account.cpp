#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/names.h"
#include "services/identity/api/administering.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/domain/administrators.h"
#include "services/identity/domain/suspension.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/endings_store.h"

namespace guildhall::identity {
namespace {

absl::StatusOr<SuspensionTerms> TermsFrom(const v1::SuspendAccountRequest& request) {
  SuspensionTerms terms{.reason = request.reason(), .expire_time = std::nullopt};
  if (request.has_expire_time()) terms.expire_time = FromProto(request.expire_time());
  GUILDHALL_TRY(TidyTerms(terms));
  return terms;
}

// Last in its transaction, because it changes facts.
absl::Status Suspend(Identity& identity, const rpc::Call& call, postgres::Work& work,
                     Account& account, const SuspensionTerms& terms) {
  GUILDHALL_TRY(CheckEnd(terms, call.now()));
  account.suspend_reason = terms.reason;
  account.suspend_expire_time = terms.expire_time;
  if (account.suspend_time) {
    SetSuspension(work, account);
    return absl::OkStatus();
  }
  const Moment moment(identity.settings.session_limits(), call.now());
  GUILDHALL_ASSIGN(const Ended ended, End(work, account, EndingsOf(Cause::kSuspended), moment));
  if (ended.administrator) {
    AppendAccountChange(work, change::v1::KIND_ADMINISTRATOR_REVOKED, account.id);
  }
  account.suspend_time = moment.now;
  SetSuspension(work, account);
  AppendAccountChange(work, change::v1::KIND_ACCOUNT_SUSPENDED, account.id);
  AppendRevocations(work, account.id, ended);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Account> SuspendAccount(Identity& identity, const rpc::Call& call,
                                           const v1::SuspendAccountRequest& request) {
  GUILDHALL_ASSIGN(const MemberId id, resources::ParseMember("member", request.member()));
  GUILDHALL_ASSIGN(const SuspensionTerms terms, TermsFrom(request));
  identity.access.SettleBefore(call);
  return idempotency::Once<v1::Account>(
      identity.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Account> {
        GUILDHALL_ASSIGN(const std::vector<MemberId> administrators,
                         LockAdministratorsAs(call, work));
        GUILDHALL_ASSIGN(Account account, LockNamedAccount(work, id));
        GUILDHALL_TRY(CheckMayLeave(id, administrators));
        GUILDHALL_TRY(Suspend(identity, call, work, account, terms));
        return ToAdministrators(account);
      });
}

}  // namespace guildhall::identity
