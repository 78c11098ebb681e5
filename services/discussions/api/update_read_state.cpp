#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"

namespace guildhall::discussions {

absl::StatusOr<v1::ReadState> UpdateReadState(Discussions& discussions, const rpc::Call& call,
                                              const v1::UpdateReadStateRequest& request) {
  const v1::ReadState& asked = request.read_state();
  GUILDHALL_ASSIGN(const TopicId topic, resources::ParseTopic("read_state.topic", asked.topic()));
  if (asked.last_read_number() < 0) {
    return WrongField("read_state.last_read_number", "is 0 or more");
  }
  const ReadMark mark = MarkOf(call.grant(), topic, asked.last_read_number());
  GUILDHALL_ASSIGN(const std::optional<ReadState> state,
                   discussions.read_marker.Store(mark, call.deadline()));
  if (!state) return access::NotFound();
  return ToProto(*state);
}

}  // namespace guildhall::discussions
