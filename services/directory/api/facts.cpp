#include "services/directory/api/facts.h"

#include "libs/base/status_macros.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/member_store.h"

namespace guildhall::directory {
namespace {

bool MayBeCreated(const Asker& asker) {
  return asker.affiliation != Affiliation::kNone &&
         CheckText("display_name", asker.display_name, kDisplayName).ok();
}

absl::StatusOr<std::vector<feeds::AccessValue>> StandingsFor(
    postgres::Database& database, const std::vector<feeds::AccessKey>& keys, Deadline deadline) {
  std::vector<Asker> askers;
  for (const feeds::AccessKey& key : keys) {
    askers.push_back(
        {{key.member, key.community.value_or(CommunityId())}, key.display_name, key.affiliation});
  }
  GUILDHALL_ASSIGN(const std::vector<FactsAnswer> answers,
                   FactsFor(database, {.deadline = deadline}, askers, SystemClock().Now()));
  std::vector<feeds::AccessValue> values;
  for (const FactsAnswer& answer : answers) {
    values.push_back({answer.affiliation, answer.community});
  }
  return values;
}

}  // namespace

OwnStandings::OwnStandings(postgres::Database& database)
    : OwnStore([&database](const std::vector<feeds::AccessKey>& keys, Deadline deadline) {
        return StandingsFor(database, keys, deadline);
      }) {}

absl::StatusOr<std::vector<FactsAnswer>> FactsFor(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  std::span<const Asker> askers, absl::Time now) {
  std::vector<FactsQuestion> questions;
  for (const Asker& asker : askers) questions.push_back(asker.question);
  GUILDHALL_ASSIGN(std::vector<FactsAnswer> answers, GetFacts(database, context, questions));
  std::vector<Member> newcomers;
  for (std::size_t i = 0; i < askers.size(); ++i) {
    if (answers[i].affiliation != Affiliation::kNone || !MayBeCreated(askers[i])) continue;
    newcomers.push_back({.id = questions[i].member,
                         .profile = {.display_name = askers[i].display_name},
                         .affiliation = askers[i].affiliation,
                         .create_time = now});
  }
  if (newcomers.empty()) return answers;
  GUILDHALL_TRY(
      CreateMissingMembers(database, context, newcomers, changelog::Origin::kLive).status());
  return GetFacts(database, context, questions);
}

}  // namespace guildhall::directory
