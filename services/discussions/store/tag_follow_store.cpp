#include "services/discussions/store/tag_follow_store.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

absl::Status SetTagFollow(postgres::Database& database, const postgres::Context& context,
                          const access::Grant& grant, const TagFollow& follow) {
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Write(context, sql::kSetTagFollow, grant.member(), follow.tag,
                     static_cast<std::int32_t>(follow.level), std::int32_t{kMaxTagFollows}));
  return rows[0].Get<bool>(0) ? absl::OkStatus() : TooManyFollows(kMaxTagFollows);
}

absl::Status ForgetTagFollow(postgres::Database& database, const postgres::Context& context,
                             const access::Grant& grant, const std::string& tag) {
  return database.Write(context, sql::kForgetTagFollow, grant.member(), tag).status();
}

absl::StatusOr<std::vector<TagFollow>> ListTagFollows(postgres::Database& database,
                                                      const postgres::Context& context,
                                                      const access::Grant& grant,
                                                      std::optional<FollowLevel> level,
                                                      const std::string& after, int count) {
  std::optional<std::int32_t> number;
  if (level) number = static_cast<std::int32_t>(*level);
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kListTagFollows,
                                                            grant.member(), number, after, count));
  std::vector<TagFollow> follows;
  for (const postgres::Row row : rows) {
    follows.push_back(
        {row.Get<std::string>(0), static_cast<FollowLevel>(row.Get<std::int32_t>(1))});
  }
  return follows;
}

}  // namespace guildhall::discussions
