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

// A file of a service's api/, such as list_topics.cpp, for the size of its pages.
struct ApiFile {
  std::string service;  // "discussions"
  std::string name;     // "list_topics.cpp"
  std::string text;
};

// What the services take, for whoever asks before being refused: every `inline constexpr` of the
// headers by its name in words, its value and the comment right above it; headers of one service
// may be several, one after the other. Then the methods that answer in pages, and how many items
// these have: every `rpc::PageSize` of api/ by the RPC after which its file is named; one of a
// header there by those that name it. HTML without an end: more may be written after it.
//
// Fails with INVALID_ARGUMENT, naming the line, for a constant that it cannot read.
absl::StatusOr<std::string> LimitsPage(std::span<const LimitsFile> files,
                                       std::span<const ApiFile> api);

}  // namespace guildhall::generators
