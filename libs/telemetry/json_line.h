#pragma once

#include <string>
#include <string_view>

#include "libs/telemetry/log.h"

namespace guildhall::telemetry {

// Builds one JSON object of scalar members in a fixed amount of memory.
class JsonLine {
 public:
  // Longest line with its line feed: PIPE_BUF of Linux, up to which a write to a pipe is whole.
  static constexpr std::size_t kLimit = 4096;

  JsonLine() {
    text_.reserve(kLimit);
    text_ += '{';
  }

  // Adds a member; leaves it out when the line would grow beyond the limit, and cuts text at 1 KiB.
  // Text that is not UTF-8 keeps its ASCII part; every other byte becomes '?'.
  void Add(const Field& field);

  // Closes the object.
  std::string_view Finish();

 private:
  void AddText(std::string_view text);

  std::string text_;
};

}  // namespace guildhall::telemetry
