#pragma once

#include <string>
#include <vector>

#include "guildhall/directory/v1/invitation_service.pb.h"
#include "guildhall/directory/v1/join_request_service.pb.h"
#include "libs/postgres/work.h"
#include "libs/resources/names.h"
#include "libs/rpc/page.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/proposal_changes.h"
#include "services/directory/store/proposal_store.h"

namespace guildhall::directory {

// What requests to join and invitations share.

v1::JoinRequest ToJoinRequest(CommunityId community, const Proposal& proposal);
v1::Invitation ToInvitation(CommunityId community, const Proposal& proposal);

// Makes a proposal about a held member who has none of the kind, with its change. One round trip.
// Fails with: ALREADY_PENDING, DECLINED_BEFORE.
absl::Status Propose(postgres::Work& work, CommunityId community, const Proposal& proposal);

// A proposal about a held member that waits for an answer, or for being taken back. One round trip.
// Fails with: NOT_FOUND, DECLINED_BEFORE.
absl::StatusOr<Proposal> GetWaiting(postgres::Work& work, const resources::StandingRef& ref,
                                    ProposalKind kind);

// Declines what waits, or takes it back, with the change.
void DeclineWaiting(postgres::Work& work, CommunityId community, Proposal& proposal,
                    absl::Time now);
void DeleteWaiting(postgres::Work& work, CommunityId community, const Proposal& proposal);

// Makes a membership of what waits about a held member in a locked community; `standing` is what
// HoldForAnother said. Last in the transaction.
// Fails with: NOT_FOUND, DECLINED_BEFORE, MEMBER_SUSPENDED, TOO_MANY_COMMUNITIES.
absl::StatusOr<v1::Membership> TakeIn(postgres::Work& work, const resources::StandingRef& ref,
                                      ProposalKind kind, const StandingToTakeIn& standing,
                                      absl::Time now);

// Pages of proposals about the grant's community, and of the caller's own.
inline constexpr rpc::PageSize kProposalPage{.usual = 30, .most = 100};
struct ProposalPage {
  std::vector<Proposal> proposals;
  std::string next_page_token;
};
absl::StatusOr<ProposalPage> ReadProposals(Directory& directory, const rpc::Call& call,
                                           const rpc::Page& page, ProposalKind kind,
                                           v1::ProposalState state);
struct OwnProposalPage {
  std::vector<OwnProposal> proposals;
  std::string next_page_token;
};
absl::StatusOr<OwnProposalPage> ReadOwnProposals(Directory& directory, const rpc::Call& call,
                                                 const rpc::Page& page, ProposalKind kind);

}  // namespace guildhall::directory
