#include "libs/base/status_macros.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"

namespace guildhall::directory {

absl::StatusOr<v1::ListMyInvitationsResponse> ListMyInvitations(
    Directory& directory, const rpc::Call& call, const v1::ListMyInvitationsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kProposalPage));
  GUILDHALL_ASSIGN(OwnProposalPage read,
                   ReadOwnProposals(directory, call, page, ProposalKind::kInvitation));
  v1::ListMyInvitationsResponse response;
  for (OwnProposal& own : read.proposals) {
    v1::MyInvitation& out = *response.add_invitations();
    *out.mutable_invitation() = ToInvitation(own.community, own.proposal);
    out.set_display_name(std::move(own.display_name));
    out.set_description(std::move(own.description));
    out.set_kind(static_cast<v1::CommunityKind>(own.community_kind));
  }
  response.set_next_page_token(std::move(read.next_page_token));
  return response;
}

}  // namespace guildhall::directory
