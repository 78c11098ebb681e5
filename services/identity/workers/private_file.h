#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace guildhall::identity {

// Puts a file down, whole from when it has its name, in place of one that has it; readable by this
// process's user alone, because what it holds is secret. It survives the machine's loss of power.
// Fails with UNAVAILABLE and what the system said.
absl::Status PutPrivateFile(const std::string& path, std::string_view text);

}  // namespace guildhall::identity
