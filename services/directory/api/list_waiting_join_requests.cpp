#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/proposing.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

std::string PositionOf(const WaitingRequest& waiting) {
  return resources::PositionWriter()
      .Time(waiting.request.create_time)
      .Id(waiting.community.uuid())
      .Id(waiting.request.member.uuid())
      .Take();
}

WaitingPosition PositionFrom(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  WaitingPosition position;
  position.create_time = reader.Time();
  position.community = CommunityId(reader.Id());
  position.member = MemberId(reader.Id());
  return position;
}

}  // namespace

absl::StatusOr<v1::ListWaitingJoinRequestsResponse> ListWaitingJoinRequests(
    Directory& directory, const rpc::Call& call,
    const v1::ListWaitingJoinRequestsRequest& request) {
  // Each is looked up beside the index that tells of it: 4 buffers.
  constexpr rpc::PageSize kPageSize{.usual = 30, .most = 50};
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<WaitingRequest> waiting,
                   ListWaitingRequests(directory.database, call.context(), call.grant().viewer(),
                                       PositionFrom(page), page.to_fetch()));
  v1::ListWaitingJoinRequestsResponse response;
  response.set_next_page_token(page.Cut(waiting, PositionOf));
  for (const WaitingRequest& each : waiting) {
    *response.add_join_requests() = ToJoinRequest(each.community, each.request);
  }
  return response;
}

}  // namespace guildhall::directory
