#include "services/identity/workers/invitation_sender.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "services/identity/store/invitation_store.h"
#include "services/identity/store/letter_secret.h"

namespace guildhall::identity {
namespace {

std::string TextOf(const Invitation& invitation, const std::string& page,
                   const std::string& secret) {
  return absl::StrCat(
      "You are invited to Guildhall.\nOpen your account by ",
      absl::FormatTime("%d %B %Y, %H:%M", invitation.expire_time, absl::UTCTimeZone()),
      " UTC, here:\n\n", page, secret,
      "\n\nIf you do not want one, do nothing: there is none without you.\n");
}

}  // namespace

absl::StatusOr<int> InvitationSender::RunOnce(absl::Time now) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  int sent = 0;
  for (; sent < kMost; ++sent) {
    GUILDHALL_ASSIGN(const std::optional<Invitation> invitation,
                     ClaimInvitationLetter(database_, context, now, now + kClaim));
    if (!invitation) break;
    const std::string secret = LetterSecret(master_key_, invitation->id);
    GUILDHALL_TRY(letters_.Put({.id = invitation->id.ToString(),
                                .time = now,
                                .to = invitation->email,
                                .subject = "An invitation",
                                .text = TextOf(*invitation, page_, secret)}));
    GUILDHALL_TRY(FinishInvitationLetter(database_, context, invitation->id));
  }
  return sent;
}

}  // namespace guildhall::identity
