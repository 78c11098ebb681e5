#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/directory/domain/proposal.h"

namespace guildhall::directory {

// Which of a community's proposals a list holds, and after which it goes on.
struct ProposalFilter {
  ProposalKind kind = ProposalKind::kRequest;
  ProposalState state = ProposalState::kPending;
  absl::Time create_time = absl::InfinitePast();
  MemberId member;
};

// Up to `count` proposals about the grant's community, oldest first. One index range scan.
absl::StatusOr<std::vector<Proposal>> ListProposals(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant,
                                                    const ProposalFilter& filter, int count);

// A request to join that waits for an answer, and where.
struct WaitingRequest {
  Proposal request;
  CommunityId community;
};

// After which request a list of these goes on.
struct WaitingPosition {
  absl::Time create_time = absl::InfinitePast();
  CommunityId community;
  MemberId member;
};

// Up to `count` requests that wait in the communities where the viewer keeps order and that are not
// archived, oldest first. An index entry for each that waits anywhere, as far as these need, and
// the catalog of communities once. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<WaitingRequest>> ListWaitingRequests(postgres::Database& database,
                                                                const postgres::Context& context,
                                                                const access::Viewer& viewer,
                                                                const WaitingPosition& after,
                                                                int count);

// How many of these there are, counted to `most`.
absl::StatusOr<int> CountWaitingRequests(postgres::Database& database,
                                         const postgres::Context& context,
                                         const access::Viewer& viewer, int most);

// A proposal with what the member may know of the community without belonging to it.
struct OwnProposal {
  Proposal proposal;
  CommunityId community;
  std::string display_name;
  std::string description;
  Kind community_kind = Kind::kPractice;
};

// Where a list of one's own proposals goes on.
struct OwnProposalPosition {
  absl::Time create_time = absl::InfiniteFuture();
  CommunityId community;
};

// Up to `count` of the viewer's own requests, or of the invitations that wait for the viewer's
// answer; newest first. One index range scan.
absl::StatusOr<std::vector<OwnProposal>> ListOwnProposals(
    postgres::Database& database, const postgres::Context& context, const access::Viewer& viewer,
    ProposalKind kind, const OwnProposalPosition& after, int count);

// Which proposals about somebody wait for an answer.
struct WaitingProposals {
  bool request = false;
  bool invitation = false;
};

// Of the grant's member in its community. One index look-up.
absl::StatusOr<WaitingProposals> GetWaitingProposals(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::Grant& grant);

// What follows are parts of a transaction that holds the member, but for the last two. One round
// trip each, or none where nothing is answered.

// A proposal, which nobody else answers or ends until the transaction has.
absl::StatusOr<std::optional<Proposal>> GetProposal(postgres::Work& work, CommunityId community,
                                                    MemberId member, ProposalKind kind);

// Whether the member is invited and may know of it; holds nothing.
absl::StatusOr<bool> SeesInvitation(postgres::Work& work, CommunityId community, MemberId member);

// How many requests of a member stand, counted to `most`.
absl::StatusOr<int> CountRequests(postgres::Work& work, MemberId member, int most);

// How a member stands to a locked community into which the viewer invites it. The affiliation is
// for the caller to fill in, who has read it with its hold.
absl::StatusOr<StandingToInvite> GetStandingToInvite(postgres::Work& work, CommunityId community,
                                                     MemberId member, const access::Viewer& viewer);

void InsertProposal(postgres::Work& work, CommunityId community, const Proposal& proposal);

// Stores state, end and why it was declined.
void UpdateProposal(postgres::Work& work, CommunityId community, const Proposal& proposal);

void DeleteProposal(postgres::Work& work, CommunityId community, const Proposal& proposal);

// A proposal that went away.
struct ProposalKey {
  CommunityId community;
  MemberId member;
  ProposalKind kind = ProposalKind::kRequest;
};

// Ends what a ban from a community ends: requests of the member there and below, and the invitation
// there; says which.
absl::StatusOr<std::vector<ProposalKey>> DeleteProposalsBelow(postgres::Work& work,
                                                              CommunityId community,
                                                              MemberId member);

// Ends those that a locked community like `profile` leaves no room for: requests to a SECRET one,
// and whatever is about members whom it does not admit.
void DeleteMisfits(postgres::Work& work, CommunityId community, const CommunityProfile& profile);

// Ends up to `count` whose end has come, and says which. Those that somebody else writes are left
// for the next time.
absl::StatusOr<std::vector<ProposalKey>> DeleteEndedProposals(postgres::Work& work, absl::Time now,
                                                              int count);

}  // namespace guildhall::directory
