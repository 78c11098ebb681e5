#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/import/demo/deeds.h"
#include "tools/import/methods.h"
#include "tools/import/writer.h"

namespace guildhall::demo {

// What seeding brought, and what is left for the members to do.
struct Seeded {
  importing::Tally tally;
  std::vector<Deed> deeds;
};

// Loads the demo organization of `folder`: opens the accounts of those who sign in, then writes
// everything that is not there yet, and says how much that was and which posts were too long to be
// written whole. Safe to repeat.
//
// Fails with INVALID_ARGUMENT and a line for each finding when the files break a rule, before
// anything is written; with FAILED_PRECONDITION as OpenAccounts says; otherwise as a service fails.
absl::StatusOr<Seeded> Seed(const std::string& folder, const importing::AccountMethods& accounts,
                            const importing::WriterMethods& writer);

}  // namespace guildhall::demo
