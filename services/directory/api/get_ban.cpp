#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::Ban> GetBan(Directory& directory, const rpc::Call& call,
                               const v1::GetBanRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref, resources::ParseBan("name", request.name()));
  GUILDHALL_ASSIGN(const std::optional<Sanction> ban,
                   GetSanction(directory.database, call.context(), call.grant(), SanctionKind::kBan,
                               ref.member));
  if (!ban) return access::NotFound();
  return ToBan(ref.community, *ban);
}

}  // namespace guildhall::directory
