#include "services/directory/api/sanctioning.h"

#include <algorithm>

#include "guildhall/directory/v1/reasons.h"
#include "libs/access/authorizer.h"
#include "libs/base/refusal.h"
#include "services/directory/api/writing.h"

namespace guildhall::directory {
namespace {

StandingToSanction StandingIn(const Covered& covered, const Community& community,
                              Affiliation affiliation) {
  Role role = Role::kNone;
  StandingToSanction standing;
  for (const CoveredMembership& membership : covered.memberships) {
    if (membership.community == community.id) role = membership.role;
    standing.highest_role = std::max(standing.highest_role, membership.role);
    standing.last_owner |= membership.last_owner;
  }
  standing.rank = RankOf(affiliation, community.profile, role, covered.owns_ancestor);
  return standing;
}

// OK when there is no such sanction yet.
absl::Status CheckNew(SanctionKind kind, const Covered& covered) {
  if (kind == SanctionKind::kBan && covered.banned) {
    return Refusal(reasons::kAlreadyBanned, "The member is banned from this community.");
  }
  if (kind == SanctionKind::kMute && covered.muted) {
    return Refusal(reasons::kAlreadyMuted, "The member is muted in this community.");
  }
  return absl::OkStatus();
}

std::string PositionOf(const Sanction& sanction) {
  return resources::PositionWriter().Time(sanction.create_time).Id(sanction.member.uuid()).Take();
}

SanctionPosition SanctionPositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  SanctionPosition position;
  position.create_time = reader.Time();
  position.member = MemberId(reader.Id());
  return position;
}

}  // namespace

absl::StatusOr<Covered> EnterToSanction(postgres::Work& work, const rpc::Call& call,
                                        const Sanction& sanction) {
  const CommunityId id = *call.grant().community();
  GUILDHALL_TRY(CheckEnd(sanction));
  GUILDHALL_ASSIGN(const auto affiliation,
                   HoldMemberInSight(work, call.grant().viewer(), sanction.member));
  GUILDHALL_ASSIGN(const LockedCommunity locked, LockPermitted(work, call, id));
  if (!affiliation) return access::NotFound();
  GUILDHALL_ASSIGN(Covered covered, LockCovered(work, id, sanction.member));
  GUILDHALL_TRY(
      CheckSanctioning(RankIn(locked, call), StandingIn(covered, locked.community, *affiliation)));
  GUILDHALL_TRY(CheckNew(sanction.kind, covered));
  return covered;
}

absl::StatusOr<SanctionPage> ReadSanctions(postgres::Database& database, const rpc::Call& call,
                                           const rpc::Page& page, SanctionKind kind) {
  SanctionPage read;
  GUILDHALL_ASSIGN(read.sanctions, ListSanctions(database, call.context(), call.grant(), kind,
                                                 SanctionPositionOf(page), page.to_fetch()));
  read.next_page_token = page.Cut(read.sanctions, PositionOf);
  return read;
}

}  // namespace guildhall::directory
