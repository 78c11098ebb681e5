#include "services/identity/domain/access_token.h"

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {

absl::Status TidyAccessToken(AccessToken& token) {
  GUILDHALL_ASSIGN(token.display_name,
                   TidyText("access_token.display_name", token.display_name, kAccessTokenName));
  return absl::OkStatus();
}

absl::Status CheckEnd(const AccessToken& token) {
  if (token.expire_time <= token.create_time ||
      token.expire_time > token.create_time + kLongestAccessToken) {
    return WrongField("access_token.expire_time", "lies in the future, by 366 days at most");
  }
  return absl::OkStatus();
}

absl::Status CheckAnotherToken(int held) {
  if (held < kMaxAccessTokens) return absl::OkStatus();
  return Refusal(reasons::kTooManyAccessTokens, "The account has as many tokens as it may.");
}

bool Holds(const AccessToken& token, absl::Time now) {
  return !token.revoke_time && now < token.expire_time;
}

}  // namespace guildhall::identity
