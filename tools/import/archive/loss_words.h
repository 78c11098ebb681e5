#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::importing {

// How a loss tells of a file: "file plan.pdf (240 KB)"; without the size where it is not known (0).
// A name is one line of at most 100 characters.
std::string FileLoss(std::string_view name, std::uint64_t size_bytes);

// `text` as storable UTF-8 (libs/base/text.h): bytes that are none become U+FFFD.
std::string Storable(std::string_view text);

}  // namespace guildhall::importing
