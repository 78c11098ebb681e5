#include "services/directory/workers/ban_ender.h"

#include "libs/base/status_macros.h"
#include "services/directory/store/ended_bans.h"

namespace guildhall::directory {

absl::StatusOr<int> BanEnder::RunOnce(absl::Time now) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  return database_.Transact<int>(context, [&](postgres::Work& work) -> absl::StatusOr<int> {
    GUILDHALL_ASSIGN(const std::vector<EndedBan> ended, DeleteEndedBans(work, now, kBatch));
    if (ended.empty()) return 0;
    GUILDHALL_TRY(TellEnded(work, ended));
    return static_cast<int>(ended.size());
  });
}

}  // namespace guildhall::directory
