#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/ignore_store.h"

namespace guildhall::discussions {

absl::StatusOr<v1::Ignore> CreateIgnore(Discussions& discussions, const rpc::Call& call,
                                        const v1::CreateIgnoreRequest& request) {
  GUILDHALL_ASSIGN(const MemberId member,
                   resources::ParseMember("ignore.member", request.ignore().member()));
  GUILDHALL_TRY(CheckIgnored("ignore.member", call.grant().member(), member));
  GUILDHALL_ASSIGN(const Ignore ignore, InsertIgnore(discussions.database, call.context(),
                                                     call.grant(), member, call.now()));
  return ToProto(ignore);
}

}  // namespace guildhall::discussions
