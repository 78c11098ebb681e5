#include <algorithm>

#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/store/places.h"

namespace guildhall::discussions {

absl::StatusOr<v1::BatchGetReadStatesResponse> BatchGetReadStates(
    Discussions& discussions, const rpc::Call& call, const v1::BatchGetReadStatesRequest& request) {
  GUILDHALL_ASSIGN(const std::vector<TopicId> topics, TopicsOf("topics", request.topics()));
  GUILDHALL_ASSIGN(const Places places,
                   GetTopicPlaces(discussions.database, call.context(), topics));
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, places));
  GUILDHALL_ASSIGN(const std::vector<ReadState> states,
                   GetReadStates(discussions.database, call.context(), visible, topics));
  v1::BatchGetReadStatesResponse response;
  for (const TopicId& topic : topics) {
    const auto state = std::ranges::find(states, topic, &ReadState::topic);
    if (state != states.end()) *response.add_read_states() = ToProto(*state);
  }
  return response;
}

}  // namespace guildhall::discussions
