#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"
#include "services/directory/store/member_communities.h"
#include "services/directory/store/member_store.h"

namespace guildhall::directory {
namespace {

std::string PositionOf(const MemberCommunity& entry) {
  return resources::PositionWriter()
      .Text(entry.community.profile.display_name)
      .Id(entry.community.id.uuid())
      .Take();
}

NamePosition NamePositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  NamePosition position;
  position.display_name = reader.Text();
  position.id = CommunityId(reader.Id());
  return position;
}

}  // namespace

absl::StatusOr<v1::ListMemberCommunitiesResponse> ListMemberCommunities(
    Directory& directory, const rpc::Call& call, const v1::ListMemberCommunitiesRequest& request) {
  constexpr rpc::PageSize kPageSize{.usual = 30, .most = 50};
  GUILDHALL_ASSIGN(const MemberId member, MemberFrom("member", request.member(), call.grant()));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  const access::Viewer& viewer = call.grant().viewer();
  GUILDHALL_ASSIGN(const std::vector<Member> seen,
                   GetMembers(directory.database, call.context(), viewer, {&member, 1}));
  if (seen.empty()) return access::NotFound();
  GUILDHALL_ASSIGN(
      std::vector<MemberCommunity> communities,
      ListMemberCommunities(directory.database, call.context(), viewer, member,
                            request.show_archived() ? Archived::kShown : Archived::kLeftOut,
                            NamePositionOf(page), page.to_fetch()));
  v1::ListMemberCommunitiesResponse response;
  response.set_next_page_token(page.Cut(communities, PositionOf));
  for (const MemberCommunity& entry : communities) {
    v1::MemberCommunity& out = *response.add_communities();
    *out.mutable_community() = ToProto(entry.community);
    out.set_role(ToProto(entry.role));
  }
  return response;
}

}  // namespace guildhall::directory
