#include "services/discussions/store/feed_store.h"

#include <optional>

#include "discussions/statements.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {
namespace {

absl::StatusOr<std::vector<FeedTopic>> FeedFrom(const absl::StatusOr<postgres::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  std::vector<FeedTopic> topics;
  topics.reserve(rows->size());
  for (const postgres::Row row : *rows) {
    topics.push_back({TopicFrom(row), row.Get<bool>(kTopicColumns)});
  }
  return topics;
}

// Of no kind: unanswered questions.
absl::StatusOr<std::vector<FeedTopic>> ReadKindFeed(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::VisibleCommunities& visible,
                                                    std::optional<std::int32_t> kind,
                                                    const LatestFeedPosition& after, int count) {
  if (visible.empty()) return std::vector<FeedTopic>();
  return FeedFrom(database.Read(context, sql::kListKindFeed, visible.member(), visible.ids(),
                                after.last_post_time, after.id, count, kMaxFollowedInMuted,
                                kMaxTaggedInMuted, kind));
}

}  // namespace

absl::StatusOr<std::vector<FeedTopic>> ListLatestFeed(postgres::Database& database,
                                                      const postgres::Context& context,
                                                      const access::VisibleCommunities& visible,
                                                      const LatestFeedPosition& after, int count) {
  if (visible.empty()) return std::vector<FeedTopic>();
  return FeedFrom(database.Read(context, sql::kListLatestFeed, visible.member(), visible.ids(),
                                after.last_post_time, after.id, count, kMaxFollowedInMuted,
                                kMaxTaggedInMuted));
}

absl::StatusOr<std::vector<FeedTopic>> ListKindFeed(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::VisibleCommunities& visible,
                                                    TopicKind kind, const LatestFeedPosition& after,
                                                    int count) {
  return ReadKindFeed(database, context, visible, static_cast<std::int32_t>(kind), after, count);
}

absl::StatusOr<std::vector<FeedTopic>> ListUnansweredFeed(postgres::Database& database,
                                                          const postgres::Context& context,
                                                          const access::VisibleCommunities& visible,
                                                          const LatestFeedPosition& after,
                                                          int count) {
  return ReadKindFeed(database, context, visible, std::nullopt, after, count);
}

absl::StatusOr<std::vector<FeedTopic>> ListTaggedFeed(postgres::Database& database,
                                                      const postgres::Context& context,
                                                      const access::VisibleCommunities& visible,
                                                      const std::string& tag,
                                                      const LatestFeedPosition& after, int count) {
  if (visible.empty()) return std::vector<FeedTopic>();
  return FeedFrom(database.Read(context, sql::kListTaggedFeed, visible.member(), visible.ids(),
                                after.last_post_time, after.id, count, kMaxFollowedInMuted,
                                kMaxTaggedInMuted, tag));
}

absl::StatusOr<std::vector<FeedTopic>> ListTopFeed(postgres::Database& database,
                                                   const postgres::Context& context,
                                                   const access::VisibleCommunities& visible,
                                                   const TopFeedPosition& after, int count) {
  if (visible.empty()) return std::vector<FeedTopic>();
  return FeedFrom(database.Read(context, sql::kListTopFeed, visible.member(), visible.ids(),
                                after.score, after.id, count, kMaxFollowedInMuted,
                                kMaxTaggedInMuted));
}

}  // namespace guildhall::discussions
