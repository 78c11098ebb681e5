#include "services/directory/store/charter_store.h"

#include "directory/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"

namespace guildhall::directory {
namespace {

Charter CharterFrom(const postgres::Rows& rows) {
  if (rows.empty()) return {};
  const postgres::Row row = rows[0];
  return {.purpose = row.Get<std::string>(0),
          .sponsor = row.Get<std::optional<MemberId>>(1),
          .cadence = row.Get<std::string>(2),
          .welcome = row.Get<std::string>(3),
          .review_time = row.Get<std::optional<absl::Time>>(4),
          .version = row.Get<std::int64_t>(5)};
}

bool IsExternal(const access::Grant& grant) {
  return grant.viewer().affiliation() != Affiliation::kEmployee;
}

std::vector<MemberId> MembersFrom(const postgres::Rows& rows) {
  std::vector<MemberId> members;
  for (const postgres::Row row : rows) members.push_back(row.Get<MemberId>(0));
  return members;
}

}  // namespace

absl::StatusOr<Charter> GetCharter(postgres::Database& database, const postgres::Context& context,
                                   const access::Grant& grant) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetCharter, *grant.community()));
  return CharterFrom(rows);
}

absl::StatusOr<std::vector<MemberId>> ListLeads(postgres::Database& database,
                                                const postgres::Context& context,
                                                const access::Grant& grant, int count) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListLeads, *grant.community(), grant.member(),
                                 IsExternal(grant), count));
  return MembersFrom(rows);
}

absl::StatusOr<std::vector<MemberId>> ListLeads(postgres::Work& work, const access::Grant& grant,
                                                int count) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kListLeads, *grant.community(),
                                                       grant.member(), IsExternal(grant), count));
  return MembersFrom(rows);
}

absl::StatusOr<std::vector<OverdueCharter>> ListOverdueCharters(
    postgres::Database& database, const postgres::Context& context, const access::Viewer& viewer,
    absl::Time now, const OverdueCharter& after, int count) {
  std::vector<OverdueCharter> overdue;
  if (viewer.affiliation() == Affiliation::kNone) return overdue;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListOverdueCharters, viewer.member(),
                                 viewer.affiliation() != Affiliation::kEmployee, now,
                                 after.review_time, after.community, count));
  for (const postgres::Row row : rows) {
    overdue.push_back({row.Get<absl::Time>(1), row.Get<CommunityId>(0)});
  }
  return overdue;
}

absl::StatusOr<Charter> GetCharter(postgres::Work& work, CommunityId community) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kGetCharter, community));
  return CharterFrom(rows);
}

void PutCharter(postgres::Work& work, CommunityId community, const Charter& charter) {
  work.Defer(sql::kPutCharter, community, charter.purpose, charter.sponsor, charter.cadence,
             charter.welcome, charter.review_time, charter.version);
}

}  // namespace guildhall::directory
