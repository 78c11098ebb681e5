#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace guildhall::discourse {

// Finds the code spans of one line, from its beginning to its end. Cost: linear for all of them.
class CodeSpans {
 public:
  // Runs of more backticks begin no code in a line.
  static constexpr std::size_t kMaxTicks = 8;

  // How long the code span is that `rest`, the line from a backtick on, begins with; otherwise how
  // long its run of backticks is, which are themselves.
  std::size_t LengthAt(std::string_view rest);

  // How many bytes were looked at.
  std::size_t work() const { return work_; }

 private:
  // By length of a run: no other one comes behind the last place that was asked for.
  std::array<bool, kMaxTicks + 1> endless_ = {};
  std::size_t work_ = 0;
};

}  // namespace guildhall::discourse
