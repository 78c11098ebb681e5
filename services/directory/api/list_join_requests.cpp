#include "libs/base/status_macros.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"

namespace guildhall::directory {

absl::StatusOr<v1::ListJoinRequestsResponse> ListJoinRequests(
    Directory& directory, const rpc::Call& call, const v1::ListJoinRequestsRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kProposalPage));
  GUILDHALL_ASSIGN(ProposalPage read,
                   ReadProposals(directory, call, page, ProposalKind::kRequest, request.state()));
  v1::ListJoinRequestsResponse response;
  for (const Proposal& proposal : read.proposals) {
    *response.add_join_requests() = ToJoinRequest(*call.grant().community(), proposal);
  }
  response.set_next_page_token(std::move(read.next_page_token));
  return response;
}

}  // namespace guildhall::directory
