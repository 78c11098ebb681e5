#include "services/directory/store/former_names.h"

#include "directory/statements.h"
#include "libs/base/status_macros.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/community_rows.h"

namespace guildhall::directory {

void KeepFormerName(postgres::Work& work, const Community& community, std::string_view former,
                    absl::Time end) {
  work.Defer(sql::kKeepFormerName, community.id, former, community.profile.display_name, end,
             kMaxFormerNames);
}

absl::StatusOr<FoundFormerNames> FindFormerNames(postgres::Database& database,
                                                 const postgres::Context& context,
                                                 const access::Viewer& viewer,
                                                 std::string_view name, Spelling spelling,
                                                 Archived archived, int count) {
  FoundFormerNames found;
  if (viewer.affiliation() == Affiliation::kNone) return found;
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kSearchFormerNames, name, spelling == Spelling::kForgiving,
                    viewer.member(), viewer.affiliation() != Affiliation::kEmployee, count,
                    archived == Archived::kShown));
  constexpr int kFirst = kCommunityColumns;
  for (const postgres::Row row : rows) {
    found.communities.push_back({CommunityFrom(row), row.Get<std::string>(kFirst),
                                 row.Get<std::string>(kFirst + 1),
                                 row.Get<absl::Time>(kFirst + 2)});
  }
  if (!rows.empty()) found.asked_key = rows[0].Get<std::string>(kFirst + 3);
  return found;
}

}  // namespace guildhall::directory
