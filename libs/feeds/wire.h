#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "libs/base/uuid.h"

namespace guildhall::feeds {

// Ids travel as 16 bytes between services.
inline std::string BytesOf(const Uuid& uuid) {
  return {reinterpret_cast<const char*>(uuid.bytes.data()), uuid.bytes.size()};
}

// Nothing when there are not 16.
inline std::optional<Uuid> UuidFromBytes(const std::string& bytes) {
  Uuid uuid;
  if (bytes.size() != uuid.bytes.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), uuid.bytes.begin());
  return uuid;
}

}  // namespace guildhall::feeds
