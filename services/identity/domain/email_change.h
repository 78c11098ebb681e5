#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "libs/base/uuid.h"
#include "services/identity/domain/account.h"

namespace guildhall::identity {

// The owner of an account wants another address, until then.
struct EmailRequest {
  Uuid id;  // also of the letter
  MemberId account;
  std::string email;  // normalized
  absl::Time expire_time;
};

// What the owner of an account is told of a change of its address.
struct EmailChange {
  // The administrator who did it; nobody: whoever was signed in with the account.
  std::optional<MemberId> changer;
  absl::Time change_time;
};

// What a letter about a change of an address says. Numbers are stored.
enum class EmailLetterKind {
  kConfirm = 1,           // to the new address: the secret, unless it has an account
  kLeft = 2,              // to the old one: the account has another
  kLeftByOther = 3,       // to the old one: an administrator has given it another
  kReceivedFromOther = 4  // to the new one: an administrator has given it to an account
};

struct EmailLetter {
  Uuid id;
  EmailLetterKind kind = {};
  std::string email;  // to which it goes
};

// The letters that tell of a change: kReceivedFromOther goes to the new address, which its owner
// has confirmed where nobody else did it; the others go to the old one.
std::vector<EmailLetterKind> LettersOf(const EmailChange& change);

// OK when an account may have a normalized address: another than it has, and one by which its
// affiliation stays. Fails with: FIELD_INVALID on `field`.
absl::Status CheckNewEmail(std::string_view field, const Account& account, std::string_view email,
                           const std::vector<std::string>& employee_domains);

// OK when an administrator may give an account another address. Resets go there: whoever gave an
// administrator one could become it. Fails with: ACCOUNT_SUSPENDED, RESET_OF_ADMINISTRATOR.
absl::Status CheckChangingEmail(const Account& account);

}  // namespace guildhall::identity
