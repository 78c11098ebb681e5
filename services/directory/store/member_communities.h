#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/directory/domain/community.h"
#include "services/directory/store/community_store.h"

namespace guildhall::directory {

// A community and what a member is in it.
struct MemberCommunity {
  Community community;
  Role role = Role::kMember;
};

// Up to `count` communities that `member` belongs to, by name, of those where the viewer sees who
// does. Walks as CommunityStore::List does. Whether the viewer knows the member is asked before.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<MemberCommunity>> ListMemberCommunities(
    postgres::Database& database, const postgres::Context& context, const access::Viewer& viewer,
    MemberId member, Archived archived, const NamePosition& after, int count);

}  // namespace guildhall::directory
