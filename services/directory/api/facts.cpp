#include "services/directory/api/facts.h"

#include "libs/base/status_macros.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/member_store.h"

namespace guildhall::directory {
namespace {

// The member whom a token makes; nothing when it says too little, or what no member is called.
std::optional<Member> NewcomerFrom(const Asker& asker, absl::Time now) {
  absl::StatusOr<std::string> name = TidyText("display_name", asker.display_name, kDisplayName);
  if (asker.affiliation == Affiliation::kNone || !name.ok()) return std::nullopt;
  return Member{.id = asker.question.member,
                .profile = {.display_name = *std::move(name)},
                .affiliation = asker.affiliation,
                .create_time = now};
}

absl::StatusOr<std::vector<feeds::StandingFact>> StandingsFor(
    postgres::Database& database, const std::vector<feeds::AccessKey>& keys, Deadline deadline) {
  std::vector<Asker> askers;
  for (const feeds::AccessKey& key : keys) {
    askers.push_back(
        {{key.member, key.community.value_or(CommunityId())}, key.display_name, key.affiliation});
  }
  return FactsFor(database, {.deadline = deadline}, askers, SystemClock().Now());
}

}  // namespace

OwnStandings::OwnStandings(postgres::Database& database)
    : OwnStore([&database](const std::vector<feeds::AccessKey>& keys, Deadline deadline) {
        return StandingsFor(database, keys, deadline);
      }) {}

absl::StatusOr<std::vector<feeds::StandingFact>> FactsFor(postgres::Database& database,
                                                          const postgres::Context& context,
                                                          std::span<const Asker> askers,
                                                          absl::Time now) {
  std::vector<FactsQuestion> questions;
  for (const Asker& asker : askers) questions.push_back(asker.question);
  GUILDHALL_ASSIGN(std::vector<feeds::StandingFact> answers,
                   GetFacts(database, context, questions));
  std::vector<Member> newcomers;
  for (std::size_t i = 0; i < askers.size(); ++i) {
    if (answers[i].affiliation != Affiliation::kNone) continue;
    if (auto newcomer = NewcomerFrom(askers[i], now)) newcomers.push_back(*std::move(newcomer));
  }
  if (newcomers.empty()) return answers;
  GUILDHALL_TRY(
      CreateMissingMembers(database, context, newcomers, changelog::Origin::kLive).status());
  return GetFacts(database, context, questions);
}

}  // namespace guildhall::directory
