#include "services/directory/domain/proposal.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "guildhall/directory/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

absl::Status AlreadyMember() {
  return Refusal(reasons::kAlreadyMember, "The member belongs to the community already.");
}

absl::Status DeclinedBefore() {
  return Refusal(reasons::kDeclinedBefore, "It was declined; it can be made anew once it expires.");
}

absl::Status MemberSuspended() {
  return Refusal(reasons::kMemberSuspended, "The member's account is suspended.");
}

}  // namespace

absl::StatusOr<Proposal> NewProposal(Proposal made, const char* field) {
  GUILDHALL_ASSIGN(made.message, TidyText(field, made.message, kProposalMessage));
  made.expire_time = made.create_time + kProposalLife;
  return made;
}

absl::Status CheckRequesting(Visibility visibility, Role role, Rank rank) {
  if (role != Role::kNone) return AlreadyMember();
  if (!CheckJoining(visibility, rank).ok()) return absl::OkStatus();
  return Refusal(reasons::kJoinWithoutRequest, "JoinCommunity takes the caller in at once.");
}

absl::Status CheckRoomForRequest(int requests) {
  if (requests < kMaxJoinRequestsPerMember) return absl::OkStatus();
  return Refusal(reasons::kTooManyJoinRequests, "A member has room for no more requests.")
      .With("limit", absl::StrCat(kMaxJoinRequestsPerMember));
}

absl::Status CheckInviting(const CommunityProfile& profile, const StandingToInvite& invited) {
  if (invited.belongs) return AlreadyMember();
  if (!IsAdmitted(invited.affiliation, profile)) {
    return Refusal(reasons::kNotAdmitted, "The community does not admit such members.");
  }
  if (invited.suspended) return MemberSuspended();
  if (invited.known_to_be_banned) {
    return Refusal(reasons::kMemberBanned, "Whoever is banned is not invited.");
  }
  if (invited.invitations_of_community >= kMaxInvitationsPerCommunity) {
    return Refusal(reasons::kTooManyInvitations, "A community has room for no more invitations.")
        .With("limit", absl::StrCat(kMaxInvitationsPerCommunity));
  }
  if (invited.invitations_of_member < kMaxInvitationsPerMember) return absl::OkStatus();
  return Refusal(reasons::kMemberHasTooManyInvitations,
                 "So many invitations wait for the member that it gets no more.")
      .With("limit", absl::StrCat(kMaxInvitationsPerMember));
}

absl::Status CheckMaking(const std::optional<Proposal>& standing) {
  if (!standing) return absl::OkStatus();
  GUILDHALL_TRY(CheckWaiting(*standing));
  return Refusal(reasons::kAlreadyPending, "It has been made already and waits for an answer.");
}

absl::Status CheckWaiting(const Proposal& proposal) {
  return proposal.state == ProposalState::kPending ? absl::OkStatus() : DeclinedBefore();
}

absl::Status CheckTakingIn(const StandingToTakeIn& taken) {
  return taken.suspended ? MemberSuspended() : CheckRoom(taken.communities);
}

void Decline(Proposal& proposal, absl::Time now) {
  proposal.state = ProposalState::kDeclined;
  proposal.expire_time = now + kProposalLife;
}

}  // namespace guildhall::directory
