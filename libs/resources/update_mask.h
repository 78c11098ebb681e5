#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace guildhall::resources {

// Which fields an update sets (AIP-134).
class UpdateMask {
 public:
  // Takes the paths of a request if each is among `editable`. Fails with: FIELD_INVALID on
  // `update_mask` when there is none, or one that is unknown or not editable.
  template <typename Paths>
  static absl::StatusOr<UpdateMask> From(const Paths& paths,
                                         std::initializer_list<std::string_view> editable) {
    return FromList({paths.begin(), paths.end()}, editable);
  }

  bool Has(std::string_view path) const { return paths_.contains(path); }

 private:
  static absl::StatusOr<UpdateMask> FromList(const std::vector<std::string>& paths,
                                             std::initializer_list<std::string_view> editable);

  std::set<std::string, std::less<>> paths_;
};

}  // namespace guildhall::resources
