#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace guildhall::discussions {

// How closely somebody follows a topic, a tag or a community: the numbers of
// guildhall.discussions.v1.FollowLevel.
enum class FollowLevel { kMuted = 1, kNormal, kWatching };

// What a member chooses by a number; nothing for 0: it takes its choice back.
// Fails with: FIELD_INVALID on `field`.
absl::StatusOr<std::optional<FollowLevel>> FollowLevelFrom(std::string_view field, int number);

// The refusal of one choice more than the `most` that a member may make. Fails with:
// TOO_MANY_FOLLOWS.
absl::Status TooManyFollows(int most);

// What a member chose for a tag.
struct TagFollow {
  std::string tag;
  FollowLevel level = FollowLevel::kNormal;
};

// By which choice a topic is followed as it is: the numbers of
// guildhall.discussions.v1.FollowSource.
enum class FollowSource { kNone, kTopic, kTag, kCommunity };

// How closely a topic is followed after all, and why.
struct EffectiveFollow {
  FollowLevel level = FollowLevel::kNormal;
  FollowSource source = FollowSource::kNone;
  // Of FollowSource::kTag: which one decides.
  std::string tag;

  friend bool operator==(const EffectiveFollow&, const EffectiveFollow&) = default;
};

// The most specific choice decides: for the topic, for one of its tags, for its community, or none:
// then it is followed normally. `tags` are the choices for tags that the topic has, in its order: a
// muted one goes before one that is watched, and that before one that is followed normally; of
// several alike the first. Statements about feeds and unread topics repeat this rule in SQL; tests
// of tag follows hold them to it.
EffectiveFollow FollowOf(std::optional<FollowLevel> topic, std::span<const TagFollow> tags,
                         std::optional<FollowLevel> community);

}  // namespace guildhall::discussions
