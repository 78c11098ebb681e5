#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/domain/tag.h"
#include "services/discussions/store/feed_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 20, .most = 50};

LatestFeedPosition LatestPositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  LatestFeedPosition position;
  position.last_post_time = reader.Time();
  position.id = TopicId(reader.Id());
  return position;
}

TopFeedPosition TopPositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  TopFeedPosition position;
  position.score = reader.Real();
  position.id = TopicId(reader.Id());
  return position;
}

std::string LatestPositionOf(const Topic& topic) {
  return resources::PositionWriter().Time(topic.last_post_time).Id(topic.id.uuid()).Take();
}

std::string TopPositionOf(const Topic& topic) {
  return resources::PositionWriter().Real(topic.score).Id(topic.id.uuid()).Take();
}

absl::StatusOr<std::vector<FeedTopic>> Fetch(Discussions& discussions, const rpc::Call& call,
                                             const access::VisibleCommunities& visible,
                                             const rpc::Page& page,
                                             const v1::ListFeedRequest& request) {
  if (request.order() == v1::TOPIC_ORDER_SCORE) {
    return ListTopFeed(discussions.database, call.context(), visible, TopPositionOf(page),
                       page.to_fetch());
  }
  if (request.filter() == v1::TOPIC_FILTER_UNANSWERED) {
    return ListUnansweredFeed(discussions.database, call.context(), visible, LatestPositionOf(page),
                              page.to_fetch());
  }
  if (request.kind() != v1::TOPIC_KIND_UNSPECIFIED) {
    return ListKindFeed(discussions.database, call.context(), visible,
                        static_cast<TopicKind>(request.kind()), LatestPositionOf(page),
                        page.to_fetch());
  }
  if (!request.tag().empty()) {
    GUILDHALL_ASSIGN(const std::string tag, TagFrom("tag", request.tag()));
    return ListTaggedFeed(discussions.database, call.context(), visible, tag,
                          LatestPositionOf(page), page.to_fetch());
  }
  return ListLatestFeed(discussions.database, call.context(), visible, LatestPositionOf(page),
                        page.to_fetch());
}

absl::Status Check(const v1::ListFeedRequest& request) {
  GUILDHALL_TRY(CheckWhichTopics(request.order(), request.filter(), request.kind()));
  if (request.order() == v1::TOPIC_ORDER_NEWEST) {
    return WrongField("order", "is by latest posts or by score");
  }
  if (request.tag().empty()) return absl::OkStatus();
  if (request.filter() != 0 || request.kind() != 0) {
    return WrongField("tag", "is not set together with filter or kind");
  }
  if (request.order() == v1::TOPIC_ORDER_SCORE) {
    return WrongField("order", "is by latest posts with a tag");
  }
  return TagFrom("tag", request.tag()).status();
}

}  // namespace

absl::StatusOr<v1::ListFeedResponse> ListFeed(Discussions& discussions, const rpc::Call& call,
                                              const v1::ListFeedRequest& request) {
  GUILDHALL_TRY(Check(request));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(const auto visible,
                   VisibleAmong(discussions, call, "communities", request.communities()));
  GUILDHALL_ASSIGN(std::vector<FeedTopic> topics, Fetch(discussions, call, visible, page, request));
  v1::ListFeedResponse response;
  response.set_next_page_token(page.Cut(topics, [&](const FeedTopic& each) {
    const bool by_score = request.order() == v1::TOPIC_ORDER_SCORE;
    return by_score ? TopPositionOf(each.topic) : LatestPositionOf(each.topic);
  }));
  for (const FeedTopic& each : topics) {
    if (!each.hidden) Fill(each.topic, *response.add_topics());
  }
  return response;
}

}  // namespace guildhall::discussions
