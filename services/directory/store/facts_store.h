#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/facts.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// A member and, unless nil, a community.
struct FactsQuestion {
  MemberId member;
  CommunityId community;
};

struct FactsAnswer {
  Affiliation affiliation = Affiliation::kNone;
  access::CommunityFacts community;
};

// What is true of each pair now, in the order of the question. One statement for all of them.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<FactsAnswer>> GetFacts(postgres::Database& database,
                                                  const postgres::Context& context,
                                                  std::span<const FactsQuestion> questions);

}  // namespace guildhall::directory
