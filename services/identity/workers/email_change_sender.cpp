#include "services/identity/workers/email_change_sender.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "services/identity/store/email_change_store.h"
#include "services/identity/store/letter_secret.h"

namespace guildhall::identity {
namespace {

struct Words {
  std::string subject;
  std::string text;
};

constexpr char kIfNotYou[] =
    "If you did not want this, tell an administrator of your organization: they can give your "
    "account its address back and have another password sent.\n";

Words Confirming(const std::string& page, const std::string& secret) {
  return {"Your new address",
          absl::StrCat("Somebody, perhaps you, wants to have this address for an account of "
                       "Guildhall.\nConfirm it within an hour, signed in with that account, "
                       "here:\n\n",
                       page, secret,
                       "\n\nIf you do not want it, do nothing: the account keeps the address that "
                       "it has.\n")};
}

Words Taken() {
  return {"Your address",
          "Somebody, perhaps you, wants to have this address for another account of Guildhall.\n"
          "It is the address of yours, so nothing has changed.\n"};
}

// Of a change that is done.
Words Telling(EmailLetterKind kind) {
  if (kind == EmailLetterKind::kReceivedFromOther) {
    return {"Your new address",
            absl::StrCat("An administrator has given your account of Guildhall this address. Sign "
                         "in with it from now on, with the password that you have.\n",
                         kIfNotYou)};
  }
  const bool other = kind == EmailLetterKind::kLeftByOther;
  return {"Your old address",
          absl::StrCat(other ? "An administrator has given your account of Guildhall another "
                               "address in place of this one.\n"
                             : "Your account of Guildhall has another address in place of this "
                               "one.\n",
                       kIfNotYou)};
}

}  // namespace

absl::StatusOr<int> EmailChangeSender::RunOnce(absl::Time now) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  int sent = 0;
  for (int i = 0; i < kMost; ++i) {
    GUILDHALL_ASSIGN(const std::optional<EmailLetter> letter,
                     ClaimEmailLetter(database_, context, now, now + kClaim));
    if (!letter) break;
    GUILDHALL_ASSIGN(const bool put_down, Send(context, *letter, now));
    if (put_down) ++sent;
    GUILDHALL_TRY(DeleteEmailLetter(database_, context, letter->id));
  }
  return sent;
}

// Whether it put the letter down.
absl::StatusOr<bool> EmailChangeSender::Send(const postgres::Context& context,
                                             const EmailLetter& letter, absl::Time now) {
  Words words;
  if (letter.kind == EmailLetterKind::kConfirm) {
    GUILDHALL_ASSIGN(const EmailRequestFacts facts,
                     GetEmailRequestFacts(database_, context, letter, now));
    if (!facts.holds) return false;
    words = facts.taken ? Taken() : Confirming(page_, EmailLetterSecret(master_key_, letter.id));
  } else {
    words = Telling(letter.kind);
  }
  GUILDHALL_TRY(letters_.Put({.id = letter.id.ToString(),
                              .time = now,
                              .to = letter.email,
                              .subject = words.subject,
                              .text = words.text}));
  return true;
}

}  // namespace guildhall::identity
