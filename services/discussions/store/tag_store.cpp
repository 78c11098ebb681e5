#include "services/discussions/store/tag_store.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/rows.h"

namespace guildhall::discussions {
namespace {

absl::StatusOr<std::vector<TagCount>> TagsFrom(const absl::StatusOr<postgres::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  std::vector<TagCount> tags;
  for (const postgres::Row row : *rows) {
    tags.push_back({row.Get<std::string>(0), row.Get<std::int32_t>(1)});
  }
  return tags;
}

}  // namespace

absl::StatusOr<std::vector<TagCount>> ListTags(postgres::Database& database,
                                               const postgres::Context& context,
                                               const access::Grant& grant, const TagCount& after,
                                               int count) {
  GUILDHALL_CHECK(grant.community().has_value());
  return TagsFrom(database.Read(context, sql::kListTags, *grant.community(), after.topic_count,
                                after.tag, count));
}

absl::StatusOr<std::vector<TagCount>> GetMostUsedTags(postgres::Database& database,
                                                      const postgres::Context& context,
                                                      const access::VisibleCommunities& visible) {
  if (visible.empty()) return std::vector<TagCount>();
  return TagsFrom(database.Read(context, sql::kGetMostUsedTags, visible.ids(), kMaxTagsCounted,
                                kMaxTagsTogether));
}

absl::StatusOr<std::vector<Topic>> ListTaggedTopics(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant,
                                                    const std::string& tag,
                                                    const LatestPosition& after, int count) {
  GUILDHALL_CHECK(grant.community().has_value());
  return TopicsFrom(database.Read(context, sql::kListTaggedTopics, *grant.community(), tag,
                                  after.last_post_time, after.id, count));
}

absl::StatusOr<std::vector<ComparedTag>> CompareTagCounts(postgres::Database& database,
                                                          const postgres::Context& context,
                                                          const TagPlace& after, int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kCompareTagCounts,
                                                            after.community, after.tag, count));
  std::vector<ComparedTag> tags;
  for (const postgres::Row row : rows) {
    tags.push_back({{row.Get<CommunityId>(0), row.Get<std::string>(1)}, row.Get<bool>(2)});
  }
  return tags;
}

absl::StatusOr<bool> MendTagCount(postgres::Work& work, const TagPlace& place) {
  work.Defer(sql::kHoldTag, place.community, place.tag);
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kMendTagCount, place.community, place.tag));
  return !rows.empty();
}

}  // namespace guildhall::discussions
