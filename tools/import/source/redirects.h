#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace guildhall::importing {

// Where things are by now that stood at addresses of the source, for whoever serves those: lines of
// "address<TAB>resource name", sorted by bytes, each address once. Memory: the lines.
class Redirects {
 public:
  // Of two for one address the first stays; an empty address is none.
  void Add(std::string_view address, std::string_view name);

  // Fails with: INVALID_ARGUMENT (the file cannot be written).
  absl::Status Write(const std::string& path);

  std::string ToText();

 private:
  std::vector<std::string> lines_;
};

}  // namespace guildhall::importing
