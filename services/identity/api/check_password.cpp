#include "services/identity/api/check_password.h"

#include "absl/strings/str_cat.h"
#include "guildhall/identity/v1/reasons.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "services/identity/domain/password.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/place.h"

namespace guildhall::identity {
namespace {

ThrottleKey KeyOf(const Identity& identity, ThrottleKind kind, std::string_view what,
                  std::string_view place = "") {
  const auto hash =
      identity.master_key.Fingerprint(absl::StrCat("throttle ", static_cast<int>(kind)),
                                      absl::StrCat(Absl(what), "\n", Absl(place)));
  return {kind, std::string(reinterpret_cast<const char*>(hash.data()), hash.size())};
}

Attempt KeysOf(const Identity& identity, const rpc::Call& call, std::string_view email) {
  const std::string_view address = call.client_address();
  const std::string network = ThrottledPlace(address);
  return {KeyOf(identity, ThrottleKind::kAccount, email),
          KeyOf(identity, ThrottleKind::kAccountPlace, email, ShownPlace(address)),
          KeyOf(identity, ThrottleKind::kPlace, network),
          KeyOf(identity, ThrottleKind::kEverywhere, ""),
          KeyOf(identity, ThrottleKind::kReserve, network)};
}

absl::Status Throttled(absl::Duration closed_for) {
  return Refusal(reasons::kSignInThrottled, "There were too many attempts.").RetryAfter(closed_for);
}

}  // namespace

absl::StatusOr<Attempt> CheckPassword(Identity& identity, const rpc::Call& call,
                                      const PasswordGate::Pass& inside, const Claim& claim) {
  Attempt attempt = KeysOf(identity, call, claim.email);
  GUILDHALL_ASSIGN(const Verdict verdict,
                   CountPasswordAttempt(identity.database, call.context(), attempt,
                                        claim.members_place, call.now()));
  if (verdict.hearing == Hearing::kNobody) return Throttled(verdict.closed_for);
  const bool right = identity.passwords.Check(inside, claim.hash, claim.password);
  const bool anybody = verdict.hearing == Hearing::kAnybody;
  if (!right || !(anybody || claim.familiar)) {
    return anybody ? CredentialsWrong() : Throttled(verdict.closed_for);
  }
  std::erase_if(attempt,
                [&](const ThrottleKey& key) { return !CountsFor(verdict.hearing, key.kind); });
  return attempt;
}

absl::StatusOr<Attempt> CheckOwnPassword(Identity& identity, const rpc::Call& call,
                                         const PasswordGate::Pass& inside, const Account& account,
                                         std::string_view current_password) {
  GUILDHALL_ASSIGN(const std::string current,
                   NormalizePassword("current_password", current_password));
  const std::string place = ShownPlace(call.client_address());
  GUILDHALL_ASSIGN(const bool familiar,
                   HasSessionFrom(identity.database, call.context(), account.id, place));
  const std::optional<PasswordHash> hash = account.password;
  return CheckPassword(identity, call, inside, {account.email, current, hash, familiar, familiar});
}

absl::Status CountSignUp(Identity& identity, const rpc::Call& call) {
  const std::string network = ThrottledPlace(call.client_address());
  GUILDHALL_ASSIGN(
      const std::optional<absl::Duration> closed,
      CountAttempt(identity.database, call.context(),
                   {KeyOf(identity, ThrottleKind::kSignUpPlace, network)}, call.now()));
  if (closed) return Throttled(*closed);
  return absl::OkStatus();
}

absl::Status CountReset(Identity& identity, const rpc::Call& call, postgres::Work& work,
                        std::string_view email) {
  const std::string network = ThrottledPlace(call.client_address());
  GUILDHALL_ASSIGN(const std::optional<absl::Duration> closed,
                   CountAttempt(work,
                                {KeyOf(identity, ThrottleKind::kResetAccount, email),
                                 KeyOf(identity, ThrottleKind::kResetPlace, network)},
                                call.now()));
  if (closed) return Throttled(*closed);
  return absl::OkStatus();
}

absl::Status CountEmailChange(Identity& identity, const rpc::Call& call, postgres::Work& work,
                              MemberId account, std::string_view email) {
  GUILDHALL_ASSIGN(const std::optional<absl::Duration> closed,
                   CountAttempt(work,
                                {KeyOf(identity, ThrottleKind::kEmailAccount, account.ToString()),
                                 KeyOf(identity, ThrottleKind::kEmailAddress, email)},
                                call.now()));
  if (closed) return Throttled(*closed);
  return absl::OkStatus();
}

absl::StatusOr<std::string> NewPassword(const Identity& identity, std::string_view field,
                                        std::string_view text, const Account& account) {
  GUILDHALL_ASSIGN(std::string password, NormalizePassword(field, text));
  GUILDHALL_TRY(CheckNewPassword(password, {account.email, account.display_name},
                                 identity.settings.password_min_length));
  return password;
}

absl::Status CredentialsWrong() {
  return Refusal(reasons::kCredentialsWrong, "The e-mail address or the password is wrong.");
}

absl::Status SecretSpent() {
  return Refusal(reasons::kSecretSpent, "The secret does not hold, or not any longer.");
}

}  // namespace guildhall::identity
