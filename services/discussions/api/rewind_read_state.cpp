#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"

namespace guildhall::discussions {

absl::StatusOr<v1::ReadState> RewindReadState(Discussions& discussions, const rpc::Call& call,
                                              const v1::RewindReadStateRequest& request) {
  GUILDHALL_ASSIGN(const ReadMark mark, MarkFrom(call.grant(), request.read_state()));
  GUILDHALL_ASSIGN(const std::optional<ReadState> state,
                   RewindReadState(discussions.database, call.context(), mark, call.now()));
  if (!state) return access::NotFound();
  return ToProto(*state);
}

}  // namespace guildhall::discussions
