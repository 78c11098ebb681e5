#include "services/directory/workers/sanction_ender.h"

#include "libs/base/status_macros.h"
#include "services/directory/store/ended_sanctions.h"

namespace guildhall::directory {
namespace {

// For one transaction: its largest part is one row for each community below.
postgres::Context Soon() { return {.deadline = Deadline::After(absl::Seconds(5))}; }

}  // namespace

absl::StatusOr<int> SanctionEnder::RunOnce(absl::Time now) {
  const Deadline longest = Deadline::After(kLongest);
  GUILDHALL_ASSIGN(const std::vector<EndedSanction> ended,
                   ListEndedSanctions(database_, Soon(), kind_, now, after_, kBatch));
  int count = 0;
  absl::Status failure;
  for (const EndedSanction& sanction : ended) {
    after_ = sanction;
    const absl::StatusOr<bool> was_there = End(sanction, now);
    failure.Update(was_there.status());
    count += was_there.ok() && *was_there;
    if (longest.Passed()) break;
  }
  const bool all =
      ended.empty() || (ended.size() < kBatch && after_.member == ended.back().member &&
                        after_.community == ended.back().community);
  if (all) after_ = {};
  if (!failure.ok()) return failure;
  return count;
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
