#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace guildhall::importing {

// What is lost of a message, each line once; of many the first kMostNamed, and how many more there
// are. Memory: kMostCounted lines.
class Lost {
 public:
  static constexpr std::size_t kMostNamed = 20;
  // More are not told apart: a message may be made of them.
  static constexpr std::size_t kMostCounted = 1000;

  void Add(std::string line);

  // Those of one message, in the order in which they came.
  std::vector<std::string> Take();

 private:
  std::vector<std::string> lines_;
  std::set<std::string> seen_;
  bool beyond_ = false;  // more came than are counted
};

}  // namespace guildhall::importing
