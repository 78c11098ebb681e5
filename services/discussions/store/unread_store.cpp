#include "services/discussions/store/unread_store.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {
namespace {

// What looking for marks may have cost, in buffers, when one more topic is looked at: with a search
// of up to 68 after that a page stays within 500.
constexpr std::int32_t kMaxMarkBuffers = 150;

// For each community of `visible`.
std::vector<absl::Time> BoundsOf(const UnreadPosition& position,
                                 const access::VisibleCommunities& visible) {
  std::vector<absl::Time> bounds;
  for (const CommunityId community : visible.ids()) {
    const auto bound = position.bounds.find(community);
    bounds.push_back(bound == position.bounds.end() ? absl::InfiniteFuture() : bound->second);
  }
  return bounds;
}

}  // namespace

absl::StatusOr<UnreadTopics> ListUnreadTopics(postgres::Database& database,
                                              const postgres::Context& context,
                                              const access::VisibleCommunities& visible,
                                              const UnreadPosition& after, int count,
                                              absl::Time now) {
  UnreadTopics found;
  if (visible.empty()) return found;
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListUnreadTopics, visible.member(), visible.ids(),
                    after.last_post_time, after.id, count, std::int32_t{kMaxFollowedInMuted},
                    now - kNewsFor, std::int32_t{kMaxUnreadTopics}, BoundsOf(after, visible),
                    std::int32_t{kMaxTaggedInMuted}, kMaxMarkBuffers));
  for (const postgres::Row row : rows) {
    found.topics.push_back({TopicFrom(row), row.Get<std::optional<std::int32_t>>(kTopicColumns),
                            row.Get<std::int32_t>(kTopicColumns + 3)});
  }
  if (rows.empty()) return found;
  found.goes_on = rows[0].Get<bool>(kTopicColumns + 2);
  const auto latest = rows[0].Get<std::vector<absl::Time>>(kTopicColumns + 1);
  GUILDHALL_CHECK(latest.size() == visible.ids().size());
  for (std::size_t i = 0; i < latest.size(); ++i) found.latest[visible.ids()[i]] = latest[i];
  return found;
}

}  // namespace guildhall::discussions
