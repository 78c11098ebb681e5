#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace guildhall::service {

// Whether the setting called `setting` says where somebody is: one address at least, several
// separated by commas, each unix:/path, host:port or [ipv6]:port. Whether anybody is there is not
// looked at: who comes later is waited for.
// Fails with INVALID_ARGUMENT and a sentence that names the setting and says what to write.
absl::Status CheckAddresses(std::string_view setting, std::string_view addresses);

}  // namespace guildhall::service
