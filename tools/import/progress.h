#pragma once

#include <cstdint>
#include <cstdio>
#include <string>

namespace guildhall::importing {

// How far something has come: a bar that is redrawn on a terminal, a line for each tenth where
// nobody watches.
class Progress {
 public:
  // `total` is how much there is to do of `what` ("posts"); 0: nobody knows, and a line comes for
  // each 10,000.
  Progress(std::FILE* out, bool is_terminal, std::int64_t total, std::string what);
  // Leaves the last bar as a line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Show(std::int64_t done);

 private:
  std::FILE* const out_;
  const bool is_terminal_;
  const std::int64_t total_;
  const std::string what_;
  std::int64_t shown_ = -1;  // hundredths on a terminal, else tenths
};

}  // namespace guildhall::importing
