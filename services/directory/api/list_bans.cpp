#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/store/ban_store.h"

namespace guildhall::directory {
namespace {

std::string PositionOf(const Ban& ban) {
  return resources::PositionWriter().Time(ban.create_time).Id(ban.member.uuid()).Take();
}

BanPosition BanPositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  BanPosition position;
  position.create_time = reader.Time();
  position.member = MemberId(reader.Id());
  return position;
}

}  // namespace

absl::StatusOr<v1::ListBansResponse> ListBans(Directory& directory, const rpc::Call& call,
                                              const v1::ListBansRequest& request) {
  constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Ban> bans, ListBans(directory.database, call.context(), call.grant(),
                                                   BanPositionOf(page), page.to_fetch()));
  v1::ListBansResponse response;
  response.set_next_page_token(page.Cut(bans, PositionOf));
  for (const Ban& ban : bans) *response.add_bans() = ToProto(*call.grant().community(), ban);
  return response;
}

}  // namespace guildhall::directory
