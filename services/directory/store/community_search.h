#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/directory/domain/community.h"
#include "services/directory/store/community_store.h"
#include "services/directory/store/member_search.h"

namespace guildhall::directory {

// A community that a search found, with the key of its name.
struct FoundCommunity {
  Community community;
  std::string name_key;
};
struct FoundCommunities {
  // In no order.
  std::vector<FoundCommunity> communities;
  // Of the name that was asked.
  std::string asked_key;
};

// Up to `count` communities that are called `name`, among those that the viewer may see. One
// statement: look-ups in one index, and a row for each that is called so.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<FoundCommunities> FindCommunities(postgres::Database& database,
                                                 const postgres::Context& context,
                                                 const access::Viewer& viewer,
                                                 std::string_view name, Spelling spelling,
                                                 Archived archived, int count);

// Up to `count` communities that say each word of `words` of themselves (migrations/0029), without
// those of `left_out`, among those that the viewer may see, the larger ones first. One statement:
// for each word a key of one index, and a walk of the catalog as for a list.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<FoundCommunity>> FindCommunitiesAbout(
    postgres::Database& database, const postgres::Context& context, const access::Viewer& viewer,
    std::string_view words, const std::vector<CommunityId>& left_out, Archived archived, int count);

// Lists the next community by its words that was not when the index of them came, and says whether
// there was one. Only in a transaction. Fails with: BUSY, DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<bool> FillNextCommunityWords(postgres::Work& work);

}  // namespace guildhall::directory
