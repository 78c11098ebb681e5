#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/skill.h"

namespace guildhall::discussions {

// kMaxSkillPosts of the posts that the member of `visible` wrote there within kSkillsFor, and some
// before, with the tags of their topics, as the index of search knows them.
//
// One statement: up to 200 buffers for the posts, 4 for each community and quarter, and 160 while
// the index has not taken in what is new. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<TaggedPost>> ListOwnTaggedPosts(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& visible, absl::Time now);

}  // namespace guildhall::discussions
