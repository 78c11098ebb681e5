#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/feeds/own_store.h"
#include "libs/feeds/remote_facts.h"
#include "services/directory/store/facts_store.h"

namespace guildhall::directory {

// Whose facts are asked, and what the token says of somebody who has not called before.
struct Asker {
  FactsQuestion question;
  std::string display_name;  // empty: do not create
  Affiliation affiliation = Affiliation::kNone;
};

// The facts of each asker, in order. A member that does not exist is created on this, its first
// call, from what its token says. One statement, and one transaction for those who are new.
absl::StatusOr<std::vector<feeds::StandingFact>> FactsFor(postgres::Database& database,
                                                          const postgres::Context& context,
                                                          std::span<const Asker> askers,
                                                          absl::Time now);

// Directory's own half of access::Facts: the same read, behind a thread of its own.
class OwnStandings : public feeds::OwnStore<feeds::AccessKey, feeds::StandingFact> {
 public:
  explicit OwnStandings(postgres::Database& database);
};

}  // namespace guildhall::directory
