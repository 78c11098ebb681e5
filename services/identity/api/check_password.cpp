#include "services/identity/api/check_password.h"

#include "absl/strings/str_cat.h"
#include "guildhall/identity/v1/reasons.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "services/identity/domain/password.h"
#include "services/identity/store/place.h"

namespace guildhall::identity {
namespace {

// For taking an attempt back when the caller's own deadline may be over.
constexpr absl::Duration kTakingBack = absl::Seconds(1);

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

// The password was not looked at. When this fails, an attempt too many stays counted.
void TakeBack(Identity& identity, const rpc::Call& call, const Attempt& attempt) {
  const postgres::Context context{.deadline = Deadline::After(kTakingBack)};
  TakeBackAttempt(identity.database, context, attempt, call.now()).IgnoreError();
}

}  // namespace

absl::StatusOr<Attempt> CheckPassword(Identity& identity, const rpc::Call& call,
                                      const Claim& claim) {
  Attempt attempt = KeysOf(identity, call, claim);
  GUILDHALL_TRY(Count(identity, call, attempt));
  const absl::StatusOr<bool> right =
      identity.passwords.Check(claim.hash, claim.password, call.deadline());
  if (!right.ok()) {
    TakeBack(identity, call, attempt);
    return right.status();
  }
  if (!*right) return CredentialsWrong();
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
