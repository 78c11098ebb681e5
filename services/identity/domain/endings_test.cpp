// What ends with what: read the names as the product's manual.
#include "services/identity/domain/endings.h"

#include <catch2/catch.hpp>

namespace guildhall::identity {
namespace {

constexpr Cause kCauses[] = {Cause::kSessionRevoked,
                             Cause::kOtherSessionsRevoked,
                             Cause::kAllSessionsRevoked,
                             Cause::kAccessTokenRevoked,
                             Cause::kSignedIn,
                             Cause::kPasswordChanged,
                             Cause::kPasswordResetIssued,
                             Cause::kPasswordResetUsed,
                             Cause::kEmailChanged,
                             Cause::kEmailChangedByOther,
                             Cause::kSuspended,
                             Cause::kAdministratorGranted,
                             Cause::kAdministratorRevoked};

EndingSessions SessionsOf(Cause cause) { return EndingsOf(cause).sessions; }
EndingTokens TokensOf(Cause cause, TokenWish wish) { return EndingsOf(cause, wish).access_tokens; }

TEST_CASE("a session that is revoked, or signed out of, ends alone: access tokens outlive it") {
  CHECK(EndingsOf(Cause::kSessionRevoked) == Endings{.sessions = EndingSessions::kNamed});
}

TEST_CASE("whoever revokes all other sessions keeps the calling one, and the access tokens") {
  CHECK(EndingsOf(Cause::kOtherSessionsRevoked) == Endings{.sessions = EndingSessions::kOthers});
}

TEST_CASE("whoever revokes all sessions is signed out, too, and keeps the access tokens") {
  CHECK(EndingsOf(Cause::kAllSessionsRevoked) == Endings{.sessions = EndingSessions::kAll});
}

TEST_CASE("an access token that is revoked ends alone") {
  CHECK(EndingsOf(Cause::kAccessTokenRevoked) == Endings{.access_tokens = EndingTokens::kNamed});
}

TEST_CASE("a sign-in ends the sessions used least that are too many, and nothing else") {
  CHECK(EndingsOf(Cause::kSignedIn) == Endings{.sessions = EndingSessions::kUsedLeast});
}

TEST_CASE("whoever changes the password or the address keeps the calling session and no other") {
  CHECK(SessionsOf(Cause::kPasswordChanged) == EndingSessions::kOthers);
  CHECK(SessionsOf(Cause::kEmailChanged) == EndingSessions::kOthers);
}

TEST_CASE("whose password is reset, or whose address another has changed, signs in anew") {
  CHECK(SessionsOf(Cause::kPasswordResetUsed) == EndingSessions::kAll);
  CHECK(SessionsOf(Cause::kEmailChangedByOther) == EndingSessions::kAll);
}

TEST_CASE("with another password or address end the access tokens, unless they are to be kept") {
  for (const Cause cause :
       {Cause::kPasswordChanged, Cause::kEmailChanged, Cause::kEmailChangedByOther}) {
    CHECK(TokensOf(cause, TokenWish::kNone) == EndingTokens::kAll);
    CHECK(TokensOf(cause, TokenWish::kKeep) == EndingTokens::kNone);
  }
}

TEST_CASE("no access token outlives a reset of the password or a suspension, whatever is wished") {
  for (const Cause cause : {Cause::kPasswordResetUsed, Cause::kSuspended}) {
    CHECK(TokensOf(cause, TokenWish::kNone) == EndingTokens::kAll);
    CHECK(TokensOf(cause, TokenWish::kKeep) == EndingTokens::kAll);
  }
}

TEST_CASE("a wish to keep access tokens keeps nothing else") {
  for (const Cause cause : kCauses) {
    Endings kept = EndingsOf(cause, TokenWish::kKeep);
    kept.access_tokens = EndingsOf(cause).access_tokens;
    CHECK(kept == EndingsOf(cause));
  }
}

TEST_CASE("resets and asked-for addresses that wait end with another password or address") {
  for (const Cause cause : {Cause::kPasswordChanged, Cause::kPasswordResetUsed,
                            Cause::kEmailChanged, Cause::kEmailChangedByOther}) {
    CHECK(EndingsOf(cause).password_resets);
    CHECK(EndingsOf(cause).email_request);
  }
}

TEST_CASE("a reset that an administrator issues ends those before it, and nobody is signed out") {
  CHECK(EndingsOf(Cause::kPasswordResetIssued) == Endings{.password_resets = true});
}

TEST_CASE("a suspended account loses its sessions, tokens, resets, asked-for address and role") {
  CHECK(EndingsOf(Cause::kSuspended) == Endings{.sessions = EndingSessions::kAll,
                                                .access_tokens = EndingTokens::kAll,
                                                .password_resets = true,
                                                .email_request = true,
                                                .administrator = true});
}

TEST_CASE("whoever becomes an administrator has no reset left that somebody else was shown") {
  CHECK(EndingsOf(Cause::kAdministratorGranted) == Endings{.password_resets = true});
}

TEST_CASE("whoever loses the role of an administrator loses nothing else, and stays signed in") {
  CHECK(EndingsOf(Cause::kAdministratorRevoked) == Endings{.administrator = true});
}

TEST_CASE(
    "the role of an administrator ends when it is taken or with a suspension, by nothing else") {
  for (const Cause cause : kCauses) {
    const bool ends = cause == Cause::kAdministratorRevoked || cause == Cause::kSuspended;
    CHECK(EndingsOf(cause).administrator == ends);
  }
}

}  // namespace
}  // namespace guildhall::identity
