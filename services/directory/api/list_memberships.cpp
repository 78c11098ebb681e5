#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

std::string PositionOf(const Membership& membership) {
  return resources::PositionWriter()
      .Number(static_cast<int>(membership.role))
      .Time(membership.create_time)
      .Id(membership.member.uuid())
      .Take();
}

RankPosition RankPositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  RankPosition position;
  position.role = static_cast<Role>(reader.Number());
  position.create_time = reader.Time();
  position.member = MemberId(reader.Id());
  return position;
}

}  // namespace

absl::StatusOr<v1::ListMembershipsResponse> ListMemberships(
    Directory& directory, const rpc::Call& call, const v1::ListMembershipsRequest& request) {
  constexpr rpc::PageSize kPageSize{.usual = 50, .most = 200};
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Membership> memberships,
                   directory.communities.ListMemberships(call.context(), call.grant(),
                                                         RankPositionOf(page), page.to_fetch()));
  v1::ListMembershipsResponse response;
  response.set_next_page_token(page.Cut(memberships, PositionOf));
  for (const Membership& membership : memberships) {
    *response.add_memberships() = ToProto(*call.grant().community(), membership);
  }
  return response;
}

}  // namespace guildhall::directory
