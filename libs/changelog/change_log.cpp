#include "libs/changelog/change_log.h"

#include <vector>

#include "changelog/statements.h"

namespace guildhall::changelog {

void Append(postgres::Work& work, const Change& change) {
  work.Defer(sql::kAppendChange, change.key, static_cast<std::int32_t>(change.kind),
             change.resource, change.version, static_cast<std::int32_t>(change.origin));
}

void Append(postgres::Work& work, std::span<const Change> changes) {
  if (changes.empty()) return;
  std::vector<Uuid> keys, resources;
  std::vector<std::int32_t> kinds, origins;
  std::vector<std::int64_t> versions;
  for (const Change& change : changes) {
    keys.push_back(change.key);
    kinds.push_back(change.kind);
    resources.push_back(change.resource);
    versions.push_back(change.version);
    origins.push_back(static_cast<std::int32_t>(change.origin));
  }
  work.Defer(sql::kAppendChanges, keys, kinds, resources, versions, origins);
}

absl::Status KeepPartitions(postgres::Database& database, absl::Time now) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(30))};
  return database.Write(context, sql::kKeepPartitions, now, absl::ToDoubleSeconds(kKept)).status();
}

}  // namespace guildhall::changelog
