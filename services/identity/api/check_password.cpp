#include "services/identity/api/check_password.h"

#include "absl/strings/str_cat.h"
#include "guildhall/identity/v1/reasons.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "services/identity/domain/password.h"
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

Attempt KeysOf(const Identity& identity, const rpc::Call& call, const Claim& claim) {
  const std::string_view address = call.client_address();
  if (claim.familiar) {
    return {KeyOf(identity, ThrottleKind::kAccountPlace, claim.email, ShownPlace(address))};
  }
  return {KeyOf(identity, ThrottleKind::kAccount, claim.email),
          KeyOf(identity, ThrottleKind::kPlace, ThrottledPlace(address)),
          KeyOf(identity, ThrottleKind::kEverywhere, "")};
}

absl::Status Count(Identity& identity, const rpc::Call& call, const Attempt& attempt) {
  GUILDHALL_ASSIGN(const std::optional<absl::Duration> closed,
                   CountAttempt(identity.database, call.context(), attempt, call.now()));
  if (!closed) return absl::OkStatus();
  return Refusal(reasons::kSignInThrottled, "There were too many attempts.").RetryAfter(*closed);
}

}  // namespace

absl::StatusOr<Attempt> CheckPassword(Identity& identity, const rpc::Call& call,
                                      const PasswordGate::Pass& inside, const Claim& claim) {
  Attempt attempt = KeysOf(identity, call, claim);
  GUILDHALL_TRY(Count(identity, call, attempt));
  if (!identity.passwords.Check(inside, claim.hash, claim.password)) return CredentialsWrong();
  return attempt;
}

absl::Status CountSignUp(Identity& identity, const rpc::Call& call) {
  return Count(
      identity, call,
      {KeyOf(identity, ThrottleKind::kSignUpPlace, ThrottledPlace(call.client_address()))});
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

}  // namespace guildhall::identity
