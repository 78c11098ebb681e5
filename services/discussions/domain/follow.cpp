#include "services/discussions/domain/follow.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::discussions {

absl::StatusOr<std::optional<FollowLevel>> FollowLevelFrom(std::string_view field, int number) {
  if (number == 0) return std::nullopt;
  if (number >= 1 && number <= static_cast<int>(FollowLevel::kWatching)) {
    return static_cast<FollowLevel>(number);
  }
  return WrongField(field, "is one of the values of the contract");
}

absl::Status TooManyFollows(int most) {
  return Refusal(reasons::kTooManyFollows, "A member has room for no more choices.")
      .With("limit", absl::StrCat(most));
}

EffectiveFollow FollowOf(std::optional<FollowLevel> topic, std::span<const TagFollow> tags,
                         std::optional<FollowLevel> community) {
  if (topic) return {*topic, FollowSource::kTopic, ""};
  for (const FollowLevel level :
       {FollowLevel::kMuted, FollowLevel::kWatching, FollowLevel::kNormal}) {
    const auto found = std::ranges::find(tags, level, &TagFollow::level);
    if (found != tags.end()) return {level, FollowSource::kTag, found->tag};
  }
  if (community) return {*community, FollowSource::kCommunity, ""};
  return {};
}

}  // namespace guildhall::discussions
