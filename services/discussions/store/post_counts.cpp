#include "services/discussions/store/post_counts.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::discussions {

absl::StatusOr<std::vector<ComparedPost>> CompareCounts(postgres::Database& database,
                                                        const postgres::Context& context,
                                                        const PostPlace& after, int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kComparePostCounts,
                                                            after.topic, after.number, count));
  std::vector<ComparedPost> posts;
  for (const postgres::Row row : rows) {
    posts.push_back({{row.Get<TopicId>(0), row.Get<std::int32_t>(1)}, row.Get<bool>(2)});
  }
  return posts;
}

absl::StatusOr<std::optional<CountedPost>> MendCounts(postgres::Work& work,
                                                      const PostPlace& place) {
  work.Defer(sql::kHoldTopic, place.topic);
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kMendPostCounts, place.topic, place.number));
  if (rows.empty()) return std::optional<CountedPost>();
  return std::optional(CountedPost{rows[0].Get<PostId>(0), rows[0].Get<std::int64_t>(1)});
}

}  // namespace guildhall::discussions
