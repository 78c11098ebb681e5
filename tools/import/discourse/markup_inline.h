#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"

namespace guildhall::discourse {

// What is lost of a post, each line once; of many the first kMostNamed, and how many more there
// are.
class Lost {
 public:
  static constexpr std::size_t kMostNamed = 20;

  void Add(std::string line);
  std::vector<std::string> Take();

 private:
  std::vector<std::string> lines_;
  absl::flat_hash_set<std::string> seen_;
};

// The words of one line, outside of code blocks, as Markdown; a line feed in it stands for <br>.
std::string InlineFromDiscourse(std::string_view line, Lost& lost);

}  // namespace guildhall::discourse
