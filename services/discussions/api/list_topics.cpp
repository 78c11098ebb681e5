#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};
// 1: pinned topics stand first.
constexpr int kPositionRevision = 1;

LatestPosition LatestPositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  LatestPosition position;
  position.pinned = reader.Number() != 0;
  position.last_post_time = reader.Time();
  position.id = TopicId(reader.Id());
  return position;
}

ScorePosition ScorePositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  ScorePosition position;
  position.pinned = reader.Number() != 0;
  position.score = reader.Real();
  position.id = TopicId(reader.Id());
  return position;
}

std::string LatestPositionOf(const Topic& topic) {
  return resources::PositionWriter()
      .Number(topic.pinned)
      .Time(topic.last_post_time)
      .Id(topic.id.uuid())
      .Take();
}

std::string ScorePositionOf(const Topic& topic) {
  return resources::PositionWriter()
      .Number(topic.pinned)
      .Real(topic.score)
      .Id(topic.id.uuid())
      .Take();
}

absl::StatusOr<std::vector<Topic>> Fetch(Discussions& discussions, const rpc::Call& call,
                                         const rpc::Page& page,
                                         const v1::ListTopicsRequest& request) {
  const TopicStore& topics = discussions.topics;
  if (request.filter() == v1::TOPIC_FILTER_UNANSWERED) {
    return topics.ListUnanswered(call.context(), call.grant(), LatestPositionOf(page),
                                 page.to_fetch());
  }
  if (request.order() == v1::TOPIC_ORDER_SCORE) {
    return topics.ListTop(call.context(), call.grant(), ScorePositionOf(page), page.to_fetch());
  }
  return topics.ListLatest(call.context(), call.grant(), LatestPositionOf(page), page.to_fetch());
}

}  // namespace

absl::StatusOr<v1::ListTopicsResponse> ListTopics(Discussions& discussions, const rpc::Call& call,
                                                  const v1::ListTopicsRequest& request) {
  if (!v1::TopicOrder_IsValid(request.order())) {
    return WrongField("order", "is one of the values of the contract");
  }
  if (!v1::TopicFilter_IsValid(request.filter())) {
    return WrongField("filter", "is one of the values of the contract");
  }
  const bool by_score = request.order() == v1::TOPIC_ORDER_SCORE;
  const bool unanswered = request.filter() == v1::TOPIC_FILTER_UNANSWERED;
  if (by_score && unanswered) return WrongField("order", "is by latest posts with this filter");
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::OfSharedList(discussions.page_tokens, call, request, kPageSize,
                                           kPositionRevision));
  GUILDHALL_ASSIGN(std::vector<Topic> topics, Fetch(discussions, call, page, request));
  v1::ListTopicsResponse response;
  response.set_next_page_token(page.Cut(topics, [&](const Topic& topic) {
    return by_score ? ScorePositionOf(topic) : LatestPositionOf(topic);
  }));
  for (const Topic& topic : topics) Fill(topic, *response.add_topics());
  return response;
}

std::optional<cache::Subject> SubjectOf(const v1::ListTopicsRequest& request) {
  const auto community = resources::ParseCommunity("parent", request.parent());
  const std::optional<int> size = rpc::Page::SizeOfFirst(request, kPageSize);
  if (!community.ok() || !size || !v1::TopicOrder_IsValid(request.order()) ||
      !v1::TopicFilter_IsValid(request.filter())) {
    return std::nullopt;
  }
  const auto list = static_cast<std::uint64_t>(request.order()) |
                    static_cast<std::uint64_t>(request.filter()) << 8;
  return cache::Subject{.key = {.id = community->uuid(),
                                .parameters = list << 32 | static_cast<std::uint32_t>(*size)},
                        .tags = {community->uuid()}};
}

}  // namespace guildhall::discussions
