#include "libs/base/status_macros.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"

namespace guildhall::directory {

absl::StatusOr<v1::ListInvitationsResponse> ListInvitations(
    Directory& directory, const rpc::Call& call, const v1::ListInvitationsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kProposalPage));
  GUILDHALL_ASSIGN(ProposalPage read, ReadProposals(directory, call, page,
                                                    ProposalKind::kInvitation, request.state()));
  v1::ListInvitationsResponse response;
  for (const Proposal& proposal : read.proposals) {
    *response.add_invitations() = ToInvitation(*call.grant().community(), proposal);
  }
  response.set_next_page_token(std::move(read.next_page_token));
  return response;
}

}  // namespace guildhall::directory
