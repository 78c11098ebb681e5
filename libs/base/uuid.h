#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "libs/base/random.h"

namespace guildhall {

// A UUID (RFC 9562) as 16 bytes in network order. Default-constructed it is the nil UUID.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Uuid&) const = default;
  bool IsNil() const { return *this == Uuid{}; }

  // The canonical form: 36 characters, lower-case hex with hyphens.
  std::string ToString() const;

  // Reads the canonical form and nothing else: no upper case, braces or missing hyphens, so that
  // one id has one spelling in names, logs and caches.
  static std::optional<Uuid> Parse(std::string_view text);
};

// Version 7: milliseconds of `now`, then 74 random bits. For every id that Guildhall gives out.
Uuid NewUuidV7(absl::Time now, Random& random);

// Version 8 for imported things: milliseconds of the source's time, then 74 bits of the SHA-256 of
// (source, type, key). The same source record gets the same id on every import.
Uuid ImportedUuid(absl::Time time, std::string_view source, std::string_view type,
                  std::string_view key);

}  // namespace guildhall
