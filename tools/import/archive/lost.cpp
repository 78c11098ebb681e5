#include "tools/import/archive/lost.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace guildhall::importing {

void Lost::Add(std::string line) {
  if (seen_.size() == kMostCounted) {
    beyond_ = beyond_ || !seen_.contains(line);
    return;
  }
  if (!seen_.insert(line).second || lines_.size() == kMostNamed) return;
  lines_.push_back(std::move(line));
}

std::vector<std::string> Lost::Take() {
  if (seen_.size() > lines_.size()) {
    lines_.push_back(
        absl::StrCat("and ", beyond_ ? "more than " : "", seen_.size() - lines_.size(), " more"));
  }
  seen_.clear();
  beyond_ = false;
  return std::exchange(lines_, {});
}

}  // namespace guildhall::importing
