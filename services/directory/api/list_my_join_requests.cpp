#include "libs/base/status_macros.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"

namespace guildhall::directory {

absl::StatusOr<v1::ListMyJoinRequestsResponse> ListMyJoinRequests(
    Directory& directory, const rpc::Call& call, const v1::ListMyJoinRequestsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kProposalPage));
  GUILDHALL_ASSIGN(OwnProposalPage read,
                   ReadOwnProposals(directory, call, page, ProposalKind::kRequest));
  v1::ListMyJoinRequestsResponse response;
  for (const OwnProposal& own : read.proposals) {
    *response.add_join_requests() = ToJoinRequest(own.community, own.proposal);
  }
  response.set_next_page_token(std::move(read.next_page_token));
  return response;
}

}  // namespace guildhall::directory
