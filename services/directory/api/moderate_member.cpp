#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/resources/etag.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/writing.h"
#include "services/directory/domain/limits.h"
#include "services/directory/domain/profile_removal.h"
#include "services/directory/store/profile_removal_store.h"

namespace guildhall::directory {
namespace {

// Stores what a locked member is from now on, and what was taken for that.
void Store(postgres::Work& work, Member& member, const ProfileRemoval& removal) {
  ++member.version;
  UpdateMember(work, member);
  InsertProfileRemoval(work, removal);
  AppendUpdate(work, member);
}

}  // namespace

absl::StatusOr<v1::Member> ModerateMember(Directory& directory, const rpc::Call& call,
                                          const v1::ModerateMemberRequest& request) {
  GUILDHALL_ASSIGN(const MemberId id,
                   MemberFrom("member.name", request.member().name(), call.grant()));
  GUILDHALL_ASSIGN(const resources::UpdateMask mask, ProfileMaskFrom(request.update_mask()));
  GUILDHALL_ASSIGN(const std::string reason, TidyText("reason", request.reason(), kRemovalReason));
  const Touch touch(directory, {id.uuid()});
  return idempotency::Once<v1::Member>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Member> {
        GUILDHALL_ASSIGN(std::optional<Member> member, LockMember(work, call.grant(), id));
        if (!member) return access::NotFound();
        GUILDHALL_TRY(resources::CheckEtag(request.member().etag(), member->version));
        const Profile before = member->profile;
        GUILDHALL_TRY(Apply(mask, request.member(), member->profile));
        GUILDHALL_ASSIGN(auto fields, FieldsTakenOut(before, member->profile));
        if (fields.empty()) {
          member->profile = before;
          return ToProto(*member);
        }
        Store(work, *member,
              {.id = NewUuidV7(call.now(), directory.random),
               .member = id,
               .fields = std::move(fields),
               .reason = reason,
               .remover = call.grant().member(),
               .create_time = call.now()});
        return ToProto(*member);
      });
}

}  // namespace guildhall::directory
