#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

absl::StatusOr<Member> MemberFrom(const v1::Member& imported) {
  Member member;
  GUILDHALL_ASSIGN(member.id, resources::ParseMember("members.name", imported.name()));
  GUILDHALL_ASSIGN(member.affiliation,
                   AffiliationFrom("members.affiliation", imported.affiliation()));
  GUILDHALL_ASSIGN(member.create_time,
                   rpc::TimeFrom("members.create_time", imported.create_time()));
  GUILDHALL_ASSIGN(member.profile, ProfileFrom(imported));
  return member;
}

}  // namespace

absl::StatusOr<v1::ImportMembersResponse> ImportMembers(Directory& directory, const rpc::Call& call,
                                                        const v1::ImportMembersRequest& request) {
  if (request.members_size() > kMaxImportedMembers) {
    return WrongField("members", absl::StrCat("takes at most ", kMaxImportedMembers));
  }
  std::vector<Member> members;
  for (const v1::Member& imported : request.members()) {
    GUILDHALL_ASSIGN(members.emplace_back(), MemberFrom(imported));
  }
  v1::ImportMembersResponse response;
  GUILDHALL_ASSIGN(const int created, CreateMissingMembers(directory.database, call.context(),
                                                           members, changelog::Origin::kImport));
  response.set_created_count(created);
  return response;
}

}  // namespace guildhall::directory
