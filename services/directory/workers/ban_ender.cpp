#include "services/directory/workers/ban_ender.h"

#include "libs/base/status_macros.h"
#include "services/directory/store/ended_bans.h"

namespace guildhall::directory {
namespace {

// For one transaction: its largest part is one row for each community below.
postgres::Context Soon() { return {.deadline = Deadline::After(absl::Seconds(5))}; }

}  // namespace

absl::StatusOr<int> BanEnder::RunOnce(absl::Time now) {
  const Deadline longest = Deadline::After(kLongest);
  GUILDHALL_ASSIGN(const std::vector<EndedBan> ended,
                   ListEndedBans(database_, Soon(), now, after_, kBatch));
  int lifted = 0;
  absl::Status failure;
  for (const EndedBan& ban : ended) {
    after_ = ban;
    const absl::StatusOr<bool> was_there = Lift(ban, now);
    failure.Update(was_there.status());
    lifted += was_there.ok() && *was_there;
    if (longest.Passed()) break;
  }
  const bool all =
      ended.empty() || (ended.size() < kBatch && after_.member == ended.back().member &&
                        after_.community == ended.back().community);
  if (all) after_ = {};
  if (!failure.ok()) return failure;
  return lifted;
}

absl::StatusOr<bool> BanEnder::Lift(const EndedBan& ban, absl::Time now) {
  return database_.Transact<bool>(Soon(), [&](postgres::Work& work) -> absl::StatusOr<bool> {
    HoldMember(work, ban.member);
    GUILDHALL_ASSIGN(const bool lifted, DeleteEndedBan(work, ban.community, ban.member, now));
    if (!lifted) return false;
    GUILDHALL_TRY(TellEnded(work, ban.community, ban.member));
    return true;
  });
}

}  // namespace guildhall::directory
