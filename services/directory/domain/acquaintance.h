#pragma once

#include <vector>

#include "libs/base/standing.h"

namespace guildhall::directory {

// How much of another member somebody may know: nothing, not even that there is one; the name and
// the affiliation; or all that the profile says.
enum class Known { kNothing, kName, kProfile };

// A community to which the other member belongs, as the viewer stands to it.
struct Ground {
  enum class Viewer { kStranger, kMember, kBanned };
  Visibility visibility = Visibility::kOpen;
  Admits admits = Admits::kEmployees;
  // Banned: from it or from one above it.
  Viewer viewer = Viewer::kStranger;
};

// How somebody stands to another member.
struct Acquaintance {
  enum class With { kAnother, kItself };
  With with = With::kAnother;
  Affiliation viewer = Affiliation::kNone;
  // All communities of the other.
  std::vector<Ground> grounds;
};

// Who may know whom. Said once more in SQL, for many at once: `sees_member` (the profile) and
// `reads_name_of` (the name); a test holds the two against each other. Whoever is no member of the
// organization knows nobody.
Known Knows(const Acquaintance& acquaintance);

}  // namespace guildhall::directory
