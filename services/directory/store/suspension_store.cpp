#include "services/directory/store/suspension_store.h"

#include "directory/statements.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"

namespace guildhall::directory {
namespace {

constexpr std::size_t kAtOnce = 1000;

absl::Status Note(postgres::Work& work, const std::vector<MemberId>& suspended,
                  const std::vector<MemberId>& others) {
  std::vector<MemberId> all = suspended;
  all.insert(all.end(), others.begin(), others.end());
  // Members are held in order of their ids, and what changes of them is read after that.
  work.Defer(sql::kHoldMembers, all);
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kNoteSuspensions, suspended, others));
  std::map<Uuid, std::int64_t> versions;
  for (const postgres::Row row : rows) versions[row.Get<Uuid>(0)] = row.Get<std::int64_t>(1);
  std::vector<changelog::Change> changes;
  for (const auto& [id, version] : versions) {
    changes.push_back(
        {.kind = change::v1::KIND_MEMBER_UPDATED, .key = id, .resource = id, .version = version});
  }
  changelog::Append(work, changes);
  return absl::OkStatus();
}

}  // namespace

void LockSuspensions(postgres::Work& work) { work.Defer(sql::kLockSuspendedAccounts); }

absl::StatusOr<std::vector<MemberId>> ReadSuspensions(postgres::Work& work) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, work.Run(sql::kListSuspendedAccounts));
  std::vector<MemberId> ids;
  for (const postgres::Row row : rows) ids.push_back(row.Get<MemberId>(0));
  return ids;
}

absl::Status NoteSuspensions(postgres::Work& work, const std::map<MemberId, bool>& suspended) {
  std::vector<MemberId> begun, ended;
  for (const auto& [id, is_suspended] : suspended) {
    (is_suspended ? begun : ended).push_back(id);
    if (begun.size() + ended.size() < kAtOnce) continue;
    GUILDHALL_TRY(Note(work, begun, ended));
    begun.clear();
    ended.clear();
  }
  return begun.empty() && ended.empty() ? absl::OkStatus() : Note(work, begun, ended);
}

}  // namespace guildhall::directory
