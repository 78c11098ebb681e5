#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"

namespace guildhall::directory {

absl::StatusOr<v1::Membership> GetMembership(Directory& directory, const rpc::Call& call,
                                             const v1::GetMembershipRequest& request) {
  GUILDHALL_ASSIGN(const resources::StandingRef ref,
                   resources::ParseMembership("name", request.name()));
  GUILDHALL_ASSIGN(const std::optional<Membership> membership,
                   directory.communities.GetMembership(call.context(), call.grant(), ref.member));
  if (!membership) return access::NotFound();
  return ToProto(ref.community, *membership);
}

}  // namespace guildhall::directory
