#include "services/discussions/store/skill_store.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/store/word_forms.h"

namespace guildhall::discussions {
namespace {

// What somebody wrote in each quarter of a year in which kSkillsFor lies, the latest first.
std::vector<std::string> QueriesFor(MemberId member, absl::Time now) {
  SearchQuery query;
  query.from = member;
  const absl::CivilDay earliest = absl::ToCivilDay(now - kSkillsFor, absl::UTCTimeZone());
  absl::CivilDay next(absl::ToCivilMonth(now, absl::UTCTimeZone()) + 1);
  while ((next.month() - 1) % 3 != 0) next = absl::CivilDay(absl::CivilMonth(next) + 1);
  std::vector<std::string> queries;
  while (next > earliest) {
    const absl::CivilDay first(absl::CivilMonth(next) - 3);
    queries.push_back(Narrowed("", query, Days{first, next - 1}));
    next = first;
  }
  return queries;
}

}  // namespace

absl::StatusOr<std::vector<TaggedPost>> ListOwnTags(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant, absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListOwnTags, QueriesFor(grant.member(), now),
                                 std::int32_t{kMaxSkillPosts}));
  std::vector<TaggedPost> posts;
  for (const postgres::Row row : rows) {
    posts.push_back({.topic = row.Get<TopicId>(0),
                     .community = row.Get<CommunityId>(1),
                     .create_time = row.Get<absl::Time>(2),
                     .tags = row.Get<std::vector<std::string>>(3)});
  }
  return posts;
}

}  // namespace guildhall::discussions
