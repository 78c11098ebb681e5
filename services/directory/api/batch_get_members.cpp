#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {

absl::StatusOr<v1::BatchGetMembersResponse> BatchGetMembers(
    Directory& directory, const rpc::Call& call, const v1::BatchGetMembersRequest& request) {
  if (request.names_size() > kMaxBatchMembers) {
    return WrongField("names", absl::StrCat("takes at most ", kMaxBatchMembers));
  }
  std::vector<MemberId> ids;
  for (const std::string& name : request.names()) {
    GUILDHALL_ASSIGN(const MemberId id, MemberFrom("names", name, call.grant()));
    ids.push_back(id);
  }
  GUILDHALL_ASSIGN(std::vector<Member> members,
                   GetMembers(directory.database, call.context(), call.grant().viewer(), ids));
  absl::flat_hash_map<MemberId, const Member*> by_id;
  for (const Member& member : members) by_id.emplace(member.id, &member);
  v1::BatchGetMembersResponse response;
  for (const MemberId id : ids) {
    // Taken out when answered: each member once, whoever asks twice.
    if (const auto found = by_id.extract(id)) *response.add_members() = ToProto(*found.mapped());
  }
  return response;
}

}  // namespace guildhall::directory
