#pragma once

#include <cstdint>
#include <span>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "libs/postgres/database.h"
#include "services/directory/domain/community.h"
#include "services/directory/store/community_store.h"

namespace guildhall::directory {

// What changes are about, whoever may see it: these reads guard nothing, they are for the gateway,
// which decides about each who hears of it. Fail with DEPENDENCY_AWAY, DEADLINE_PASSED.

// Those of `ids` that exist. One statement.
absl::StatusOr<absl::flat_hash_map<CommunityId, Community>> GetChangedCommunities(
    postgres::Database& database, const postgres::Context& context,
    std::span<const CommunityId> ids);

using MembershipKey = std::pair<CommunityId, MemberId>;

// Those of `keys` that stand. One statement.
absl::StatusOr<absl::flat_hash_map<MembershipKey, Membership>> GetChangedMemberships(
    postgres::Database& database, const postgres::Context& context,
    std::span<const MembershipKey> keys);

// A revision of the facts for access decisions: none that is older holds for changes that were
// committed before the call. One row.
absl::StatusOr<std::int64_t> GetAccessRevision(postgres::Database& database,
                                               const postgres::Context& context);

}  // namespace guildhall::directory
