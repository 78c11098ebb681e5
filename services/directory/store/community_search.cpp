#include "services/directory/store/community_search.h"

#include "directory/statements.h"
#include "libs/base/status_macros.h"
#include "services/directory/store/community_rows.h"

namespace guildhall::directory {

absl::StatusOr<FoundCommunities> FindCommunities(postgres::Database& database,
                                                 const postgres::Context& context,
                                                 const access::Viewer& viewer,
                                                 std::string_view name, Spelling spelling,
                                                 Archived archived, int count) {
  FoundCommunities found;
  if (viewer.affiliation() == Affiliation::kNone) return found;
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kSearchCommunities, name, spelling == Spelling::kForgiving,
                    viewer.member(), viewer.affiliation() != Affiliation::kEmployee, count,
                    archived == Archived::kShown));
  for (const postgres::Row row : rows) {
    found.communities.push_back({CommunityFrom(row), row.Get<std::string>(kCommunityColumns)});
  }
  if (!rows.empty()) found.asked_key = rows[0].Get<std::string>(kCommunityColumns + 1);
  return found;
}

absl::StatusOr<std::vector<FoundCommunity>> FindCommunitiesAbout(
    postgres::Database& database, const postgres::Context& context, const access::Viewer& viewer,
    std::string_view words, const std::vector<CommunityId>& left_out, Archived archived,
    int count) {
  std::vector<FoundCommunity> found;
  if (viewer.affiliation() == Affiliation::kNone) return found;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kSearchCommunitiesAbout, words, viewer.member(),
                                 viewer.affiliation() != Affiliation::kEmployee, left_out, count,
                                 archived == Archived::kShown));
  for (const postgres::Row row : rows) {
    found.push_back({CommunityFrom(row), row.Get<std::string>(kCommunityColumns)});
  }
  return found;
}

absl::StatusOr<bool> FillNextCommunityWords(postgres::Work& work) {
  GUILDHALL_ASSIGN(const postgres::Rows due, work.Run(sql::kLockCommunityWordFill));
  if (due.empty()) return false;
  GUILDHALL_ASSIGN(const postgres::Rows next,
                   work.Run(sql::kHoldNextCommunity, due[0].Get<CommunityId>(0)));
  if (next.empty()) {
    work.Defer(sql::kEndCommunityWordFill);
    return false;
  }
  const auto community = next[0].Get<CommunityId>(0);
  work.Defer(sql::kFillCommunityWords, community);
  work.Defer(sql::kMoveCommunityWordFill, community);
  return true;
}

}  // namespace guildhall::directory
