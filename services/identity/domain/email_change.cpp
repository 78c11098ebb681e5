#include "services/identity/domain/email_change.h"

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/identity/domain/email.h"

namespace guildhall::identity {

std::vector<EmailLetterKind> LettersOf(const EmailChange& change) {
  if (!change.changer) return {EmailLetterKind::kLeft};
  return {EmailLetterKind::kLeftByOther, EmailLetterKind::kReceivedFromOther};
}

absl::Status CheckNewEmail(std::string_view field, const Account& account, std::string_view email,
                           const std::vector<std::string>& employee_domains) {
  if (email == account.email) return WrongField(field, "is another than the account's");
  if (AffiliationOf(email, employee_domains) == account.affiliation) return absl::OkStatus();
  return WrongField(field, account.affiliation == Affiliation::kEmployee
                               ? "is in a domain of employees, as the account is an employee's"
                               : "is in no domain of employees, as the account is an external's");
}

absl::Status CheckChangingEmail(const Account& account) {
  if (account.suspend_time) {
    return Refusal(reasons::kAccountSuspended, "The account is suspended.");
  }
  if (account.administrator) {
    return Refusal(reasons::kResetOfAdministrator,
                   "An administrator's address is changed by nobody but itself.");
  }
  return absl::OkStatus();
}

}  // namespace guildhall::identity
