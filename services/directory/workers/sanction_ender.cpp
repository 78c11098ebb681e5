#include "services/directory/workers/sanction_ender.h"

#include "libs/base/status_macros.h"
#include "services/directory/store/ended_sanctions.h"

namespace guildhall::directory {
namespace {

// For one transaction: its largest part is one row for each community below.
postgres::Context Soon() { return {.deadline = Deadline::After(absl::Seconds(5))}; }

}  // namespace

absl::StatusOr<int> SanctionEnder::RunOnce(absl::Time now) {
  return round_.GoOn(
      [&](const EndedSanction& after, int count) {
        return ListEndedSanctions(database_, Soon(), kind_, now, after, count);
      },
      [&](const EndedSanction& sanction) { return End(sanction, now); });
}

absl::StatusOr<bool> SanctionEnder::End(const EndedSanction& sanction, absl::Time now) {
  return database_.Transact<bool>(Soon(), [&](postgres::Work& work) -> absl::StatusOr<bool> {
    HoldMember(work, sanction.member);
    GUILDHALL_ASSIGN(const bool was_there,
                     DeleteEndedSanction(work, kind_, sanction.community, sanction.member, now));
    if (!was_there) return false;
    GUILDHALL_TRY(TellEnded(work, kind_, sanction.community, sanction.member));
    return true;
  });
}

}  // namespace guildhall::directory
