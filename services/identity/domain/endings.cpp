#include "services/identity/domain/endings.h"

#include "libs/base/check.h"

namespace guildhall::identity {

Endings EndingsOf(Cause cause, TokenWish wish) {
  const EndingTokens unless_kept =
      wish == TokenWish::kKeep ? EndingTokens::kNone : EndingTokens::kAll;
  switch (cause) {
    case Cause::kSessionRevoked:
      return {.sessions = EndingSessions::kNamed};
    case Cause::kOtherSessionsRevoked:
      return {.sessions = EndingSessions::kOthers};
    case Cause::kAllSessionsRevoked:
      return {.sessions = EndingSessions::kAll};
    case Cause::kAccessTokenRevoked:
      return {.access_tokens = EndingTokens::kNamed};
    case Cause::kSignedIn:
      return {.sessions = EndingSessions::kUsedLeast};
    case Cause::kPasswordChanged:
    case Cause::kEmailChanged:
      return {.sessions = EndingSessions::kOthers,
              .access_tokens = unless_kept,
              .password_resets = true,
              .email_request = true};
    case Cause::kEmailChangedByOther:
      return {.sessions = EndingSessions::kAll,
              .access_tokens = unless_kept,
              .password_resets = true,
              .email_request = true};
    case Cause::kPasswordResetIssued:
      return {.password_resets = true};
    case Cause::kPasswordResetUsed:
      return {.sessions = EndingSessions::kAll,
              .access_tokens = EndingTokens::kAll,
              .password_resets = true,
              .email_request = true};
    case Cause::kSuspended:
      return {.sessions = EndingSessions::kAll,
              .access_tokens = EndingTokens::kAll,
              .password_resets = true,
              .email_request = true,
              .administrator = true};
    // Whoever was shown the secret of a reset, which is shown of no administrator, could become
    // one.
    case Cause::kAdministratorGranted:
      return {.password_resets = true};
    case Cause::kAdministratorRevoked:
      return {.administrator = true};
  }
  GUILDHALL_CHECK(false);
}

}  // namespace guildhall::identity
