#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/skill.h"

namespace guildhall::discussions {

// How many of somebody's posts are looked at for what it knows: each is a buffer, as it lies.
inline constexpr int kMaxSkillPosts = 200;

// The posts of the grant's member within kSkillsFor, and some before, with the tags of their
// topics, as the index of search knows them: the kMaxSkillPosts latest, to a quarter of a year.
// Wherever they stand: which of them it may read now is for the caller to ask.
//
// One statement, which looks into the index for each of five quarters until there are enough: up to
// 200 buffers for the posts, 110 for where they are in a large index, and 160 while the index has
// not taken in what is new. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<TaggedPost>> ListOwnTags(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant, absl::Time now);

}  // namespace guildhall::discussions
