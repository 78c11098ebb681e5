#include "services/directory/workers/suspension_follower.h"

#include <map>
#include <span>
#include <utility>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "services/directory/store/suspension_store.h"

namespace guildhall::directory {
namespace {

// Of an account that was suspended and used again only the last counts.
absl::Status Apply(postgres::Work& work, std::span<const changelog::Entry> entries) {
  std::map<MemberId, bool> suspended;
  for (const changelog::Entry& entry : entries) {
    const MemberId id(entry.change.resource);
    if (entry.change.kind == change::v1::KIND_ACCOUNT_SUSPENDED) suspended[id] = true;
    if (entry.change.kind == change::v1::KIND_ACCOUNT_REACTIVATED) suspended[id] = false;
  }
  if (suspended.empty()) return absl::OkStatus();
  LockSuspensions(work);
  return NoteSuspensions(work, suspended);
}

absl::Status Replace(postgres::Work& work, const std::vector<MemberId>& all) {
  LockSuspensions(work);
  GUILDHALL_ASSIGN(const std::vector<MemberId> before, ReadSuspensions(work));
  std::map<MemberId, bool> suspended;
  for (const MemberId id : before) suspended[id] = false;
  for (const MemberId id : all) suspended[id] = true;
  return NoteSuspensions(work, suspended);
}

changelog::Effect EffectOf(ReadSuspendedAccounts read) {
  return {.apply = Apply,
          .reread = [read = std::move(read)](const postgres::Context& context)
              -> absl::StatusOr<changelog::Effect::Replace> {
            GUILDHALL_ASSIGN(std::vector<MemberId> all, read(context));
            return [all = std::move(all)](postgres::Work& work) { return Replace(work, all); };
          }};
}

}  // namespace

SuspensionFollower::SuspensionFollower(postgres::Database& database,
                                       ReadSuspendedAccounts read_suspended,
                                       changelog::TailParts log)
    : consumer_(database, "suspensions", std::move(log), EffectOf(std::move(read_suspended))) {}

absl::StatusOr<int> SuspensionFollower::RunOnce() {
  return consumer_.RunOnce({.deadline = Deadline::After(kWait)});
}

}  // namespace guildhall::directory
