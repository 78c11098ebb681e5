#include "guildhall/policy/v1/reasons.h"
#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/etag.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"

namespace guildhall::directory {
namespace {

// A profile is edited by its member alone. Whom the caller may not know stays unknown.
absl::Status CheckOwn(Directory& directory, const rpc::Call& call, const std::string& name) {
  GUILDHALL_ASSIGN(const MemberId id, MemberFrom("member.name", name, call.grant()));
  if (id == call.grant().member()) return absl::OkStatus();
  GUILDHALL_ASSIGN(const std::vector<Member> seen,
                   GetMembers(directory.database, call.context(), call.grant().viewer(), {&id, 1}));
  if (seen.empty()) return access::NotFound();
  return Refusal(policy::reasons::kNotPermitted, "A profile is edited by its member alone.");
}

}  // namespace

absl::StatusOr<v1::Member> UpdateMember(Directory& directory, const rpc::Call& call,
                                        const v1::UpdateMemberRequest& request) {
  GUILDHALL_TRY(CheckOwn(directory, call, request.member().name()));
  GUILDHALL_ASSIGN(const resources::UpdateMask mask, ProfileMaskFrom(request.update_mask()));
  const Touch touch(directory, {call.grant().member().uuid()});
  return idempotency::Once<v1::Member>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Member> {
        GUILDHALL_ASSIGN(std::optional<Member> member, LockOwnMember(work, call.grant()));
        if (!member) return access::NotFound();
        GUILDHALL_TRY(resources::CheckEtag(request.member().etag(), member->version));
        GUILDHALL_TRY(Apply(mask, request.member(), member->profile));
        ++member->version;
        UpdateMember(work, *member);
        AppendUpdate(work, *member);
        return ToProto(*member);
      });
}

}  // namespace guildhall::directory
