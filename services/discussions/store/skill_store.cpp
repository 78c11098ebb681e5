#include "services/discussions/store/skill_store.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/word_forms.h"

namespace guildhall::discussions {
namespace {

// What somebody wrote in the quarters of a year in which kSkillsFor lies.
std::string QueryFor(MemberId member, absl::Time now) {
  SearchQuery query;
  query.from = {member};
  const auto quarter_of = [](absl::Time time) {
    const absl::CivilMonth month = absl::ToCivilMonth(time, absl::UTCTimeZone());
    return month - (month.month() - 1) % 3;
  };
  const absl::CivilDay first(quarter_of(now - kSkillsFor)), next(quarter_of(now) + 3);
  return Narrowed("", query, Days{first, next - 1});
}

}  // namespace

absl::StatusOr<std::vector<TaggedPost>> ListOwnTaggedPosts(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& visible, absl::Time now) {
  if (visible.empty()) return std::vector<TaggedPost>();
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListOwnTaggedPosts, QueryFor(visible.member(), now),
                                 InOneOf(visible.ids()), std::int32_t{kMaxSkillPosts}));
  std::vector<TaggedPost> posts;
  for (const postgres::Row row : rows) {
    posts.push_back({.topic = row.Get<TopicId>(0),
                     .create_time = row.Get<absl::Time>(1),
                     .tags = row.Get<std::vector<std::string>>(2)});
  }
  return posts;
}

}  // namespace guildhall::discussions
