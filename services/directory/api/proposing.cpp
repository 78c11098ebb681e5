#include "services/directory/api/proposing.h"

#include "libs/access/authorizer.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/times.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/writing.h"

namespace guildhall::directory {
namespace {

// What both messages have in common.
template <typename Message>
void Fill(const Proposal& proposal, Message& out) {
  out.set_member(resources::Name(proposal.member));
  out.set_message(proposal.message);
  out.set_state(static_cast<v1::ProposalState>(proposal.state));
  *out.mutable_create_time() = rpc::ToProto(proposal.create_time);
  *out.mutable_expire_time() = rpc::ToProto(proposal.expire_time);
}

absl::StatusOr<ProposalState> StateFrom(v1::ProposalState state) {
  if (state == v1::PROPOSAL_STATE_UNSPECIFIED) return ProposalState::kPending;
  if (v1::ProposalState_IsValid(state)) return static_cast<ProposalState>(state);
  return WrongField("state", "is one of the values of the contract");
}

ProposalKey KeyOf(CommunityId community, const Proposal& proposal) {
  return {community, proposal.member, proposal.kind};
}

std::string PositionOf(const Proposal& proposal) {
  return resources::PositionWriter().Time(proposal.create_time).Id(proposal.member.uuid()).Take();
}

std::string PositionOf(const OwnProposal& own) {
  return resources::PositionWriter().Time(own.proposal.create_time).Id(own.community.uuid()).Take();
}

}  // namespace

v1::JoinRequest ToJoinRequest(CommunityId community, const Proposal& proposal) {
  v1::JoinRequest out;
  out.set_name(resources::JoinRequestName(community, proposal.member));
  Fill(proposal, out);
  out.set_decline_reason(proposal.decline_reason);
  return out;
}

v1::Invitation ToInvitation(CommunityId community, const Proposal& proposal) {
  v1::Invitation out;
  out.set_name(resources::InvitationName(community, proposal.member));
  out.set_creator(resources::Name(proposal.creator));
  Fill(proposal, out);
  return out;
}

absl::Status Propose(postgres::Work& work, CommunityId community, const Proposal& proposal) {
  GUILDHALL_ASSIGN(const auto standing,
                   GetProposal(work, community, proposal.member, proposal.kind));
  GUILDHALL_TRY(CheckMaking(standing));
  InsertProposal(work, community, proposal);
  AppendChange(work, ProposalEvent::kCreated, KeyOf(community, proposal));
  return absl::OkStatus();
}

absl::StatusOr<Proposal> GetWaiting(postgres::Work& work, const resources::StandingRef& ref,
                                    ProposalKind kind) {
  GUILDHALL_ASSIGN(auto proposal, GetProposal(work, ref.community, ref.member, kind));
  if (!proposal) return access::NotFound();
  GUILDHALL_TRY(CheckWaiting(*proposal));
  return *std::move(proposal);
}

void DeclineWaiting(postgres::Work& work, CommunityId community, Proposal& proposal,
                    absl::Time now) {
  Decline(proposal, now);
  UpdateProposal(work, community, proposal);
  AppendChange(work, ProposalEvent::kUpdated, KeyOf(community, proposal));
}

void DeleteWaiting(postgres::Work& work, CommunityId community, const Proposal& proposal) {
  DeleteProposal(work, community, proposal);
  AppendChange(work, ProposalEvent::kDeleted, KeyOf(community, proposal));
}

absl::StatusOr<v1::Membership> TakeIn(postgres::Work& work, const resources::StandingRef& ref,
                                      ProposalKind kind, const StandingToTakeIn& standing,
                                      absl::Time now) {
  GUILDHALL_TRY(GetWaiting(work, ref, kind).status());
  GUILDHALL_TRY(CheckTakingIn(standing));
  const Membership membership{ref.member, Role::kMember, now};
  BeginMembership(work, ref.community, membership);
  return ToProto(ref.community, membership);
}

absl::StatusOr<ProposalPage> ReadProposals(Directory& directory, const rpc::Call& call,
                                           const rpc::Page& page, ProposalKind kind,
                                           v1::ProposalState state) {
  ProposalFilter filter{.kind = kind};
  GUILDHALL_ASSIGN(filter.state, StateFrom(state));
  if (!page.first()) {
    resources::PositionReader reader = page.position();
    filter.create_time = reader.Time();
    filter.member = MemberId(reader.Id());
  }
  ProposalPage read;
  GUILDHALL_ASSIGN(read.proposals, ListProposals(directory.database, call.context(), call.grant(),
                                                 filter, page.to_fetch()));
  read.next_page_token =
      page.Cut(read.proposals, [](const Proposal& proposal) { return PositionOf(proposal); });
  return read;
}

absl::StatusOr<OwnProposalPage> ReadOwnProposals(Directory& directory, const rpc::Call& call,
                                                 const rpc::Page& page, ProposalKind kind) {
  OwnProposalPosition after;
  if (!page.first()) {
    resources::PositionReader reader = page.position();
    after.create_time = reader.Time();
    after.community = CommunityId(reader.Id());
  }
  OwnProposalPage read;
  GUILDHALL_ASSIGN(read.proposals,
                   ListOwnProposals(directory.database, call.context(), call.grant().viewer(), kind,
                                    after, page.to_fetch()));
  read.next_page_token =
      page.Cut(read.proposals, [](const OwnProposal& own) { return PositionOf(own); });
  return read;
}

}  // namespace guildhall::directory
