#include "libs/resources/update_mask.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"

namespace guildhall::resources {
namespace {

absl::Status Wrong(std::string description) {
  return WrongField("update_mask", std::move(description));
}

}  // namespace

absl::StatusOr<UpdateMask> UpdateMask::FromList(const std::vector<std::string>& paths,
                                                std::initializer_list<std::string_view> editable) {
  UpdateMask mask;
  for (const std::string& path : paths) {
    if (std::find(editable.begin(), editable.end(), path) == editable.end()) {
      return Wrong(absl::StrCat(
          "names a field that cannot be edited; takes ",
          absl::StrJoin(editable, ", ", [](std::string* out, auto name) { out->append(name); })));
    }
    mask.paths_.insert(path);
  }
  if (mask.paths_.empty()) return Wrong("names at least one field");
  return mask;
}

}  // namespace guildhall::resources
