#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/time_positions.h"
#include "services/discussions/domain/tag.h"
#include "services/discussions/store/tag_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

}  // namespace

absl::StatusOr<v1::ListTaggedTopicsResponse> ListTaggedTopics(
    Discussions& discussions, const rpc::Call& call, const v1::ListTaggedTopicsRequest& request) {
  GUILDHALL_ASSIGN(const std::string tag, TagFrom("tag", request.tag()));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  const TimePosition after = TimePositionOf(page);
  GUILDHALL_ASSIGN(
      std::vector<Topic> topics,
      ListTaggedTopics(discussions.database, call.context(), call.grant(), tag,
                       {.last_post_time = after.time, .id = TopicId(after.id)}, page.to_fetch()));
  v1::ListTaggedTopicsResponse response;
  response.set_next_page_token(page.Cut(topics, [](const Topic& topic) {
    return Written({topic.last_post_time, topic.id.uuid()});
  }));
  for (const Topic& topic : topics) Fill(topic, *response.add_topics());
  return response;
}

}  // namespace guildhall::discussions
