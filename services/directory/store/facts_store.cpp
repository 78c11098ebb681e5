#include "services/directory/store/facts_store.h"

#include "directory/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::directory {
namespace {

FactsAnswer AnswerFrom(const postgres::Row& row) {
  FactsAnswer answer;
  answer.affiliation = static_cast<Affiliation>(row.Get<std::int32_t>(0));
  const std::int32_t visibility = row.Get<std::int32_t>(1);
  if (visibility == 0) return answer;
  answer.community = {.exists = true,
                      .visibility = static_cast<Visibility>(visibility),
                      .admits = static_cast<Admits>(row.Get<std::int32_t>(2)),
                      .role = static_cast<Role>(row.Get<std::int32_t>(3)),
                      .owns_ancestor = row.Get<bool>(4)};
  return answer;
}

}  // namespace

absl::StatusOr<std::vector<FactsAnswer>> GetFacts(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  std::span<const FactsQuestion> questions) {
  std::vector<MemberId> members;
  std::vector<CommunityId> communities;
  for (const FactsQuestion& question : questions) {
    members.push_back(question.member);
    communities.push_back(question.community);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kGetAccessFacts, members, communities));
  std::vector<FactsAnswer> answers;
  for (const postgres::Row row : rows) answers.push_back(AnswerFrom(row));
  return answers;
}

}  // namespace guildhall::directory
