#pragma once

#include <optional>

#include "absl/status/status.h"
#include "libs/base/ids.h"
#include "services/directory/domain/community.h"

namespace guildhall::directory {

// How an owner of a community, or of one above it, stands there.
struct OwnerStanding {
  enum class Owns { kIt, kOneAbove };
  Owns owns = Owns::kIt;
  Affiliation affiliation = Affiliation::kNone;
  // Its account.
  bool suspended = false;
  // It has none: nobody signs in as who came with an import.
  bool imported = false;
  // In the community or in one above it.
  bool banned = false;
  bool muted = false;
};

// Whether such an owner can act as one in a community like `profile`: it has an account that is not
// suspended, neither ban nor mute keeps it from that, and an external who owns one above is
// admitted. A mute counts as long as it lasts: who is muted appoints nobody. Where nobody can act,
// an operator appoints somebody. Said once more in SQL, for all communities; a test holds the two
// against each other.
bool CanAct(const CommunityProfile& profile, const OwnerStanding& owner);

// How somebody stands whom an operator would make an owner of a community that has nobody who can
// act: its owners and those of the communities above are suspended, imported, muted there, or gone.
struct StandingToAppoint {
  // None: there is no such member.
  Affiliation affiliation = Affiliation::kNone;
  bool suspended = false;
  bool imported = false;
  // In the community or in one above it.
  bool banned = false;
  bool muted = false;
  // Somebody who can act: another one who owns the community, or one who owns one above it.
  std::optional<MemberId> acting_owner;
};

// OK when such a member may become an owner of a community like `profile` without anybody of it
// having a say. Fails with: FAILED_PRECONDITION and a sentence for the operator.
absl::Status CheckAppointing(const CommunityProfile& profile, const StandingToAppoint& appointed);

}  // namespace guildhall::directory
