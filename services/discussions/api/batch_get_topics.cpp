#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

absl::StatusOr<v1::BatchGetTopicsResponse> BatchGetTopics(
    Discussions& discussions, const rpc::Call& call, const v1::BatchGetTopicsRequest& request) {
  if (request.names_size() > kMaxTopicsRead) {
    return WrongField("names", absl::StrCat("takes at most ", kMaxTopicsRead));
  }
  GUILDHALL_ASSIGN(const std::vector<TopicId> ids, TopicsOf("names", request.names()));
  GUILDHALL_ASSIGN(const auto topics, GetTopics(discussions.database, call.context(), ids));
  std::set<CommunityId> places;
  for (const std::optional<Topic>& topic : topics) {
    if (topic) places.insert(topic->community);
  }
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, places));
  v1::BatchGetTopicsResponse response;
  for (const std::optional<Topic>& topic : topics) {
    if (topic && visible.contains(topic->community)) Fill(*topic, *response.add_topics());
  }
  return response;
}

}  // namespace guildhall::discussions
