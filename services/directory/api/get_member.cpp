#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"

namespace guildhall::directory {

absl::StatusOr<v1::Member> GetMember(Directory& directory, const rpc::Call& call,
                                     const v1::GetMemberRequest& request) {
  MemberId id = call.grant().member();
  if (request.name() != "members/me") {
    GUILDHALL_ASSIGN(id, resources::ParseMember("name", request.name()));
  }
  GUILDHALL_ASSIGN(const std::vector<Member> members,
                   GetMembers(directory.database, call.context(), call.grant().viewer(), {&id, 1}));
  if (members.empty()) return NotFound();
  return ToProto(members[0]);
}

}  // namespace guildhall::directory
