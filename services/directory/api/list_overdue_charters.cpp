#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/page.h"
#include "libs/rpc/times.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/charter_store.h"

namespace guildhall::directory {
namespace {

std::string PositionOf(const OverdueCharter& charter) {
  return resources::PositionWriter().Time(charter.review_time).Id(charter.community.uuid()).Take();
}

OverdueCharter PositionFrom(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  OverdueCharter position;
  position.review_time = reader.Time();
  position.community = CommunityId(reader.Id());
  return position;
}

}  // namespace

absl::StatusOr<v1::ListOverdueChartersResponse> ListOverdueCharters(
    Directory& directory, const rpc::Call& call, const v1::ListOverdueChartersRequest& request) {
  constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<OverdueCharter> overdue,
                   ListOverdueCharters(directory.database, call.context(), call.grant().viewer(),
                                       call.now(), PositionFrom(page), page.to_fetch()));
  v1::ListOverdueChartersResponse response;
  response.set_next_page_token(page.Cut(overdue, PositionOf));
  for (const OverdueCharter& each : overdue) {
    v1::OverdueCharter& charter = *response.add_charters();
    charter.set_community(resources::Name(each.community));
    *charter.mutable_review_time() = rpc::ToProto(each.review_time);
  }
  return response;
}

}  // namespace guildhall::directory
