#pragma once

#include <optional>
#include <span>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "libs/base/ids.h"
#include "libs/postgres/database.h"
#include "libs/resources/names.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// What changes are about, whoever may see it: these reads guard nothing, they are for the gateway,
// which decides about each who hears of it.

// A topic or post, or where it was: nothing stands there any more.
template <typename T>
struct Changed {
  CommunityId community;
  std::optional<T> now;
};

// Those of `ids` that ever were and have posts. One statement.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED.
absl::StatusOr<absl::flat_hash_map<TopicId, Changed<Topic>>> GetChangedTopics(
    postgres::Database& database, const postgres::Context& context, std::span<const TopicId> ids);

// The same for posts that are named by their ids, with what they quote: one statement more where
// any does. A post of a deleted topic is gone.
absl::StatusOr<absl::flat_hash_map<PostId, Changed<Post>>> GetChangedPosts(
    postgres::Database& database, const postgres::Context& context,
    std::span<const resources::PostRef> posts);

}  // namespace guildhall::discussions
