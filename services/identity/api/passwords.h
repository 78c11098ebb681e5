#pragma once

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

  // A hash for storing. `password` is normalized. Fails with: PASSWORD_CHECKS_BUSY.
  absl::StatusOr<PasswordHash> Hash(std::string_view password, Deadline deadline);

  // Whether `password` is the one of `hash`. Without a hash, for an account that does not exist,
  // does the same work and answers false. Fails with: PASSWORD_CHECKS_BUSY.
  absl::StatusOr<bool> Check(const std::optional<PasswordHash>& hash, std::string_view password,
                             Deadline deadline);

  // Whether a hash should be made anew at the next sign-in.
  bool IsOutdated(const PasswordHash& hash) const;

  const PasswordGate& gate() const { return gate_; }

 private:
  Salt NewSalt();

  const Settings settings_;
  Random& random_;
  PasswordGate gate_;
  const PasswordHash nobodys_;
};

}  // namespace guildhall::identity
