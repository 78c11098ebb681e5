#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/import_outcome.h"
#include "libs/postgres/database.h"
#include "services/directory/domain/community.h"
#include "services/directory/store/member_store.h"

namespace guildhall::directory {

struct ImportedMembership {
  CommunityId community;
  MemberId member;
  Role role = Role::kMember;
  absl::Time create_time;
};

// How an import is meant.
struct ImportOrder {
  ImportManner manner = ImportManner::kCreateOnly;
  // Everything is decided and nothing stored; what a record names counts as there.
  bool validate_only = false;
  absl::Time now;

  bool answers_outcomes() const { return validate_only || manner == ImportManner::kFollowSource; }
};

// What an import came to: how many were created, and, where the order asks for outcomes, one for
// each record.
struct Imported {
  int created = 0;
  std::vector<ImportOutcome> outcomes;
};

// Each writes in one transaction with its changes (origin IMPORT). With kCreateOnly what exists is
// left as it is. Safe to repeat.

absl::StatusOr<Imported> ImportMembers(postgres::Database& database,
                                       const postgres::Context& context, const ImportOrder& order,
                                       std::span<const Member> members);

// Parents come before their children, in an earlier call or earlier in this one.
// Fails with: FIELD_INVALID (unknown parent, a display name taken beside it), NESTED_TOO_DEEP,
// WIDER_THAN_PARENT; with kFollowSource these are outcomes, also where somebody takes a name at the
// same moment. DISPLAY_NAME_TAKEN comes where that happens 5 times in a row.
absl::StatusOr<Imported> ImportCommunities(postgres::Database& database,
                                           const postgres::Context& context,
                                           const ImportOrder& order,
                                           std::span<const Community> communities);

// Memberships of whoever is banned are left out.
// Fails with: FIELD_INVALID (unknown member or community); with kFollowSource that is an outcome.
absl::StatusOr<Imported> ImportMemberships(postgres::Database& database,
                                           const postgres::Context& context,
                                           const ImportOrder& order,
                                           std::span<const ImportedMembership> memberships);

}  // namespace guildhall::directory
