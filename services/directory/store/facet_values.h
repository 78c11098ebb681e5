#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/directory/domain/member_search.h"

namespace guildhall::directory {

// By what members may be asked for. All fail with: DEPENDENCY_AWAY, DEADLINE_PASSED.

// The values of a facet that somebody has, as asked; `beginning` is in any form. For a viewer who
// knows everybody: an employee. Five buffers a value.
absl::StatusOr<std::vector<Label>> ListFacetValues(postgres::Database& database,
                                                   const postgres::Context& context,
                                                   const access::Viewer& viewer,
                                                   const ValuesAsked& asked);

// The form in which a text is compared with the keys of labels. No table is read.
absl::StatusOr<std::string> GetSearchKey(postgres::Database& database,
                                         const postgres::Context& context, std::string_view text);

// Lists what the next members have who came before their values were listed, at most `count`, and
// says how many they were: fewer are the last ones. Empty when there were none left. Holds them,
// and whoever else would list some waits. Safe to repeat. Fails with BUSY, too.
absl::StatusOr<std::optional<int>> FillFacetValues(postgres::Work& work, int count);

}  // namespace guildhall::directory
