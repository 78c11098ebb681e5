#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/feeds/known_facts.h"
#include "libs/postgres/database.h"

namespace guildhall::directory {

// A member and, unless nil, a community.
struct FactsQuestion {
  MemberId member;
  CommunityId community;
};

// What is true of each pair now, in the order of the question. One statement for all of them.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<feeds::StandingFact>> GetFacts(postgres::Database& database,
                                                          const postgres::Context& context,
                                                          std::span<const FactsQuestion> questions);

}  // namespace guildhall::directory
