#pragma once

#include <cstddef>

namespace guildhall::importing {

// What the batch methods take (guildhall/{directory,discussions}/v1/internal_*.proto).
inline constexpr int kMostRecords = 1000;
inline constexpr int kMostMemberships = 5000;

// A service takes 4 MiB; a batch below this has room for one more record: 64 KiB of text and its
// envelope.
inline constexpr std::size_t kFullBytes = (4 << 20) - (72 << 10);

}  // namespace guildhall::importing
