#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace guildhall::identity {

// When keys sign. Each key has a time from which it does; the current one is the latest whose time
// has come, so all processes switch at the same moment without a word. A key is published as soon
// as it is made, a whole period before it signs, and until every token that it signed has run out.

// How long a key signs.
inline constexpr absl::Duration kKeyPeriod = absl::Hours(24 * 30);

// How long a retired key is still published: the life of a token is two minutes, and clocks differ.
inline constexpr absl::Duration kKeyAfterlife = absl::Hours(1);

struct ScheduledKey {
  std::string id;
  absl::Time sign_from;
};

// The key that signs at `now`; nothing when no key's time has come.
std::optional<std::string> CurrentKey(std::span<const ScheduledKey> keys, absl::Time now);

// What is to be done so that there is a current key and a next one.
struct KeyPlan {
  std::vector<absl::Time> make;   // a key for each, signing from then on
  std::vector<std::string> drop;  // ids

  bool empty() const { return make.empty() && drop.empty(); }
};
KeyPlan PlanKeys(std::span<const ScheduledKey> keys, absl::Time now);

}  // namespace guildhall::identity
