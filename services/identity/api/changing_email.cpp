#include "services/identity/api/changing_email.h"

#include <utility>

#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/email_change_store.h"

namespace guildhall::identity {

absl::Status GiveEmail(Identity& identity, const rpc::Call& call, postgres::Work& work,
                       Account& account, const std::string& to) {
  GUILDHALL_TRY(UpdateEmail(work, account.id, to));
  const std::string from = std::exchange(account.email, to);
  const absl::Time now = call.now();
  const MemberId caller = call.caller().member;
  const bool own = caller == account.id;
  const EmailChange change{.changer = own ? std::nullopt : std::optional(caller),
                           .change_time = now};
  InsertEmailChange(work, NewUuidV7(now, identity.random), account.id, change);
  if (!identity.settings.mail_folder.empty()) {
    for (const EmailLetterKind kind : LettersOf(change)) {
      InsertEmailLetter(work,
                        {.id = NewUuidV7(now, identity.random),
                         .kind = kind,
                         .email = kind == EmailLetterKind::kReceivedFromOther ? to : from},
                        now);
    }
  }
  AppendAccountChange(work, change::v1::KIND_EMAIL_CHANGED, account.id);
  return absl::OkStatus();
}

}  // namespace guildhall::identity
