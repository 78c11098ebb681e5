#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"

namespace guildhall::directory {

absl::StatusOr<v1::Member> GetMember(Directory& directory, const rpc::Call& call,
                                     const v1::GetMemberRequest& request) {
  GUILDHALL_ASSIGN(const MemberId id, MemberFrom("name", request.name(), call.grant()));
  GUILDHALL_ASSIGN(const std::vector<Member> members,
                   GetMembers(directory.database, call.context(), call.grant().viewer(), {&id, 1}));
  if (members.empty()) return access::NotFound();
  return ToProto(members[0]);
}

std::optional<cache::Subject> SubjectOf(const v1::GetMemberRequest& request) {
  const auto id = resources::ParseMember("name", request.name());  // members/me is read
  if (!id.ok()) return std::nullopt;
  return cache::Subject{.key = {.id = id->uuid()}, .tags = {id->uuid()}};
}

}  // namespace guildhall::directory
