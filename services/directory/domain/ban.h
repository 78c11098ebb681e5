#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "services/directory/domain/community.h"

namespace guildhall::directory {

// A member is kept away from a community and everything below it.
struct Ban {
  MemberId member;
  std::string reason;
  MemberId creator;
  absl::Time create_time;
  std::optional<absl::Time> expire_time;
};

// How far somebody stands above others where a ban would keep it away.
struct StandingToBan {
  // In the community of the ban.
  Rank rank = Rank::kNone;
  // The highest role there and in the communities below.
  Role highest_role = Role::kNone;
  // Whether one of these communities has no other owner.
  bool last_owner = false;
};

// Brings the reason into the form in which it is kept. Fails with: FIELD_INVALID.
absl::Status TidyBan(Ban& ban);

// OK when a ban that begins now ends later. Apart from TidyBan because it depends on the time: a
// repeat, which may come after the end, is answered as the first request was.
// Fails with: FIELD_INVALID.
absl::Status CheckEnd(const Ban& ban);

// OK when somebody of rank `banner` may ban whoever stands like `banned`: nobody bans whoever ranks
// as high or higher, and a moderator, who has no say in the communities below, nobody who has one
// there. Fails with: NOT_PERMITTED, LAST_OWNER.
absl::Status CheckBanning(Rank banner, const StandingToBan& banned);

}  // namespace guildhall::directory
