#include "services/directory/domain/acquaintance.h"

#include <algorithm>

namespace guildhall::directory {
namespace {

// Whether an external reads there what the other writes, without belonging to it.
bool IsRead(const Ground& ground) {
  return ground.visibility == Visibility::kOpen && ground.admits == Admits::kEveryone &&
         ground.viewer != Ground::Viewer::kBanned;
}

bool IsShared(const Ground& ground) { return ground.viewer == Ground::Viewer::kMember; }

}  // namespace

Known Knows(const Acquaintance& acquaintance) {
  if (acquaintance.viewer == Affiliation::kNone) return Known::kNothing;
  if (acquaintance.viewer == Affiliation::kEmployee) return Known::kProfile;
  if (acquaintance.with == Acquaintance::With::kItself) return Known::kProfile;
  if (std::ranges::any_of(acquaintance.grounds, IsShared)) return Known::kProfile;
  return std::ranges::any_of(acquaintance.grounds, IsRead) ? Known::kName : Known::kNothing;
}

}  // namespace guildhall::directory
