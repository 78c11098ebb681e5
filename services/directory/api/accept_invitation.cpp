#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"
#include "services/directory/api/writing.h"
#include "services/directory/store/community_writes.h"

namespace guildhall::directory {

absl::StatusOr<v1::Membership> AcceptInvitation(Directory& directory, const rpc::Call& call,
                                                const v1::AcceptInvitationRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref,
                   resources::ParseInvitation("name", request.name()));
  directory.access.SettleBefore(call);
  const bool own = ref.member == call.grant().member();
  const Touch touch(directory, own ? cache::Tags{ref.community.uuid()} : cache::Tags{});
  return idempotency::Once<v1::Membership>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Membership> {
        if (!own) return access::NotFound();
        GUILDHALL_ASSIGN(const StandingToTakeIn standing, HoldForAnother(work, ref.member));
        // Before the lock, for which nobody waits who was not invited.
        GUILDHALL_ASSIGN(const bool invited, SeesInvitation(work, ref.community, ref.member));
        if (!invited) return access::NotFound();
        GUILDHALL_ASSIGN(const std::optional<Locked> locked,
                         LockCommunity(work, ref.community, ref.member));
        if (!locked) return access::NotFound();
        if (locked->community.community.archived) return access::CommunityArchived();
        return TakeIn(work, ref, ProposalKind::kInvitation, standing, call.now());
      });
}

}  // namespace guildhall::directory
