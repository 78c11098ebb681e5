#pragma once

#include "absl/time/time.h"
#include "libs/base/bytes.h"
#include "libs/base/text.h"

namespace guildhall::identity {

// What identity takes. Each limit is told in the contract; each refusal names the field.

// RFC 5321 section 4.5.3.1.3 leaves 254 bytes for an address between the angle brackets.
inline constexpr std::size_t kMaxEmailBytes = 254;

// The same as a profile's name in directory, which begins as a copy of it.
inline constexpr TextRule kDisplayName{.min_length = 1, .max_length = 100};

// NIST SP 800-63B-4 asks for at least 64 characters to be taken; 1 KiB is 256 of any script and
// keeps hashing the input below a microsecond.
inline constexpr Bytes kMaxPassword = KiB(1);

// A session's list is answered as one page; who signs in more often loses the session used least.
inline constexpr int kMaxSessions = 100;

// A list of access tokens is answered as one page; so many programs nobody keeps an eye on.
inline constexpr int kMaxAccessTokens = 50;

// What an access token is called in the list of them.
inline constexpr TextRule kAccessTokenName{.min_length = 1, .max_length = 100};

// A year, a leap year's day included: whoever forgets a token is rid of it by then.
inline constexpr absl::Duration kLongestAccessToken = absl::Hours(24 * 366);

// Each change of the administrators holds all of them, and they are listed as one page.
inline constexpr int kMaxAdministrators = 100;

// The list of invitations is answered as one page.
inline constexpr int kMaxInvitations = 500;

// Long enough for a holiday; an address that was not used by then is asked anew.
inline constexpr absl::Duration kLongestInvitation = absl::Hours(24 * 30);

// OWASP's guide to forgotten passwords: as short as the way to the owner allows. An administrator
// hands it over by chat or telephone.
inline constexpr absl::Duration kPasswordResetLife = absl::Hours(1);

// A year of them: whoever comes back from a long leave is told as well.
inline constexpr absl::Duration kPasswordResetsKept = absl::Hours(24 * 366);

// The list of resets of a password is answered as one page; used ones come first.
inline constexpr int kMaxPasswordResets = 50;

// As a reset: as short as the way to the letter box allows.
inline constexpr absl::Duration kEmailChangeLife = absl::Hours(1);

// Told as long as resets are, and listed as one page.
inline constexpr absl::Duration kEmailChangesKept = absl::Hours(24 * 366);
inline constexpr int kMaxEmailChanges = 50;

// How long letters wait that nobody puts down, where mail was switched off; longer than a weekend
// in which it was not meant to be.
inline constexpr absl::Duration kEmailLettersKept = absl::Hours(24 * 7);

// As long a session counts as a proof that its owner calls: enough to go from signing in to the
// page that asks. OpenID Connect has the same question as max_age.
inline constexpr absl::Duration kFreshSignIn = absl::Minutes(10);

// An operator shows it at once; long enough to sign up before.
inline constexpr absl::Duration kAdministratorSecretLife = absl::Hours(1);

// The link for the first administrator: whoever installs may come back the next day. Another takes
// its place.
inline constexpr absl::Duration kFirstAdministratorLife = absl::Hours(24);

inline constexpr std::size_t kMaxUserAgentBytes = 256;

// Services for which tokens are asked at once, and how long the name of one is.
inline constexpr int kMaxAudiences = 16;
inline constexpr std::size_t kMaxAudienceBytes = 64;

inline constexpr int kMaxSessionFacts = 1000;

// How exactly it is known when a session or an access token was last used: they are used every
// minute, and a write for each use would cost more than all reads.
inline constexpr absl::Duration kLastUseGrain = absl::Minutes(1);

// Uses that a process keeps in mind until it writes them down; those beyond it are left out, which
// costs idle time.
inline constexpr std::size_t kMaxUsesInMind = 100'000;

// When to come back where as many passwords are being checked as may: about as long as the queue
// takes to empty.
inline constexpr absl::Duration kPasswordChecksRetry = absl::Seconds(1);

// Why an account is suspended, for whoever administers next.
inline constexpr TextRule kSuspendReason{
    .min_length = 0, .max_length = 500, .shape = TextRule::kLines};

// Whoever suspends an account for longer need not say until when.
inline constexpr absl::Duration kLongestSuspension = absl::Hours(24 * 3653);

// How the names or the addresses begin of accounts that are looked for: no address is longer.
inline constexpr TextRule kAccountBeginning{.max_length = 254};

// Accounts on a page of those that begin so: they are looked up one by one.
inline constexpr int kMaxFoundAccounts = 50;

// Suspended accounts that are told another service at once: 16 KiB.
inline constexpr int kSuspendedAccountsAPage = 1000;

}  // namespace guildhall::identity
