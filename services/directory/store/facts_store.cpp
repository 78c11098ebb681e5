#include "services/directory/store/facts_store.h"

#include "directory/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::directory {
namespace {

feeds::StandingFact FactFrom(const postgres::Row& row) {
  feeds::StandingFact fact{.affiliation = static_cast<Affiliation>(row.Get<std::int32_t>(0)),
                           .community = {},
                           .revision = row.Get<std::int64_t>(8)};
  const std::int32_t visibility = row.Get<std::int32_t>(1);
  if (visibility == 0) return fact;
  fact.community = {.exists = true,
                    .visibility = static_cast<Visibility>(visibility),
                    .admits = static_cast<Admits>(row.Get<std::int32_t>(2)),
                    .role = static_cast<Role>(row.Get<std::int32_t>(3)),
                    .owns_ancestor = row.Get<bool>(4),
                    .banned = row.Get<bool>(5),
                    .archived = row.Get<bool>(6),
                    .muted = row.Get<bool>(7)};
  return fact;
}

}  // namespace

absl::StatusOr<std::vector<feeds::StandingFact>> GetFacts(
    postgres::Database& database, const postgres::Context& context,
    std::span<const FactsQuestion> questions) {
  std::vector<MemberId> members;
  std::vector<CommunityId> communities;
  for (const FactsQuestion& question : questions) {
    members.push_back(question.member);
    communities.push_back(question.community);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetAccessFacts, members, communities));
  std::vector<feeds::StandingFact> facts;
  for (const postgres::Row row : rows) facts.push_back(FactFrom(row));
  return facts;
}

}  // namespace guildhall::directory
