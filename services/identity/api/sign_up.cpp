#include "guildhall/change/v1/change.pb.h"
#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/base/text.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/admission.h"
#include "services/identity/api/check_password.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/domain/email.h"
#include "services/identity/domain/limits.h"
#include "services/identity/domain/password.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/invitation_store.h"

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

// OK when the caller may open the account by a door. An operator's secret is not used up: it is to
// be shown again for what it is for. Fails with: SECRET_SPENT, SIGN_IN_THROTTLED.
absl::Status CheckAdmission(Identity& identity, const rpc::Call& call,
                            const v1::SignUpRequest& request, Door door, const Account& account) {
  if (door == Door::kOpen) return CountSignUp(identity, call);
  GUILDHALL_ASSIGN(const ShownSecret shown,
                   LookUpSecret(identity, call, request.invitation_secret()));
  return Admits(shown, account.email) ? absl::OkStatus() : SecretSpent();
}

absl::StatusOr<Account> Prepare(Identity& identity, const rpc::Call& call,
                                const v1::SignUpRequest& request) {
  GUILDHALL_ASSIGN(const Door door,
                   DoorFor({.sign_up_open = identity.settings.sign_up_open,
                            .shows_secret = !request.invitation_secret().empty()}));
  GUILDHALL_ASSIGN(Account account, NewAccount(identity, call, request));
  GUILDHALL_ASSIGN(const std::string password,
                   NewPassword(identity, "password", request.password(), account));
  GUILDHALL_ASSIGN(const PasswordGate::Pass inside, identity.passwords.Enter(call.deadline()));
  GUILDHALL_TRY(CheckAdmission(identity, call, request, door, account));
  account.password = identity.passwords.Hash(inside, password);
  return account;
}

absl::Status Open(postgres::Work& work, const v1::SignUpRequest& request, const Account& account) {
  if (const auto hash = HashOfSecret(SecretKind::kInvitation, request.invitation_secret())) {
    GUILDHALL_ASSIGN(const auto accepted,
                     AcceptInvitation(work, *hash, account.email, account.create_time));
    if (!accepted) return SecretSpent();
    AppendInvitationChange(work, change::v1::KIND_ACCOUNT_INVITATION_ACCEPTED, *accepted);
  }
  GUILDHALL_TRY(InsertAccount(work, account));
  AppendAccountChange(work, change::v1::KIND_ACCOUNT_CREATED, account.id);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Account> SignUp(Identity& identity, const rpc::Call& call,
                                   const v1::SignUpRequest& request) {
  const absl::StatusOr<Account> account = Prepare(identity, call, request);
  // A repeat comes with the invitation that its first call has used up, so it is looked up among
  // the answers before that is refused.
  if (!account.ok() && !Is(account.status(), reasons::kSecretSpent)) return account.status();
  return idempotency::Once<v1::Account>(identity.database, call.context(),
                                        call.OnceKey(request.request_id()),
                                        [&](postgres::Work& work) -> absl::StatusOr<v1::Account> {
                                          GUILDHALL_TRY(account.status());
                                          GUILDHALL_TRY(Open(work, request, *account));
                                          return ToProto(*account);
                                        });
}

}  // namespace guildhall::identity
