#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "services/directory/domain/community.h"

namespace guildhall::directory {

// What is laid upon a member in a community and in everything below it: a ban keeps it away, a mute
// lets it write nothing that others see. Who may, upon whom and how long is the same for both.
enum class SanctionKind { kBan, kMute };

// A word for fields and refusals: "ban" or "mute".
std::string_view WordFor(SanctionKind kind);

struct Sanction {
  SanctionKind kind = SanctionKind::kBan;
  MemberId member;
  std::string reason;
  MemberId creator;
  absl::Time create_time;
  std::optional<absl::Time> expire_time;
};

// How far somebody stands above others where a sanction would hold.
struct StandingToSanction {
  // In the community of the sanction.
  Rank rank = Rank::kNone;
  // The highest role there and in the communities below.
  Role highest_role = Role::kNone;
  // Whether one of these communities has no other owner.
  bool last_owner = false;
};

// Brings the reason into the form in which it is kept. Fails with: FIELD_INVALID.
absl::Status TidySanction(Sanction& sanction);

// OK when one that begins now ends later. Apart from TidySanction because it depends on the time: a
// repeat, which may come after the end, is answered as the first request was.
// Fails with: FIELD_INVALID.
absl::Status CheckEnd(const Sanction& sanction);

// OK when somebody of rank `sanctioner` may ban or mute whoever stands like `sanctioned`: nobody
// does so to whoever ranks as high or higher, and a moderator, who has no say in the communities
// below, to nobody who has one there. The last owner is neither banned nor muted; of several all
// may be muted by who owns a community above, and answers for this one then. Fails with:
// NOT_PERMITTED, LAST_OWNER.
absl::Status CheckSanctioning(Rank sanctioner, const StandingToSanction& sanctioned);

}  // namespace guildhall::directory
