#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/directory/domain/community.h"
#include "services/directory/store/community_store.h"
#include "services/directory/store/member_search.h"

namespace guildhall::directory {

// What communities were called before.

// Keeps the name that `community` had until `end`, and of its former names the latest
// kMaxFormerNames; that which it has now is none of them. A part of a transaction in which the
// community is locked, and no round trip. Before the edit is stored: an edit that shows the
// community to more people forgets them (migrations/0020).
void KeepFormerName(postgres::Work& work, const Community& community, std::string_view former,
                    absl::Time end);

// A community that a search found by a name that it had.
struct FormerlyCalled {
  Community community;
  std::string name_key;
  std::string former_name;
  absl::Time end_time;
};
struct FoundFormerNames {
  // Those whose names ended last come first.
  std::vector<FormerlyCalled> communities;
  // Of the name that was asked.
  std::string asked_key;
};

// Up to `count` communities that were called `name`, among those that the viewer may see; one comes
// for each such name. One statement: look-ups in one index, and the rows of those that were called
// so. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<FoundFormerNames> FindFormerNames(postgres::Database& database,
                                                 const postgres::Context& context,
                                                 const access::Viewer& viewer,
                                                 std::string_view name, Spelling spelling,
                                                 Archived archived, int count);

}  // namespace guildhall::directory
