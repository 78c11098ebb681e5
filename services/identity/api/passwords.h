#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/base/deadline.h"
#include "libs/base/random.h"
#include "services/identity/api/password_gate.h"
#include "services/identity/store/password_hash.h"

namespace guildhall::identity {

// Hashes and checks passwords at the cost that the settings ask for, a few at once. Thread-safe.
class Passwords {
 public:
  struct Settings {
    HashCost cost;
    Pepper pepper;
    int at_once = 2;
    int waiting = 4;
  };

  // Takes the time of one hash.
  Passwords(Settings settings, Random& random);

  // Waits for a turn; a handler enters before it does anything else for a password and stays inside
  // to its end. Fails with: PASSWORD_CHECKS_BUSY.
  absl::StatusOr<PasswordGate::Pass> Enter(Deadline deadline) { return gate_.Enter(deadline); }

  // A hash for storing. `password` is normalized.
  PasswordHash Hash(const PasswordGate::Pass& inside, std::string_view password);

  // Whether `password` is the one of `hash`. Without a hash, for an account that does not exist,
  // does the same work and answers false.
  bool Check(const PasswordGate::Pass& inside, const std::optional<PasswordHash>& hash,
             std::string_view password);

  // Whether a hash should be made anew at the next sign-in.
  bool IsOutdated(const PasswordHash& hash) const;

  const PasswordGate& gate() const { return gate_; }

  // How many hashes were made so far, for storing and for checking alike: the cost of what was
  // asked.
  std::int64_t hashed() const { return hashed_; }

 private:
  Salt NewSalt();

  const Settings settings_;
  Random& random_;
  PasswordGate gate_;
  std::atomic<std::int64_t> hashed_ = 0;
  const PasswordHash nobodys_;
};

}  // namespace guildhall::identity
