#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/access_changes.h"
#include "libs/idempotency/once.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/sanctioning.h"
#include "services/directory/api/writing.h"

namespace guildhall::directory {

absl::StatusOr<v1::Mute> CreateMute(Directory& directory, const rpc::Call& call,
                                    const v1::CreateMuteRequest& request) {
  GUILDHALL_ASSIGN(const Sanction mute, SanctionFrom(SanctionKind::kMute, call, request.mute()));
  const CommunityId id = *call.grant().community();
  directory.access.SettleBefore(call);
  return idempotency::Once<v1::Mute>(
      directory.database, call.context(), call.OnceKey(request.request_id()),
      [&](postgres::Work& work) -> absl::StatusOr<v1::Mute> {
        GUILDHALL_TRY(EnterToSanction(work, call, mute).status());
        InsertSanction(work, id, mute);
        AppendChange(work, change::v1::KIND_MUTE_CREATED, id, mute.member);
        feeds::NoteAccessChange(work, feeds::AccessChange::Of(mute.member));
        return ToMute(id, mute);
      });
}

}  // namespace guildhall::directory
