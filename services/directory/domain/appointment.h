#pragma once

#include <optional>

#include "absl/status/status.h"
#include "libs/base/ids.h"
#include "services/directory/domain/community.h"

namespace guildhall::directory {

// How somebody stands whom an operator would make an owner of a community that has nobody who can
// act: its owners and those of the communities above are suspended, or gone.
struct StandingToAppoint {
  // None: there is no such member.
  Affiliation affiliation = Affiliation::kNone;
  bool suspended = false;
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
