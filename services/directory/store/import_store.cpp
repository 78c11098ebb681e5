#include "services/directory/store/import_store.h"

#include <map>
#include <vector>

#include "directory/statements.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/access_changes.h"
#include "libs/postgres/errors.h"
#include "services/directory/domain/importing.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

std::int32_t Number(auto value) { return static_cast<std::int32_t>(value); }

// The constraint that a row of the import broke, as the importer's mistake.
absl::Status Translated(absl::Status status, std::string_view field) {
  const auto constraint = postgres::ViolatedConstraint(status);
  if (!constraint) return status;
  return WrongField(field, "breaks " + *constraint);
}

// Of imported memberships. Many are told as one: watchers forget everything then.
std::vector<feeds::AccessChange> AccessChangesOf(const std::vector<changelog::Change>& changes) {
  if (changes.size() > std::size_t{kMaxNotedSingly}) return {feeds::AccessChange::Everything()};
  std::vector<feeds::AccessChange> facts;
  for (const changelog::Change& change : changes) {
    facts.push_back(feeds::AccessChange::Of(MemberId(change.resource)));
  }
  return facts;
}

// Held from the beginning: so nobody archives one between the statements that found below it.
std::vector<CommunityId> ParentsOf(std::span<const Community> communities) {
  std::vector<CommunityId> parents;
  for (const Community& community : communities) {
    if (community.parent) parents.push_back(*community.parent);
  }
  return parents;
}

// What stands of some communities.
absl::StatusOr<StandingCommunities> ReadStanding(postgres::Work& work,
                                                 const std::vector<CommunityId>& communities) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kReadStandingCommunities, communities));
  StandingCommunities standing;
  for (const postgres::Row row : rows) {
    LockedCommunity& each = standing[row.Get<CommunityId>(0)];
    each.ancestors = row.Get<std::vector<CommunityId>>(1);
    each.community.profile.visibility = static_cast<Visibility>(row.Get<std::int32_t>(2));
    each.community.profile.admits = static_cast<Admits>(row.Get<std::int32_t>(3));
  }
  return standing;
}

// One level of the tree: all whose parents stand already.
absl::StatusOr<int> ImportLevel(postgres::Work& work, std::span<const Community> level) {
  std::vector<CommunityId> ids;
  std::vector<std::optional<CommunityId>> parents;
  std::vector<std::string> names, descriptions, locations;
  std::vector<std::int32_t> kinds, visibilities, admits;
  std::vector<absl::Time> times;
  for (const Community& community : level) {
    ids.push_back(community.id);
    parents.push_back(community.parent);
    names.push_back(community.profile.display_name);
    descriptions.push_back(community.profile.description);
    kinds.push_back(Number(community.kind));
    visibilities.push_back(Number(community.profile.visibility));
    admits.push_back(Number(community.profile.admits));
    times.push_back(community.create_time);
    locations.push_back(community.profile.location);
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kImportCommunities, ids, parents, names, descriptions, kinds,
                            visibilities, admits, times, locations));
  std::vector<changelog::Change> changes;
  for (const postgres::Row row : rows) {
    const Uuid id = row.Get<Uuid>(0);
    changes.push_back({.kind = change::v1::KIND_COMMUNITY_CREATED,
                       .key = id,
                       .resource = id,
                       .origin = changelog::Origin::kImport});
  }
  changelog::Append(work, changes);
  return static_cast<int>(changes.size());
}

// Holds all of them and inserts those whose member the community admits.
absl::StatusOr<postgres::Rows> InsertAdmitted(postgres::Work& work,
                                              std::span<const ImportedMembership> memberships) {
  std::vector<CommunityId> communities;
  std::vector<MemberId> members;
  for (const ImportedMembership& membership : memberships) {
    communities.push_back(membership.community);
    members.push_back(membership.member);
  }
  GUILDHALL_ASSIGN(const postgres::Rows held, work.Run(sql::kHoldMembers, members));
  work.Defer(sql::kLockCommunities, communities);
  GUILDHALL_ASSIGN(const StandingCommunities standing, ReadStanding(work, communities));
  std::map<MemberId, Affiliation> affiliations;
  for (const postgres::Row row : held) {
    affiliations[row.Get<MemberId>(0)] = static_cast<Affiliation>(row.Get<std::int32_t>(1));
  }
  communities.clear();
  members.clear();
  std::vector<std::int32_t> roles;
  std::vector<absl::Time> times;
  for (const ImportedMembership& membership : memberships) {
    const auto community = standing.find(membership.community);
    const auto member = affiliations.find(membership.member);
    // Of what is not there the tables tell.
    if (community != standing.end() && member != affiliations.end() &&
        !IsAdmitted(member->second, community->second.community.profile)) {
      continue;
    }
    communities.push_back(membership.community);
    members.push_back(membership.member);
    roles.push_back(Number(membership.role));
    times.push_back(membership.create_time);
  }
  return work.Run(sql::kImportMemberships, communities, members, roles, times);
}

}  // namespace

absl::StatusOr<int> ImportCommunities(postgres::Database& database,
                                      const postgres::Context& context,
                                      std::span<const Community> communities) {
  absl::StatusOr<int> created =
      database.Transact<int>(context, [&](postgres::Work& work) -> absl::StatusOr<int> {
        std::vector<CommunityId> asked = ParentsOf(communities);
        work.Defer(sql::kLockCommunities, asked);
        for (const Community& community : communities) asked.push_back(community.id);
        GUILDHALL_ASSIGN(const StandingCommunities standing, ReadStanding(work, asked));
        GUILDHALL_TRY(CheckImporting(communities, standing));
        int total = 0;
        // Runs of siblings go in one statement; a child waits for the statement of its parent.
        for (std::size_t begin = 0; begin < communities.size();) {
          std::size_t end = begin + 1;
          while (end < communities.size() && communities[end].parent == communities[begin].parent) {
            ++end;
          }
          GUILDHALL_ASSIGN(const int level,
                           ImportLevel(work, communities.subspan(begin, end - begin)));
          total += level;
          begin = end;
        }
        return total;
      });
  if (!created.ok()) return Translated(created.status(), "communities");
  return created;
}

absl::StatusOr<int> ImportMemberships(postgres::Database& database,
                                      const postgres::Context& context,
                                      std::span<const ImportedMembership> memberships) {
  absl::StatusOr<int> created =
      database.Transact<int>(context, [&](postgres::Work& work) -> absl::StatusOr<int> {
        GUILDHALL_ASSIGN(const postgres::Rows rows, InsertAdmitted(work, memberships));
        std::vector<changelog::Change> changes;
        for (const postgres::Row row : rows) {
          changes.push_back({.kind = change::v1::KIND_MEMBERSHIP_CREATED,
                             .key = row.Get<Uuid>(0),
                             .resource = row.Get<Uuid>(1),
                             .origin = changelog::Origin::kImport});
        }
        changelog::Append(work, changes);
        feeds::NoteAccessChanges(work, AccessChangesOf(changes));
        return static_cast<int>(changes.size());
      });
  if (!created.ok()) return Translated(created.status(), "memberships");
  return created;
}

}  // namespace guildhall::directory
