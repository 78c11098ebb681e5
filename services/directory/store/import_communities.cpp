#include <set>

#include "directory/statements.h"
#include "guildhall/change/v1/change.pb.h"
#include "guildhall/directory/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/postgres/errors.h"
#include "services/directory/domain/following.h"
#include "services/directory/domain/importing.h"
#include "services/directory/store/community_rows.h"
#include "services/directory/store/community_writes.h"
#include "services/directory/store/former_names.h"
#include "services/directory/store/import_store.h"

namespace guildhall::directory {
namespace {

// How often names may be taken while an import looks whether they are free: each time by somebody
// else, within some milliseconds.
constexpr int kNameAttempts = 5;

std::int32_t Number(auto value) { return static_cast<std::int32_t>(value); }

using Marks = std::map<CommunityId, ImportMark>;

struct Standing {
  StandingCommunities communities;
  Marks marks;
};

// What stands of them and of their parents, which are held from the beginning: so nobody archives
// one between the statements that found below it.
absl::StatusOr<Standing> ReadStanding(postgres::Work& work, const ImportOrder& order,
                                      std::span<const Community> communities) {
  std::vector<CommunityId> held, asked;
  for (const Community& community : communities) {
    if (community.parent) held.push_back(*community.parent);
    asked.push_back(community.id);
  }
  asked.insert(asked.end(), held.begin(), held.end());
  if (order.manner == ImportManner::kFollowSource) held = asked;
  work.Defer(sql::kLockCommunities, held);
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kReadCommunitiesToImport, asked));
  Standing standing;
  for (const postgres::Row row : rows) {
    LockedCommunity& each = standing.communities[row.Get<CommunityId>(0)];
    each.community = CommunityFrom(row);
    each.ancestors = row.Get<std::vector<CommunityId>>(kCommunityColumns);
    const auto mark = row.Get<std::optional<std::int64_t>>(kCommunityColumns + 1);
    if (mark) standing.marks[each.community.id] = ImportMark::From(*mark);
  }
  return standing;
}

// What keeps its place and its reach where it stands; what does not gets them as sent.
const Community& PlaceOf(const Community& sent, const StandingCommunities& standing) {
  const auto found = standing.find(sent.id);
  return found == standing.end() ? sent : found->second.community;
}

// Which display names are taken where.
class Names {
 public:
  static absl::StatusOr<Names> Read(postgres::Work& work, std::span<const Community> communities,
                                    const StandingCommunities& standing) {
    std::vector<std::optional<CommunityId>> parents;
    std::vector<std::string_view> names;
    for (const Community& community : communities) {
      parents.push_back(PlaceOf(community, standing).parent);
      names.push_back(community.profile.display_name);
    }
    GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kReadNamesToImport, parents, names));
    Names read;
    for (const postgres::Row row : rows) {
      read.keys_.push_back(row.Get<std::string>(0));
      read.holders_.push_back(row.Get<std::optional<CommunityId>>(1));
    }
    return read;
  }

  // OK where `community` may have the name of this place in the request, which is taken then.
  absl::Status Take(std::size_t place, const Community& community) {
    if (community.profile.visibility == Visibility::kSecret) return absl::OkStatus();
    const std::optional<CommunityId>& holder = holders_[place];
    const bool taken = (holder && holder != community.id) ||
                       !taken_.emplace(community.parent, keys_[place]).second;
    if (!taken) return absl::OkStatus();
    return WrongField("communities.display_name", "is that of another community beside it");
  }

 private:
  std::vector<std::string> keys_;
  std::vector<std::optional<CommunityId>> holders_;
  std::set<std::pair<std::optional<CommunityId>, std::string>> taken_;
};

// One level of the tree: all whose parents stand already.
absl::StatusOr<int> ImportLevel(postgres::Work& work, std::span<const Community> level) {
  std::vector<CommunityId> ids;
  std::vector<std::optional<CommunityId>> parents;
  std::vector<std::string> names, descriptions, locations;
  std::vector<std::int32_t> kinds, visibilities, admits;
  std::vector<absl::Time> times;
  std::vector<std::int64_t> marks;
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
    marks.push_back(MarkOf(community).Packed());
  }
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kImportCommunities, ids, parents, names, descriptions, kinds,
                            visibilities, admits, times, locations, marks));
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

// Runs of siblings go in one statement; a child waits for the statement of its parent.
absl::StatusOr<int> ImportTree(postgres::Work& work, std::span<const Community> communities) {
  int total = 0;
  for (std::size_t begin = 0; begin < communities.size();) {
    std::size_t end = begin + 1;
    while (end < communities.size() && communities[end].parent == communities[begin].parent) {
      ++end;
    }
    GUILDHALL_ASSIGN(const int level, ImportLevel(work, communities.subspan(begin, end - begin)));
    total += level;
    begin = end;
  }
  return total;
}

// A community that stands takes over what its source has changed.
class Follower {
 public:
  Follower(postgres::Work& work, const ImportOrder& order, Standing& standing, Names names)
      : work_(work), order_(order), standing_(standing), names_(std::move(names)) {}

  absl::StatusOr<ImportOutcome> Take(std::size_t place, const Community& sent) {
    const auto found = standing_.communities.find(sent.id);
    if (found == standing_.communities.end()) return Found(place, sent);
    Community& community = found->second.community;
    const auto mark = standing_.marks.find(sent.id);
    const Following following =
        FollowCommunity(sent, community,
                        mark == standing_.marks.end() ? std::nullopt : std::optional(mark->second));
    ImportOutcome outcome{.result = following.result};
    if (following.result == ImportResult::kUpdated) {
      GUILDHALL_TRY(names_.Take(place, community));
      if (!order_.validate_only) {
        failed_ = Store(sent, community);
        GUILDHALL_TRY(failed_);
      }
      TakeOver(sent, community);
    }
    if (following.mark && !order_.validate_only) {
      const std::vector<CommunityId> ids{sent.id};
      work_.Defer(sql::kMarkImportedCommunities, ids,
                  std::vector<std::int64_t>{following.mark->Packed()});
    }
    outcome.content_hash = ContentOf(community);
    if (sent.parent != community.parent) outcome.asides.push_back(ImportAside::kParent);
    if (sent.profile.visibility != community.profile.visibility ||
        sent.profile.admits != community.profile.admits) {
      outcome.asides.push_back(ImportAside::kReach);
    }
    return outcome;
  }

  // Of a statement: after it nothing of the transaction can be stored.
  const absl::Status& failed() const { return failed_; }
  const std::vector<Community>& missing() const { return missing_; }
  const std::vector<changelog::Change>& changes() const { return changes_; }

 private:
  absl::StatusOr<ImportOutcome> Found(std::size_t place, const Community& sent) {
    const bool parent_comes =
        order_.validate_only && sent.parent && !standing_.communities.contains(*sent.parent);
    if (!parent_comes) GUILDHALL_TRY(CheckFounding(sent, standing_.communities));
    if (const absl::Status named = names_.Take(place, sent); !named.ok()) {
      standing_.communities.erase(sent.id);
      return named;
    }
    missing_.push_back(sent);
    ImportOutcome outcome;
    if (!order_.validate_only) outcome.content_hash = ContentOf(sent);
    return outcome;
  }

  absl::Status Store(const Community& sent, const Community& before) {
    Community after = before;
    TakeOver(sent, after);
    if (before.profile.display_name != after.profile.display_name) {
      KeepFormerName(work_, after, before.profile.display_name, order_.now);
    }
    GUILDHALL_TRY(UpdateCommunity(work_, after, ReachChange::Lost::kNobody));
    changes_.push_back({.kind = change::v1::KIND_COMMUNITY_UPDATED,
                        .key = after.id.uuid(),
                        .resource = after.id.uuid(),
                        .version = after.version,
                        .origin = changelog::Origin::kImport});
    return absl::OkStatus();
  }

  postgres::Work& work_;
  const ImportOrder& order_;
  Standing& standing_;
  Names names_;
  absl::Status failed_;
  std::vector<Community> missing_;
  std::vector<changelog::Change> changes_;
};

absl::StatusOr<Imported> Import(postgres::Work& work, const ImportOrder& order,
                                std::span<const Community> communities) {
  GUILDHALL_ASSIGN(Standing standing, ReadStanding(work, order, communities));
  Imported imported;
  if (!order.answers_outcomes()) {
    GUILDHALL_TRY(CheckImporting(communities, standing.communities));
    GUILDHALL_ASSIGN(imported.created, ImportTree(work, communities));
    return imported;
  }
  GUILDHALL_ASSIGN(Names names, Names::Read(work, communities, standing.communities));
  Follower follower(work, order, standing, std::move(names));
  for (std::size_t place = 0; place < communities.size(); ++place) {
    absl::StatusOr<ImportOutcome> outcome = follower.Take(place, communities[place]);
    GUILDHALL_TRY(follower.failed());
    // What cannot be asked of the database is no record's fault.
    if (!outcome.ok() && !DetailsOf(outcome.status())) return outcome.status();
    imported.outcomes.push_back(outcome.ok() ? *std::move(outcome)
                                             : RefusedAlone(outcome.status()));
  }
  imported.created = static_cast<int>(follower.missing().size());
  if (order.validate_only) return imported;
  GUILDHALL_ASSIGN(imported.created, ImportTree(work, follower.missing()));
  changelog::Append(work, follower.changes());
  return imported;
}

// Whether somebody took a name after it was found free; whoever looks again finds it taken.
bool IsNameTaken(const absl::Status& status) {
  return Is(status, reasons::kDisplayNameTaken) ||
         postgres::ViolatedConstraint(status) == "one_display_name_among_siblings";
}

}  // namespace

absl::StatusOr<Imported> ImportCommunities(postgres::Database& database,
                                           const postgres::Context& context,
                                           const ImportOrder& order,
                                           std::span<const Community> communities) {
  absl::StatusOr<Imported> imported;
  for (int attempt = 0; attempt < kNameAttempts; ++attempt) {
    imported = database.Transact<Imported>(
        context, [&](postgres::Work& work) { return Import(work, order, communities); });
    if (!order.answers_outcomes() || !IsNameTaken(imported.status())) break;
  }
  const auto constraint = postgres::ViolatedConstraint(imported.status());
  if (constraint) return WrongField("communities", "breaks " + *constraint);
  return imported;
}

}  // namespace guildhall::directory
