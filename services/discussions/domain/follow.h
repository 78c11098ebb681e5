#pragma once

#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace guildhall::discussions {

// How closely somebody follows a topic or a community: the numbers of
// guildhall.discussions.v1.FollowLevel.
enum class FollowLevel { kMuted = 1, kNormal, kWatching };

// What a member chooses by a number; nothing for 0: it takes its choice back.
// Fails with: FIELD_INVALID on `field`.
absl::StatusOr<std::optional<FollowLevel>> FollowLevelFrom(std::string_view field, int number);

// The refusal of one choice more than a member may make. Fails with: TOO_MANY_FOLLOWS.
absl::Status TooManyFollows();

}  // namespace guildhall::discussions
