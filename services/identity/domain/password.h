#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace guildhall::identity {

// Whose password it is to be, for what must not be in it.
struct PasswordOwner {
  std::string_view email;
  std::string_view display_name;
};

// A password in the one form in which it is hashed: NFC (NIST SP 800-63B-4 section 3.1.1.2), so
// that every keyboard types the same one. `text` is UTF-8.
// Fails with: FIELD_INVALID on `field` for more than 1 KiB, before and after.
absl::StatusOr<std::string> NormalizePassword(std::string_view field, std::string_view text);

// Whether a normalized password may be chosen: `min_length` characters or more, none that is tried
// first. No rules of composition: they make passwords worse (the same section).
// Fails with: PASSWORD_LENGTH, PASSWORD_COMMON.
absl::Status CheckNewPassword(std::string_view password, const PasswordOwner& owner,
                              int min_length);

}  // namespace guildhall::identity
