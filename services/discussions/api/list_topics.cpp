#include <google/protobuf/arena.h>

#include <iterator>
#include <span>

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

NewestPosition NewestPositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  NewestPosition position;
  position.create_time = reader.Time();
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

std::string NewestPositionOf(const Topic& topic) {
  return resources::PositionWriter().Time(topic.create_time).Id(topic.id.uuid()).Take();
}

std::string PositionOf(const Topic& topic, v1::TopicOrder order) {
  if (order == v1::TOPIC_ORDER_SCORE) return ScorePositionOf(topic);
  if (order == v1::TOPIC_ORDER_NEWEST) return NewestPositionOf(topic);
  return LatestPositionOf(topic);
}

absl::Status Check(const v1::ListTopicsRequest& request) {
  return CheckWhichTopics(request.order(), request.filter(), request.kind());
}

// The page that is asked for.
absl::StatusOr<rpc::Page> PageOf(const Discussions& discussions, const rpc::Call& call,
                                 const v1::ListTopicsRequest& request) {
  GUILDHALL_TRY(Check(request));
  return rpc::Page::OfSharedList(discussions.page_tokens, call, request, kPageSize,
                                 kPositionRevision);
}

TopicStretch StretchOf(const rpc::Call& call, const rpc::Page& page,
                       const v1::ListTopicsRequest& request) {
  if (request.filter() == v1::TOPIC_FILTER_UNANSWERED) {
    return TopicStretch::Unanswered(call.grant(), LatestPositionOf(page), page.to_fetch());
  }
  if (request.kind() != v1::TOPIC_KIND_UNSPECIFIED) {
    return TopicStretch::OfKind(call.grant(), static_cast<TopicKind>(request.kind()),
                                LatestPositionOf(page), page.to_fetch());
  }
  if (request.order() == v1::TOPIC_ORDER_NEWEST) {
    return TopicStretch::Newest(call.grant(), NewestPositionOf(page), page.to_fetch());
  }
  if (request.order() == v1::TOPIC_ORDER_SCORE) {
    return TopicStretch::Top(call.grant(), ScorePositionOf(page), page.to_fetch());
  }
  return TopicStretch::Latest(call.grant(), LatestPositionOf(page), page.to_fetch());
}

void Fill(const rpc::Page& page, std::span<const Topic> topics, v1::TopicOrder order,
          v1::ListTopicsResponse& response) {
  if (const auto size = static_cast<std::size_t>(page.size()); topics.size() > size) {
    topics = topics.first(size);
    response.set_next_page_token(page.Seal(PositionOf(topics.back(), order)));
  }
  for (const Topic& topic : topics) Fill(topic, *response.add_topics());
}

}  // namespace

rpc::Gatherer<TopicStretch, std::vector<Topic>>::Fetch TopicLists(postgres::Database& database) {
  using Lists = std::vector<std::optional<std::vector<Topic>>>;
  return [&database](const postgres::Context& context,
                     std::span<const TopicStretch> stretches) -> absl::StatusOr<Lists> {
    GUILDHALL_ASSIGN(auto lists, ReadStretches(database, context, stretches));
    return Lists(std::make_move_iterator(lists.begin()), std::make_move_iterator(lists.end()));
  };
}

void ListTopics(Discussions& discussions, const rpc::Call& call,
                const v1::ListTopicsRequest& request,
                rpc::Answered<v1::ListTopicsResponse> answered) {
  absl::StatusOr<rpc::Page> page = PageOf(discussions, call, request);
  if (!page.ok()) return answered(page.status());
  discussions.topic_lists.Ask(
      StretchOf(call, *page, request), call.deadline(),
      [page = *page, order = request.order(), answered = std::move(answered)](
          const absl::StatusOr<std::shared_ptr<const std::vector<Topic>>>& topics) {
        if (!topics.ok()) return answered(topics.status());
        google::protobuf::Arena arena;
        auto* const response =
            google::protobuf::Arena::CreateMessage<v1::ListTopicsResponse>(&arena);
        Fill(page, **topics, order, *response);
        answered(response);
      });
}

std::optional<cache::Subject> SubjectOf(const v1::ListTopicsRequest& request) {
  const auto community = resources::ParseCommunity("parent", request.parent());
  const std::optional<int> size = rpc::Page::SizeOfFirst(request, kPageSize);
  if (!community.ok() || !size || !Check(request).ok()) return std::nullopt;
  const auto list = static_cast<std::uint64_t>(request.order()) |
                    static_cast<std::uint64_t>(request.filter()) << 8 |
                    static_cast<std::uint64_t>(request.kind()) << 16;
  return cache::Subject{.key = {.id = community->uuid(),
                                .parameters = list << 32 | static_cast<std::uint32_t>(*size)},
                        .tags = {community->uuid()}};
}

}  // namespace guildhall::discussions
