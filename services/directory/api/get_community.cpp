#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"

namespace guildhall::directory {

absl::StatusOr<v1::Community> GetCommunity(Directory& directory, const rpc::Call& call,
                                           const v1::GetCommunityRequest&) {
  GUILDHALL_ASSIGN(const std::optional<SeenCommunity> seen,
                   directory.communities.Get(call.context(), call.grant()));
  if (!seen) return access::NotFound();
  if (seen->below_secret) call.DoNotKeep();
  return ToProto(*seen);
}

std::optional<cache::Subject> SubjectOf(const v1::GetCommunityRequest& request) {
  const auto id = resources::ParseCommunity("name", request.name());
  if (!id.ok()) return std::nullopt;
  return cache::Subject{.key = {.id = id->uuid()}, .tags = {id->uuid(), kAnyCommunity}};
}

}  // namespace guildhall::directory
