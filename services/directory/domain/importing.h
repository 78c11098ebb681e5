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

// OK when each of the imported communities that does not stand yet may be founded where it says, in
// the order given: below nothing, or below one that stands or comes before it, by the rule for
// founders (CheckNesting). What stands is left as it is, wherever it is.
// Fails with: FIELD_INVALID (no such parent), NESTED_TOO_DEEP, WIDER_THAN_PARENT; the message names
// the community.
absl::Status CheckImporting(std::span<const Community> imported, StandingCommunities standing);

}  // namespace guildhall::directory
