#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/sanctioning.h"

namespace guildhall::directory {

absl::StatusOr<v1::ListMutesResponse> ListMutes(Directory& directory, const rpc::Call& call,
                                                const v1::ListMutesRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kSanctionPage));
  GUILDHALL_ASSIGN(const SanctionPage read,
                   ReadSanctions(directory.database, call, page, SanctionKind::kMute));
  v1::ListMutesResponse response;
  response.set_next_page_token(read.next_page_token);
  for (const Sanction& mute : read.sanctions) {
    *response.add_mutes() = ToMute(*call.grant().community(), mute);
  }
  return response;
}

}  // namespace guildhall::directory
