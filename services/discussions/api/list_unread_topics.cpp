#include <algorithm>

#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/api/seeing.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/unread_store.h"

namespace guildhall::discussions {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 20, .most = 20};

// Topics beyond a page that are looked at for it, because those before may have been read.
constexpr int kSpareTopics = 5;

// Tokens hold for each community of the request how many minutes before the position all that is
// left there stands, two bytes each. That is enough for 45 days, and news are 30 days old at most.
constexpr std::int64_t kNothingLeft = 0xFFFF;
static_assert(kNewsFor < absl::Minutes(kNothingLeft));

std::string PositionOf(const Topic& last, const UnreadTopics& found,
                       const v1::ListUnreadTopicsRequest& request) {
  std::string bounds;
  for (const std::string& name : request.communities()) {
    const auto latest = found.latest.find(*resources::ParseCommunity("communities", name));
    std::int64_t minutes = kNothingLeft;
    if (latest != found.latest.end() && latest->second != absl::InfinitePast()) {
      const absl::Time left = std::min(latest->second, last.last_post_time);
      minutes = std::min(absl::ToInt64Minutes(last.last_post_time - left), kNothingLeft - 1);
    }
    bounds.push_back(static_cast<char>(minutes >> 8));
    bounds.push_back(static_cast<char>(minutes & 0xFF));
  }
  return resources::PositionWriter()
      .Time(last.last_post_time)
      .Id(last.id.uuid())
      .Text(bounds)
      .Take();
}

UnreadPosition PositionOf(const rpc::Page& page, const v1::ListUnreadTopicsRequest& request) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  UnreadPosition position;
  position.last_post_time = reader.Time();
  position.id = TopicId(reader.Id());
  const std::string bounds = reader.Text();
  for (int i = 0; i < request.communities_size(); ++i) {
    const auto high = static_cast<unsigned char>(bounds.at(2 * i));
    const std::int64_t minutes = high << 8 | static_cast<unsigned char>(bounds.at(2 * i + 1));
    // What stands at that very minute is before a microsecond later.
    position.bounds[*resources::ParseCommunity("communities", request.communities(i))] =
        minutes == kNothingLeft
            ? absl::InfinitePast()
            : position.last_post_time - absl::Minutes(minutes) + absl::Microseconds(1);
  }
  return position;
}

bool IsAskedFor(const UnreadTopic& each, v1::UnreadFilter filter) {
  if (!each.read_number) return false;
  if (filter == v1::UNREAD_FILTER_NEW) return *each.read_number == 0;
  if (filter == v1::UNREAD_FILTER_BEGUN) return *each.read_number > 0;
  return true;
}

void Fill(const UnreadTopic& each, v1::UnreadTopic& out) {
  Fill(each.topic, *out.mutable_topic());
  *out.mutable_read_state() =
      ToProto(ReadStateOf(each.topic.id, *each.read_number, each.standing_number));
}

}  // namespace

absl::StatusOr<v1::ListUnreadTopicsResponse> ListUnreadTopics(
    Discussions& discussions, const rpc::Call& call, const v1::ListUnreadTopicsRequest& request) {
  if (!v1::UnreadFilter_IsValid(request.filter())) {
    return WrongField("filter", "is one of the values of the contract");
  }
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(discussions.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(const auto visible,
                   VisibleAmong(discussions, call, "communities", request.communities()));
  const int looked_at = page.size() + kSpareTopics;
  GUILDHALL_ASSIGN(const UnreadTopics found,
                   ListUnreadTopics(discussions.database, call.context(), visible,
                                    PositionOf(page, request), looked_at, call.now()));
  v1::ListUnreadTopicsResponse response;
  int passed = 0;
  for (const UnreadTopic& each : found.topics) {
    const bool shown = IsAskedFor(each, request.filter());
    if (shown && response.unread_topics_size() == page.size()) break;
    if (shown) Fill(each, *response.add_unread_topics());
    ++passed;
  }
  if (passed > 0 && (passed < static_cast<int>(found.topics.size()) || found.goes_on)) {
    response.set_next_page_token(
        page.Seal(PositionOf(found.topics[passed - 1].topic, found, request)));
  }
  return response;
}

}  // namespace guildhall::discussions
