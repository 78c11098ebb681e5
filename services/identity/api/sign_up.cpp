#include "guildhall/change/v1/change.pb.h"
#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/base/text.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/check_password.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/domain/email.h"
#include "services/identity/domain/limits.h"
#include "services/identity/domain/password.h"
#include "services/identity/store/account_store.h"

namespace guildhall::identity {
namespace {

// The account asked for, still without a password.
absl::StatusOr<Account> NewAccount(Identity& identity, const rpc::Call& call,
                                   const v1::SignUpRequest& request) {
  Account account;
  account.id = MemberId(NewUuidV7(call.now(), identity.random));
  account.create_time = call.now();
  GUILDHALL_ASSIGN(account.email, NormalizeEmail("email", request.email()));
  GUILDHALL_ASSIGN(account.display_name,
                   TidyText("display_name", request.display_name(), kDisplayName));
  account.affiliation = AffiliationOf(account.email, identity.settings.employee_domains);
  return account;
}

}  // namespace

absl::StatusOr<v1::Account> SignUp(Identity& identity, const rpc::Call& call,
                                   const v1::SignUpRequest& request) {
  if (!identity.settings.sign_up_open) {
    return Refusal(reasons::kSignUpClosed, "This organization does not take sign-ups.");
  }
  GUILDHALL_ASSIGN(Account account, NewAccount(identity, call, request));
  GUILDHALL_ASSIGN(const std::string password,
                   NewPassword(identity, "password", request.password(), account));
  GUILDHALL_ASSIGN(const PasswordGate::Pass inside, identity.passwords.Enter(call.deadline()));
  GUILDHALL_TRY(CountSignUp(identity, call));
  account.password = identity.passwords.Hash(inside, password);
  return idempotency::Once<v1::Account>(
      identity.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Account> {
        GUILDHALL_TRY(InsertAccount(work, account));
        AppendAccountChange(work, change::v1::KIND_ACCOUNT_CREATED, account.id);
        return ToProto(account);
      });
}

}  // namespace guildhall::identity
