#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/directory/domain/member_search.h"
#include "services/directory/store/member_store.h"

namespace guildhall::directory {

// Members that a search found.
struct FoundMember {
  Member member;
  Match match;
};
struct FoundMembers {
  // In no order.
  std::vector<FoundMember> members;
  // Of the name that was asked.
  std::string asked_key;
  // Whether as many were looked at as may be: others may match.
  bool more = false;
};

// How names are compared.
enum class Spelling { kExact, kForgiving };

// Of up to `count` members those who match all of the question, and `community` if one is given,
// among those whom the viewer may know: employees know everybody, externals those with whom they
// share a community; by a community whose members it may not see nobody finds anybody. Labels name
// the communities that the viewer belongs to. One statement; at 100,000 members at most 200 buffers
// beside the rows that are found. A second one for externals with more than kMaxCommunitiesByIndex
// communities who know few of those who match: up to 7 buffers for each community. Fails with:
// DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<FoundMembers> FindMembers(postgres::Database& database,
                                         const postgres::Context& context,
                                         const access::Viewer& viewer,
                                         const MemberQuestion& question,
                                         std::optional<CommunityId> community, Spelling spelling,
                                         int count);

// Members who came before there was an index of words, and were listed in it.
struct ListedByWords {
  int members = 0;
  // Whether any were not listed before.
  bool were_any = false;
};

// Lists the next ones in order of their ids, at most `count`, who are held until the end of the
// transaction. One statement, some 150 terms for each member. Safe to repeat.
absl::StatusOr<ListedByWords> FillWords(postgres::Work& work, int count);

}  // namespace guildhall::directory
