#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

absl::StatusOr<v1::Mute> GetMute(Directory& directory, const rpc::Call& call,
                                 const v1::GetMuteRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref, resources::ParseMute("name", request.name()));
  GUILDHALL_ASSIGN(const std::optional<Sanction> mute,
                   GetSanction(directory.database, call.context(), call.grant(),
                               SanctionKind::kMute, ref.member));
  if (!mute) return access::NotFound();
  return ToMute(ref.community, *mute);
}

}  // namespace guildhall::directory
