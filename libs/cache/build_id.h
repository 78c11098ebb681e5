#pragma once

#include <string>

namespace guildhall::cache {

// Which build this program is, in hex: programs of one build write the same bytes. Empty when the
// linker left no build id (NT_GNU_BUILD_ID; Debian's always does).
std::string BuildId();

}  // namespace guildhall::cache
