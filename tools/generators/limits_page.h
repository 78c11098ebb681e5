#pragma once

#include <span>
#include <string>

#include "absl/status/statusor.h"

namespace guildhall::generators {

// A header of named limits, such as services/directory/domain/limits.h.
struct LimitsFile {
  std::string service;  // "directory"
  std::string text;
};

// What the services take, for whoever asks before being refused: every `inline constexpr` of the
// headers by its name in words, its value and the comment right above it. HTML without an end: more
// may be written after it.
//
// Fails with INVALID_ARGUMENT, naming the line, for a constant that it cannot read.
absl::StatusOr<std::string> LimitsPage(std::span<const LimitsFile> files);

}  // namespace guildhall::generators
