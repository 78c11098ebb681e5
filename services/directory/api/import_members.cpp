#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "libs/rpc/times.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/sending.h"
#include "services/directory/api/writing.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

absl::StatusOr<Member> MemberFrom(const v1::Member& imported, const ImportOrder& order) {
  Member member;
  GUILDHALL_ASSIGN(member.id, resources::ParseMember("members.name", imported.name()));
  if (order.manner == ImportManner::kFollowSource) {
    GUILDHALL_TRY(CheckImportedId("members.name", member.id.uuid()));
  }
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
  Sending<Member, MemberId> sending(call, request);
  cache::Tags edited;
  for (const v1::Member& imported : request.members()) {
    GUILDHALL_TRY(sending.Add(MemberFrom(imported, sending.order()), "members.name", &Member::id));
  }
  for (const Member& member : sending.records()) edited.push_back(member.id.uuid());
  const Touch touch(directory, std::move(edited));
  GUILDHALL_ASSIGN(Imported imported, ImportMembers(directory.database, call.context(),
                                                    sending.order(), sending.records()));
  return std::move(sending).Answer<v1::ImportMembersResponse>(std::move(imported));
}

}  // namespace guildhall::directory
