#pragma once

#include <map>
#include <span>

#include "absl/status/status.h"
#include "libs/base/ids.h"
#include "services/directory/domain/community.h"

namespace guildhall::directory {

// What stands already, by id: as far as a community stands above others, its ancestors, visibility
// and admission.
using StandingCommunities = std::map<CommunityId, LockedCommunity>;

// OK when an imported community that does not stand yet may be founded where it says: below
// nothing, or below one that stands, by the rule for founders (CheckNesting); then it stands. What
// stands is left as it is, wherever it is. Fails with: FIELD_INVALID (no such parent),
// NESTED_TOO_DEEP, WIDER_THAN_PARENT; the message names the community.
absl::Status CheckFounding(const Community& imported, StandingCommunities& standing);

// The same of many, in the order given.
absl::Status CheckImporting(std::span<const Community> imported, StandingCommunities standing);

}  // namespace guildhall::directory
