#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/base/standing.h"
#include "libs/changelog/change_log.h"
#include "libs/postgres/database.h"
#include "services/directory/domain/profile.h"

namespace guildhall::directory {

// A person with a profile.
struct Member {
  MemberId id;
  Profile profile;
  Affiliation affiliation = Affiliation::kNone;
  std::int64_t version = 1;
  absl::Time create_time;
  // Whether its account is, as far as identity has told.
  bool suspended = false;
};

// Those among `ids` whom the viewer may see, in no order, and as much of each: of those whom an
// external viewer knows from an OPEN community that admits everybody, without belonging to it, the
// name and the affiliation only. One statement.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<Member>> GetMembers(postgres::Database& database,
                                               const postgres::Context& context,
                                               const access::Viewer& viewer,
                                               std::span<const MemberId> ids);

// The caller's own profile, held until the end of the transaction. Fails with: BUSY.
absl::StatusOr<std::optional<Member>> LockOwnMember(postgres::Work& work,
                                                    const access::Grant& grant);

// Any member's profile, held likewise, for a grant of kAccountAdminister. Fails with: BUSY.
absl::StatusOr<std::optional<Member>> LockMember(postgres::Work& work, const access::Grant& grant,
                                                 MemberId id);

// Stores the profile and version of a locked member.
void UpdateMember(postgres::Work& work, const Member& member);

// Creates those members that do not exist yet, with their changes in the log, in one transaction,
// and says how many they were; the rest is left as it is. Safe to repeat and to race.
absl::StatusOr<int> CreateMissingMembers(postgres::Database& database,
                                         const postgres::Context& context,
                                         std::span<const Member> members, changelog::Origin origin);

// The same as a part of a transaction.
absl::StatusOr<int> CreateMissingMembers(postgres::Work& work, std::span<const Member> members,
                                         changelog::Origin origin);

}  // namespace guildhall::directory
