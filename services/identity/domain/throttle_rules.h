#pragma once

#include "services/identity/domain/throttle.h"

namespace guildhall::identity {

// How often a password may be tried, an account opened and a letter asked for; how they go together
// is said in throttle.h.

// Of one address, from anywhere and from one network: five typing mistakes. An account is never
// locked for good, which would let anybody lock anybody out: 12 guesses an hour do not find 15
// characters.
inline constexpr ThrottleRule kSignInsOfAccount{.free = 5,
                                                .drain_per_hour = 12,
                                                .first_delay = absl::Seconds(1),
                                                .max_delay = absl::Minutes(5)};

// From one network, for all addresses: an office behind one address makes mistakes, too.
inline constexpr ThrottleRule kSignInsFromNetwork{.free = 50,
                                                  .drain_per_hour = 120,
                                                  .first_delay = absl::Seconds(1),
                                                  .max_delay = absl::Minutes(5)};

// Everywhere: guessing that is spread over many accounts and networks. The wait is short because it
// hits strangers who do nothing wrong.
inline constexpr ThrottleRule kSignInsEverywhere{.free = 500,
                                                 .drain_per_hour = 3600,
                                                 .first_delay = absl::Milliseconds(100),
                                                 .max_delay = absl::Seconds(5)};

// From a network that members have signed in from, while others are not heard: what remains of an
// office while somebody in it guesses, which is 1 % of a core.
inline constexpr ThrottleRule kSignInsOfKnownNetwork{.free = 200,
                                                     .drain_per_hour = 600,
                                                     .first_delay = absl::Seconds(1),
                                                     .max_delay = absl::Minutes(1)};

// Accounts opened from one network: a course of new colleagues behind one address.
inline constexpr ThrottleRule kSignUpsFromNetwork{.free = 100,
                                                  .drain_per_hour = 60,
                                                  .first_delay = absl::Seconds(10),
                                                  .max_delay = absl::Minutes(10)};

// Letters by which the password of one address is set anew: the first may be slow, and nobody's
// letter box is to be filled.
inline constexpr ThrottleRule kResetsOfAccount{
    .free = 3, .drain_per_hour = 2, .first_delay = absl::Minutes(30), .max_delay = absl::Hours(1)};

// The same asked for from one network: an office behind one address.
inline constexpr ThrottleRule kResetsFromNetwork{.free = 30,
                                                 .drain_per_hour = 30,
                                                 .first_delay = absl::Minutes(1),
                                                 .max_delay = absl::Minutes(10)};

// Letters by which an account gets another address: a few typing mistakes, and nobody's letter box
// is to be filled by whoever has an account.
inline constexpr ThrottleRule kEmailChangesOfAccount{
    .free = 3, .drain_per_hour = 2, .first_delay = absl::Minutes(30), .max_delay = absl::Hours(1)};

// The same to one address, by several accounts: more than one account alone may send, or it could
// keep an address from whoever it belongs to.
inline constexpr ThrottleRule kEmailChangesToAddress{.free = 12,
                                                     .drain_per_hour = 8,
                                                     .first_delay = absl::Minutes(5),
                                                     .max_delay = absl::Minutes(15)};

}  // namespace guildhall::identity
