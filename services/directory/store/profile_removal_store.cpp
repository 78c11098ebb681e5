#include "services/directory/store/profile_removal_store.h"

#include <string>

#include "directory/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::directory {

void InsertProfileRemoval(postgres::Work& work, const ProfileRemoval& removal) {
  work.Defer(sql::kInsertProfileRemoval, removal.member, removal.create_time, removal.id,
             removal.fields, removal.reason, removal.remover);
}

absl::StatusOr<std::vector<ProfileRemoval>> ReadProfileRemovals(postgres::Database& database,
                                                                const postgres::Context& context,
                                                                MemberId member,
                                                                const ProfileRemovalPosition& after,
                                                                int count) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListProfileRemovals, member, after.create_time,
                                 after.id, count));
  std::vector<ProfileRemoval> removals;
  for (const postgres::Row row : rows) {
    removals.push_back({.id = row.Get<Uuid>(0),
                        .member = member,
                        .fields = row.Get<std::vector<std::string>>(1),
                        .reason = row.Get<std::string>(2),
                        .remover = row.Get<MemberId>(3),
                        .create_time = row.Get<absl::Time>(4)});
  }
  return removals;
}

}  // namespace guildhall::directory
