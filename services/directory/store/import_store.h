#pragma once

#include <span>

#include "absl/status/statusor.h"
#include "libs/postgres/database.h"
#include "services/directory/domain/community.h"

namespace guildhall::directory {

struct ImportedMembership {
  CommunityId community;
  MemberId member;
  Role role = Role::kMember;
  absl::Time create_time;
};

// Each creates what does not exist yet, in one transaction with its changes (origin IMPORT), and
// says how many that were; what exists is left as it is. Safe to repeat.

// Parents come before their children, in an earlier call or earlier in this one.
// Fails with: FIELD_INVALID (unknown parent, a display name taken beside it), NESTED_TOO_DEEP,
// WIDER_THAN_PARENT.
absl::StatusOr<int> ImportCommunities(postgres::Database& database,
                                      const postgres::Context& context,
                                      std::span<const Community> communities);

// Memberships of whoever is banned are left out.
// Fails with: FIELD_INVALID (unknown member or community).
absl::StatusOr<int> ImportMemberships(postgres::Database& database,
                                      const postgres::Context& context,
                                      std::span<const ImportedMembership> memberships);

}  // namespace guildhall::directory
