#include "tools/import/demo/seed.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/clock.h"
#include "libs/base/status_macros.h"
#include "tools/import/demo/accounts.h"
#include "tools/import/demo/records.h"

namespace guildhall::demo {

absl::StatusOr<Seeded> Seed(const std::string& folder, const importing::AccountMethods& accounts,
                            const importing::WriterMethods& writer_methods) {
  const Reading reading = ReadOrganization(folder);
  if (!reading.findings.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(folder, ":\n  ", absl::StrJoin(reading.findings, "\n  ")));
  }
  GUILDHALL_ASSIGN(const Accounts opened, OpenAccounts(reading.organization, accounts,
                                                       SystemClock().Now(), SystemRandom()));
  Records records = MakeRecords(reading.organization, opened);
  importing::Writer writer(writer_methods);
  GUILDHALL_TRY(writer.ImportMembers(std::move(records.members)));
  GUILDHALL_TRY(writer.ImportCommunities(std::move(records.communities)));
  GUILDHALL_TRY(writer.ImportMemberships(std::move(records.memberships)));
  GUILDHALL_TRY(writer.ImportTopics(std::move(records.topics)));
  GUILDHALL_TRY(writer.ImportPosts(std::move(records.posts)));
  Seeded seeded{writer.tally(), MakeDeeds(reading.organization, opened)};
  seeded.tally.notes = reading.notes;
  return seeded;
}

}  // namespace guildhall::demo
