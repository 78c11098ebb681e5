#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/page.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};
constexpr int kPositionRevision = 1;  // 0 held the name alone

absl::StatusOr<CommunityOrder> OrderFrom(v1::CommunityOrder order) {
  switch (order) {
    case v1::COMMUNITY_ORDER_UNSPECIFIED:
    case v1::COMMUNITY_ORDER_NAME:
      return CommunityOrder::kName;
    case v1::COMMUNITY_ORDER_NEWEST:
      return CommunityOrder::kNewest;
    case v1::COMMUNITY_ORDER_LARGEST:
      return CommunityOrder::kLargest;
    default:
      return WrongField("order", "is one of the values of the contract");
  }
}

// A position holds where a community stands in any order.
std::string PositionInAny(const ListedCommunity& listed) {
  const Community& community = listed.community;
  return resources::PositionWriter()
      .Text(community.profile.display_name)
      .Time(community.create_time)
      .Number(community.member_count)
      .Id(community.id.uuid())
      .Take();
}

CommunityPosition PositionFrom(const rpc::Page& page) {
  CommunityPosition position;
  if (page.first()) return position;
  resources::PositionReader reader = page.position();
  position.display_name = reader.Text();
  position.create_time = reader.Time();
  position.member_count = static_cast<std::int32_t>(reader.Number());
  position.id = CommunityId(reader.Id());
  return position;
}

absl::StatusOr<CommunityFilter> FilterFrom(const v1::ListCommunitiesRequest& request) {
  CommunityFilter filter;
  if (!request.parent().empty()) {
    GUILDHALL_ASSIGN(filter.parent, resources::ParseCommunity("parent", request.parent()));
  }
  if (!request.ancestor().empty()) {
    GUILDHALL_ASSIGN(filter.ancestor, resources::ParseCommunity("ancestor", request.ancestor()));
  }
  if (request.top_level()) filter.level = Level::kTop;
  if (request.kind() != v1::COMMUNITY_KIND_UNSPECIFIED) {
    GUILDHALL_ASSIGN(filter.kind, KindFrom("kind", request.kind()));
  }
  if (request.admits() != v1::ADMITS_UNSPECIFIED) {
    GUILDHALL_ASSIGN(filter.admits, AdmitsFrom("admits", request.admits()));
  }
  GUILDHALL_ASSIGN(filter.location, TidyText("location", request.location(), kLocation));
  if (request.show_archived()) filter.archived = Archived::kShown;
  GUILDHALL_ASSIGN(filter.order, OrderFrom(request.order()));
  return filter;
}

}  // namespace

absl::StatusOr<v1::ListCommunitiesResponse> ListCommunities(
    Directory& directory, const rpc::Call& call, const v1::ListCommunitiesRequest& request) {
  GUILDHALL_ASSIGN(const CommunityFilter filter, FilterFrom(request));
  GUILDHALL_ASSIGN(const rpc::Page page, rpc::Page::Of(directory.page_tokens, call, request,
                                                       kPageSize, kPositionRevision));
  GUILDHALL_ASSIGN(std::vector<ListedCommunity> communities,
                   directory.communities.List(call.context(), call.grant().viewer(), filter,
                                              PositionFrom(page), page.to_fetch()));
  v1::ListCommunitiesResponse response;
  response.set_next_page_token(page.Cut(communities, PositionInAny));
  for (const ListedCommunity& listed : communities) {
    v1::Community& community = *response.add_communities();
    community = ToProto(listed.community);
    community.set_is_parent(listed.is_parent);
  }
  return response;
}

}  // namespace guildhall::directory
