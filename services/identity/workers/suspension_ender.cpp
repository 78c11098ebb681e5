#include "services/identity/workers/suspension_ender.h"

#include "libs/base/status_macros.h"
#include "services/identity/api/administering.h"

namespace guildhall::identity {
namespace {

postgres::Context Soon() { return {.deadline = Deadline::After(absl::Seconds(5))}; }

}  // namespace

absl::StatusOr<int> SuspensionEnder::RunOnce(absl::Time now) {
  const Deadline longest = Deadline::After(kLongest);
  GUILDHALL_ASSIGN(const std::vector<EndedSuspension> ended,
                   ListEndedSuspensions(database_, Soon(), now, after_, kBatch));
  int count = 0;
  absl::Status failure;
  for (const EndedSuspension& suspension : ended) {
    after_ = suspension;
    const absl::StatusOr<bool> was_suspended = End(suspension.account, now);
    failure.Update(was_suspended.status());
    count += was_suspended.ok() && *was_suspended;
    if (longest.Passed()) break;
  }
  const bool all =
      ended.empty() || (ended.size() < kBatch && after_.account == ended.back().account);
  if (all) after_ = {};
  if (!failure.ok()) return failure;
  return count;
}

// Whether it let the account be used again: not where somebody else did, or made it last longer. A
// process of the version before leaves the end of a suspension that it ends; that goes, too.
absl::StatusOr<bool> SuspensionEnder::End(MemberId id, absl::Time now) {
  return database_.Transact<bool>(Soon(), [&](postgres::Work& work) -> absl::StatusOr<bool> {
    GUILDHALL_ASSIGN(std::optional<Account> account, LockAccount(work, id));
    if (!account || !account->suspend_expire_time || *account->suspend_expire_time > now)
      return false;
    const bool was_suspended = account->suspend_time.has_value();
    EndSuspension(work, *account);
    return was_suspended;
  });
}

}  // namespace guildhall::identity
