#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/sanctioning.h"

namespace guildhall::directory {
namespace {

std::string PositionOf(const OwnMute& own) {
  return resources::PositionWriter().Time(own.mute.create_time).Id(own.community.uuid()).Take();
}

OwnMutePosition OwnMutePositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  OwnMutePosition position;
  position.create_time = reader.Time();
  position.community = CommunityId(reader.Id());
  return position;
}

}  // namespace

absl::StatusOr<v1::ListMyMutesResponse> ListMyMutes(Directory& directory, const rpc::Call& call,
                                                    const v1::ListMyMutesRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kSanctionPage));
  GUILDHALL_ASSIGN(std::vector<OwnMute> mutes,
                   ListOwnMutes(directory.database, call.context(), call.grant().viewer(),
                                OwnMutePositionOf(page), page.to_fetch()));
  v1::ListMyMutesResponse response;
  response.set_next_page_token(page.Cut(mutes, PositionOf));
  for (const OwnMute& own : mutes) {
    v1::Mute& mute = *response.add_mutes();
    mute = ToMute(own.community, own.mute);
    mute.clear_creator();
  }
  return response;
}

}  // namespace guildhall::directory
