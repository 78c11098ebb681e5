#include "services/discussions/store/feed_store.h"

#include "discussions/statements.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {

absl::StatusOr<std::vector<Topic>> ListLatestFeed(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  const access::VisibleCommunities& visible,
                                                  const LatestFeedPosition& after, int count) {
  if (visible.empty()) return std::vector<Topic>();
  return TopicsFrom(database.Read(context, sql::kListLatestFeed, visible.member(), visible.ids(),
                                  after.last_post_time, after.id, count, kMaxFollowedInMuted));
}

absl::StatusOr<std::vector<Topic>> ListTopFeed(postgres::Database& database,
                                               const postgres::Context& context,
                                               const access::VisibleCommunities& visible,
                                               const TopFeedPosition& after, int count) {
  if (visible.empty()) return std::vector<Topic>();
  return TopicsFrom(database.Read(context, sql::kListTopFeed, visible.member(), visible.ids(),
                                  after.score, after.id, count, kMaxFollowedInMuted));
}

}  // namespace guildhall::discussions
