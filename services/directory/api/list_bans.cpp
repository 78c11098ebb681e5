#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/sanctioning.h"

namespace guildhall::directory {

absl::StatusOr<v1::ListBansResponse> ListBans(Directory& directory, const rpc::Call& call,
                                              const v1::ListBansRequest& request) {
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(directory.page_tokens, call, request, kSanctionPage));
  GUILDHALL_ASSIGN(const SanctionPage read,
                   ReadSanctions(directory.database, call, page, SanctionKind::kBan));
  v1::ListBansResponse response;
  response.set_next_page_token(read.next_page_token);
  for (const Sanction& ban : read.sanctions) {
    *response.add_bans() = ToBan(*call.grant().community(), ban);
  }
  return response;
}

}  // namespace guildhall::directory
