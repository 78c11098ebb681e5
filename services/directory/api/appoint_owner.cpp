#include "services/directory/api/appoint_owner.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/directory/api/writing.h"
#include "services/directory/domain/appointment.h"
#include "services/directory/store/community_writes.h"

namespace guildhall::directory {
namespace {

absl::Status CheckFitness(postgres::Work& work, const Locked& locked, MemberId member) {
  const LockedCommunity& community = locked.community;
  GUILDHALL_ASSIGN(StandingToAppoint appointed,
                   GetStandingToAppoint(work, community.community.id, member));
  appointed.affiliation = locked.affiliation;
  appointed.banned = community.banned;
  appointed.muted = community.muted;
  return CheckAppointing(community.community.profile, appointed);
}

}  // namespace

absl::StatusOr<std::string> AppointOwner(postgres::Database& database, CommunityId community,
                                         MemberId member, absl::Time now) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  const auto say = [&](absl::string_view what) {
    return absl::StrCat(resources::Name(member), what, resources::Name(community), ".");
  };
  return database.Transact<std::string>(
      context, [&](postgres::Work& work) -> absl::StatusOr<std::string> {
        // Members are held before communities.
        GUILDHALL_ASSIGN(const StandingToTakeIn standing, HoldForAnother(work, member));
        GUILDHALL_ASSIGN(const auto locked, LockCommunity(work, community, member));
        if (!locked) return absl::NotFoundError("There is no such community.");
        GUILDHALL_TRY(CheckFitness(work, *locked, member));
        if (locked->community.role == Role::kOwner) return say(" owns already ");
        GUILDHALL_ASSIGN(auto membership, GetMembership(work, community, member));
        if (!membership) {
          GUILDHALL_TRY(CheckRoom(standing.communities));
          membership = {member, Role::kMember, now};
          BeginMembership(work, community, *membership);
        }
        GUILDHALL_TRY(ChangeRole(work, community, *membership, Role::kOwner));
        return say(" owns now ");
      });
}

}  // namespace guildhall::directory
