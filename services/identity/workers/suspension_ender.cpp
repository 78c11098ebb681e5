#include "services/identity/workers/suspension_ender.h"

#include "libs/base/status_macros.h"
#include "services/identity/api/administering.h"

namespace guildhall::identity {
namespace {

postgres::Context Soon() { return {.deadline = Deadline::After(absl::Seconds(5))}; }

}  // namespace

absl::StatusOr<int> SuspensionEnder::RunOnce(absl::Time now) {
  return round_.GoOn(
      [&](const EndedSuspension& after, int count) {
        return ListEndedSuspensions(database_, Soon(), now, after, count);
      },
      [&](const EndedSuspension& suspension) { return End(suspension.account, now); });
}

// Whether it let the account be used again: not where somebody else did, or made it last longer.
absl::StatusOr<bool> SuspensionEnder::End(MemberId id, absl::Time now) {
  return database_.Transact<bool>(Soon(), [&](postgres::Work& work) -> absl::StatusOr<bool> {
    GUILDHALL_ASSIGN(std::optional<Account> account, LockAccount(work, id));
    if (!account || !account->suspend_expire_time || *account->suspend_expire_time > now)
      return false;
    EndSuspension(work, *account);
    return true;
  });
}

}  // namespace guildhall::identity
