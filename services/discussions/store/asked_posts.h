#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/grant.h"
#include "libs/base/bytes.h"
#include "libs/postgres/database.h"
#include "libs/resources/names.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// A post that was asked for with others.
struct AskedPost {
  Post post;
  // Among those asked for, from 0 on.
  int place = 0;
  // Whether what was asked for after it was left out, because it does not fit.
  bool last = false;
};

// Those of `posts`, named by id or by number, whose topics stand in communities of `visible`, with
// what they quote, in their order; it ends early with the post by which their texts exceed `bytes`.
// Where a post has gone into another topic its marker stands. One statement, and another where any
// quotes: two look-ups each, and the texts. Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<std::vector<AskedPost>> GetPosts(postgres::Database& database,
                                                const postgres::Context& context,
                                                const access::VisibleCommunities& visible,
                                                std::span<const resources::PostRef> posts,
                                                Bytes bytes);

}  // namespace guildhall::discussions
