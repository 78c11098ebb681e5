#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "libs/base/standing.h"
#include "services/directory/domain/community.h"

namespace guildhall::directory {

// Who proposes that a member belong to a community, and so who answers: the member asks (a request
// to join), or the community does (an invitation). The numbers are those of the table.
enum class ProposalKind { kRequest = 1, kInvitation = 2 };

// The numbers are those of the contract and of the table.
enum class ProposalState { kPending = 1, kDeclined = 2 };

// Gives no right until it is a membership.
struct Proposal {
  ProposalKind kind = ProposalKind::kRequest;
  MemberId member;
  // Of a request the member itself.
  MemberId creator;
  std::string message;
  ProposalState state = ProposalState::kPending;
  absl::Time create_time;
  absl::Time expire_time;
  // Of a request that was declined, if who declined it says why.
  std::string decline_reason;
};

// A proposal that is made now. `message` is brought into the form in which it is kept.
// Fails with: FIELD_INVALID on `field`.
absl::StatusOr<Proposal> NewProposal(Proposal made, const char* field);

// OK when somebody with this role and rank may ask to join a community of this visibility: whoever
// may join without asking does not ask. Fails with: ALREADY_MEMBER, JOIN_WITHOUT_REQUEST.
absl::Status CheckRequesting(Visibility visibility, Role role, Rank rank);

// OK when somebody who has so many requests may make another one.
// Fails with: TOO_MANY_JOIN_REQUESTS.
absl::Status CheckRoomForRequest(int requests);

// How somebody stands where it would be invited.
struct StandingToInvite {
  Affiliation affiliation = Affiliation::kNone;
  bool belongs = false;
  // Its account.
  bool suspended = false;
  // From the community or from one above it, by a ban of which whoever invites may know. What it
  // may not know changes nothing: the invitation waits, and the member sees it once the ban has
  // ended.
  bool known_to_be_banned = false;
  // Of the community, that stand; and those that wait for the member.
  int invitations_of_community = 0;
  int invitations_of_member = 0;
};
// OK when such a member may be invited into a community like `profile`.
// Fails with: ALREADY_MEMBER, NOT_ADMITTED, MEMBER_SUSPENDED, MEMBER_BANNED, TOO_MANY_INVITATIONS,
// MEMBER_HAS_TOO_MANY_INVITATIONS.
absl::Status CheckInviting(const CommunityProfile& profile, const StandingToInvite& invited);

// OK when a proposal may be made where `standing` is what stands already.
// Fails with: ALREADY_PENDING, DECLINED_BEFORE.
absl::Status CheckMaking(const std::optional<Proposal>& standing);

// OK when it still waits for an answer, or for being taken back. Fails with: DECLINED_BEFORE.
absl::Status CheckWaiting(const Proposal& proposal);

// How somebody stands who is about to be taken in.
struct StandingToTakeIn {
  // Its account.
  bool suspended = false;
  // To how many it belongs.
  int communities = 0;
};
// OK when a proposal that waits may become a membership now. Whose account is suspended comes into
// nothing: its request waits for its return. What else would refuse it has ended the proposal
// already: a ban, or an edit by which the community admits it no more.
// Fails with: MEMBER_SUSPENDED, TOO_MANY_COMMUNITIES.
absl::Status CheckTakingIn(const StandingToTakeIn& taken);

// Declines it: it stays, so that whoever made it learns of it and does not make it anew at once.
void Decline(Proposal& proposal, absl::Time now);

}  // namespace guildhall::directory
