#include <map>

#include "directory/statements.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "services/directory/domain/following.h"
#include "services/directory/store/import_store.h"
#include "services/directory/store/member_rows.h"

namespace guildhall::directory {
namespace {

struct StandingMember {
  Member member;
  std::optional<ImportMark> mark;
};
using StandingMembers = std::map<MemberId, StandingMember>;

absl::StatusOr<StandingMembers> LockMembers(postgres::Work& work, std::span<const Member> members) {
  std::vector<MemberId> ids;
  for (const Member& member : members) ids.push_back(member.id);
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kLockMembersToImport, ids));
  StandingMembers standing;
  for (const postgres::Row row : rows) {
    StandingMember& each = standing[row.Get<MemberId>(0)];
    each.member = MemberFrom(row);
    const auto mark = row.Get<std::optional<std::int64_t>>(kMemberColumns);
    if (mark) each.mark = ImportMark::From(*mark);
  }
  return standing;
}

// What stands takes over what the source has changed.
struct FollowingMembers {
  std::vector<Member> edited;
  std::vector<MemberId> marked;
  std::vector<std::int64_t> marks;

  ImportOutcome Decide(const Member& sent, StandingMember& standing) {
    Member& member = standing.member;
    const Following following =
        FollowProfile(sent.profile, member.profile, standing.mark, member.version);
    if (following.result == ImportResult::kUpdated) {
      member.profile = sent.profile;
      ++member.version;
      edited.push_back(member);
    }
    if (following.mark) {
      standing.mark = following.mark;
      marked.push_back(member.id);
      marks.push_back(following.mark->Packed());
    }
    ImportOutcome outcome{.result = following.result, .content_hash = ContentOf(member.profile)};
    if (sent.affiliation != member.affiliation) {
      outcome.asides.push_back(ImportAside::kAffiliation);
    }
    return outcome;
  }

  void Store(postgres::Work& work) const {
    std::vector<changelog::Change> changes;
    for (const Member& member : edited) {
      UpdateMember(work, member);
      changes.push_back({.kind = change::v1::KIND_MEMBER_UPDATED,
                         .key = member.id.uuid(),
                         .resource = member.id.uuid(),
                         .version = member.version,
                         .origin = changelog::Origin::kImport});
    }
    if (!marked.empty()) work.Defer(sql::kMarkImportedMembers, marked, marks);
    changelog::Append(work, changes);
  }
};

absl::StatusOr<Imported> Import(postgres::Work& work, const ImportOrder& order,
                                std::span<const Member> members) {
  GUILDHALL_ASSIGN(StandingMembers standing, LockMembers(work, members));
  const bool follows = order.manner == ImportManner::kFollowSource;
  Imported imported;
  FollowingMembers following;
  std::vector<Member> missing;
  for (const Member& member : members) {
    const auto found = standing.find(member.id);
    if (found != standing.end()) {
      imported.outcomes.push_back(following.Decide(member, found->second));
      continue;
    }
    missing.push_back(member);
    standing[member.id] = {member, MarkOf(member.profile)};
    ImportOutcome& outcome = imported.outcomes.emplace_back();
    if (!order.validate_only) {
      outcome.content_hash = ContentOf(member.profile);
    }
  }
  imported.created = static_cast<int>(missing.size());
  if (order.validate_only) return imported;
  GUILDHALL_ASSIGN(imported.created,
                   CreateMissingMembers(work, missing, changelog::Origin::kImport));
  if (follows) following.Store(work);
  return imported;
}

}  // namespace

absl::StatusOr<Imported> ImportMembers(postgres::Database& database,
                                       const postgres::Context& context, const ImportOrder& order,
                                       std::span<const Member> members) {
  if (!order.answers_outcomes()) {
    GUILDHALL_ASSIGN(const int created,
                     CreateMissingMembers(database, context, members, changelog::Origin::kImport));
    return Imported{created, {}};
  }
  return database.Transact<Imported>(
      context, [&](postgres::Work& work) { return Import(work, order, members); });
}

}  // namespace guildhall::directory
