#include "services/discussions/store/ignore_store.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

absl::StatusOr<Ignore> InsertIgnore(postgres::Database& database, const postgres::Context& context,
                                    const access::Grant& grant, MemberId member, absl::Time now) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kInsertIgnore, grant.member(), member, now,
                                  std::int32_t{kMaxIgnores}));
  if (!rows[0].Get<bool>(0)) return TooManyIgnores();
  return Ignore{.member = member, .create_time = rows[0].Get<absl::Time>(1)};
}

absl::Status DeleteIgnore(postgres::Database& database, const postgres::Context& context,
                          const access::Grant& grant, MemberId member) {
  return database.Write(context, sql::kDeleteIgnore, grant.member(), member).status();
}

absl::StatusOr<std::vector<Ignore>> ListIgnores(postgres::Database& database,
                                                const postgres::Context& context,
                                                const access::Grant& grant,
                                                const TimePosition& after, int count) {
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListIgnores, grant.member(), after.time, after.id, count));
  std::vector<Ignore> ignores;
  for (const postgres::Row row : rows) {
    ignores.push_back({row.Get<MemberId>(0), row.Get<absl::Time>(1)});
  }
  return ignores;
}

}  // namespace guildhall::discussions
