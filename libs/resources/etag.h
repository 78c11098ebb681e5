#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace guildhall::resources {

// The etag of a version of a resource (AIP-154): opaque, in quotes as HTTP writes it.
std::string Etag(std::int64_t version);

// OK when `etag` is that of `version`, or empty: the caller takes whatever stands.
// Fails with: ETAG_STALE, also for what was never an etag.
absl::Status CheckEtag(std::string_view etag, std::int64_t version);

}  // namespace guildhall::resources
