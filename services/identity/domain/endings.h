#pragma once

namespace guildhall::identity {

// What ends with what: of an account, and of what calls in its name. Handlers ask this table and
// have the answer carried out in one place (store/endings_store.h).
//
// What has one place only is not in it, because the next one takes that place: the address that an
// account has asked for, and the invitation of an address. Nor is what ends with time (limits.h).
// A letter that somebody asks for to set a password anew ends nothing: anybody may ask for one.

// With what something ends.
enum class Cause {
  kSessionRevoked,        // one, by its owner; signing out is that, too
  kOtherSessionsRevoked,  // all but the calling one, by their owner
  kAllSessionsRevoked,    // by their owner
  kAccessTokenRevoked,    // one, by its owner
  kSignedIn,              // another session begins
  kPasswordChanged,       // by the owner, who knows the one before
  kPasswordResetIssued,   // by an administrator
  kPasswordResetUsed,     // by whoever shows its secret
  kEmailChanged,          // by the owner, from a session
  kEmailChangedByOther,   // by an administrator
  kSuspended,
  kAdministratorGranted,
  kAdministratorRevoked
};

enum class EndingSessions {
  kNone,
  kNamed,      // the one that is revoked
  kUsedLeast,  // those beyond kMaxSessions, the new one counted
  kOthers,     // all but the calling one
  kAll
};

enum class EndingTokens {
  kNone,
  kNamed,  // the one that is revoked
  kAll
};

// What ends of an account.
struct Endings {
  EndingSessions sessions = EndingSessions::kNone;
  EndingTokens access_tokens = EndingTokens::kNone;
  bool password_resets = false;  // those that were issued and not used
  bool email_request = false;    // the address that was asked for and not confirmed
  bool administrator = false;    // the role

  bool operator==(const Endings&) const = default;
};

// What whoever changes a password or an address wants of the account's tokens.
enum class TokenWish { kNone, kKeep };

// What ends. A wish counts with another password or address; a reset and a suspension are for
// accounts that somebody else may have got into, so they end what calls in any case.
Endings EndingsOf(Cause cause, TokenWish wish = TokenWish::kNone);

}  // namespace guildhall::identity
