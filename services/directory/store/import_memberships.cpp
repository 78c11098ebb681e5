#include "directory/statements.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/access_changes.h"
#include "libs/postgres/errors.h"
#include "services/directory/domain/following.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/import_store.h"

namespace guildhall::directory {
namespace {

// Of imported memberships. Many are told as one: watchers forget everything then.
std::vector<feeds::AccessChange> AccessChangesOf(const std::vector<changelog::Change>& changes) {
  if (changes.size() > std::size_t{kMaxNotedSingly}) return {feeds::AccessChange::Everything()};
  std::vector<feeds::AccessChange> facts;
  for (const changelog::Change& change : changes) {
    facts.push_back(feeds::AccessChange::Of(MemberId(change.resource)));
  }
  return facts;
}

// Members are held first, and then communities.
void Hold(postgres::Work& work, std::span<const ImportedMembership> memberships) {
  std::vector<CommunityId> communities;
  std::vector<MemberId> members;
  for (const ImportedMembership& membership : memberships) {
    communities.push_back(membership.community);
    members.push_back(membership.member);
  }
  work.Defer(sql::kHoldMembers, members);
  work.Defer(sql::kLockCommunities, communities);
}

// What stands of memberships, in their order. What a request that is only validated names counts as
// there.
absl::StatusOr<std::vector<StandingToImport>> ReadStanding(
    postgres::Work& work, const ImportOrder& order, std::span<const ImportedMembership> sent) {
  std::vector<CommunityId> communities;
  std::vector<MemberId> members;
  for (const ImportedMembership& membership : sent) {
    communities.push_back(membership.community);
    members.push_back(membership.member);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kReadMembershipsToImport, communities, members));
  std::vector<StandingToImport> standing;
  for (const postgres::Row row : rows) {
    const auto affiliation = row.Get<std::optional<std::int32_t>>(0);
    const auto admits = row.Get<std::optional<std::int32_t>>(1);
    const bool admitted = !affiliation || !admits ||
                          IsAdmitted(static_cast<Affiliation>(*affiliation),
                                     CommunityProfile{.admits = static_cast<Admits>(*admits)});
    standing.push_back(
        {.member_exists = order.validate_only || affiliation,
         .community_exists = order.validate_only || admits,
         .banned = row.Get<bool>(2),
         .not_admitted = !admitted,
         .ended = row.Get<bool>(3),
         .role = static_cast<Role>(row.Get<std::optional<std::int32_t>>(4).value_or(0))});
  }
  return standing;
}

ImportOutcome Decide(const ImportOrder& order, const StandingToImport& standing,
                     const ImportedMembership& sent) {
  ImportOutcome outcome = DecideMembership(standing, sent.role);
  const bool created = outcome.result == ImportResult::kCreated;
  if (standing.role != Role::kNone || (created && !order.validate_only)) {
    const Role stands = created ? sent.role : standing.role;
    outcome.content_hash = ContentOf(sent.community, sent.member, stands);
  }
  return outcome;
}

// Creates those that are not there, and says how many.
absl::StatusOr<int> Create(postgres::Work& work, std::span<const ImportedMembership> memberships) {
  std::vector<CommunityId> communities;
  std::vector<MemberId> members;
  std::vector<std::int32_t> roles;
  std::vector<absl::Time> times;
  for (const ImportedMembership& membership : memberships) {
    communities.push_back(membership.community);
    members.push_back(membership.member);
    roles.push_back(static_cast<std::int32_t>(membership.role));
    times.push_back(membership.create_time);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kImportMemberships, communities, members, roles, times));
  std::vector<changelog::Change> changes;
  for (const postgres::Row row : rows) {
    changes.push_back({.kind = change::v1::KIND_MEMBERSHIP_CREATED,
                       .key = row.Get<Uuid>(0),
                       .resource = row.Get<Uuid>(1),
                       .origin = changelog::Origin::kImport});
  }
  if (changes.empty()) return 0;
  changelog::Append(work, changes);
  feeds::NoteAccessChanges(work, AccessChangesOf(changes));
  return static_cast<int>(changes.size());
}

absl::StatusOr<Imported> Import(postgres::Work& work, const ImportOrder& order,
                                std::span<const ImportedMembership> memberships) {
  Hold(work, memberships);
  GUILDHALL_ASSIGN(const auto standing, ReadStanding(work, order, memberships));
  Imported imported;
  std::vector<ImportedMembership> missing;
  for (std::size_t i = 0; i < memberships.size(); ++i) {
    if (order.answers_outcomes()) {
      imported.outcomes.push_back(Decide(order, standing[i], memberships[i]));
      if (imported.outcomes[i].result != ImportResult::kCreated) continue;
    } else if (standing[i].banned || standing[i].not_admitted) {
      continue;
    }
    missing.push_back(memberships[i]);
  }
  imported.created = static_cast<int>(missing.size());
  if (order.validate_only || missing.empty()) return imported;
  GUILDHALL_ASSIGN(imported.created, Create(work, missing));
  return imported;
}

}  // namespace

absl::StatusOr<Imported> ImportMemberships(postgres::Database& database,
                                           const postgres::Context& context,
                                           const ImportOrder& order,
                                           std::span<const ImportedMembership> memberships) {
  absl::StatusOr<Imported> imported = database.Transact<Imported>(
      context, [&](postgres::Work& work) { return Import(work, order, memberships); });
  const auto constraint = postgres::ViolatedConstraint(imported.status());
  if (constraint) return WrongField("memberships", "breaks " + *constraint);
  return imported;
}

}  // namespace guildhall::directory
