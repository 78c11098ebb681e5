#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace guildhall::identity {

// Who may open an account: strangers where sign-up is open, so many from one place; and anywhere
// whoever shows a secret that holds, an invitation's for its address alone, an operator's for any.
// Whether the account is an employee's is said by its address (AffiliationOf).

// What is known of somebody before the secret is looked up.
struct Applicant {
  bool sign_up_open = false;  // the organization takes strangers
  bool shows_secret = false;
};

// By what somebody comes in.
enum class Door {
  kOpen,   // as a stranger: counted for the place that it comes from
  kSecret  // as far as the secret goes (Admits), and not counted
};

// The door for somebody; whoever shows a secret comes by it, also where strangers may.
// Fails with: SIGN_UP_CLOSED.
absl::StatusOr<Door> DoorFor(const Applicant& applicant);

// What is known of a secret that was shown.
struct ShownSecret {
  bool holds = false;
  // The address that it invites; nothing: an operator's, which invites none.
  std::optional<std::string> invited_email = std::nullopt;
};

// Whether a secret opens an account for a normalized address.
bool Admits(const ShownSecret& secret, std::string_view email);

}  // namespace guildhall::identity
