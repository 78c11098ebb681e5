#pragma once

#include <cstdint>

namespace guildhall {

// A size or a limit in bytes. A type of its own, so that a limit is never mistaken for a count.
enum class Bytes : std::uint64_t {};

constexpr std::uint64_t Count(Bytes size) { return static_cast<std::uint64_t>(size); }
constexpr Bytes KiB(std::uint64_t n) { return Bytes{n << 10}; }
constexpr Bytes MiB(std::uint64_t n) { return Bytes{n << 20}; }

}  // namespace guildhall
