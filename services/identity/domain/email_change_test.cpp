#include "services/identity/domain/email_change.h"

#include <catch2/catch.hpp>

#include "guildhall/identity/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::identity {
namespace {

const std::vector<std::string> kDomains = {"example.org", "example.com"};

bool May(Affiliation affiliation, std::string_view email) {
  Account account;
  account.email = affiliation == Affiliation::kEmployee ? "ada@example.org" : "ada@bakery.example";
  account.affiliation = affiliation;
  const absl::Status status = CheckNewEmail("new_email", account, email, kDomains);
  CHECK((status.ok() || Is(status, policy::reasons::kFieldInvalid)));
  return status.ok();
}

TEST_CASE(
    "another address of an employee is an employee's, another of an external is an external's") {
  CHECK(May(Affiliation::kEmployee, "ada.king@example.org"));
  CHECK(May(Affiliation::kEmployee, "ada@example.com"));
  CHECK_FALSE(May(Affiliation::kEmployee, "ada@bakery.example"));
  CHECK(May(Affiliation::kExternal, "ada@brewery.example"));
  CHECK_FALSE(May(Affiliation::kExternal, "ada@example.org"));
}

TEST_CASE("whoever may not have an address is told in which domains the own one may be") {
  const auto told = [](Affiliation affiliation, std::string_view email) {
    Account account;
    account.affiliation = affiliation;
    return CheckNewEmail("new_email", account, email, kDomains);
  };
  CHECK(told(Affiliation::kEmployee, "ada@bakery.example") ==
        WrongField("new_email", "is in a domain of employees, as the account is an employee's"));
  CHECK(told(Affiliation::kExternal, "ada@example.org") ==
        WrongField("new_email", "is in no domain of employees, as the account is an external's"));
}

TEST_CASE("an account is not given the address that it has") {
  CHECK_FALSE(May(Affiliation::kEmployee, "ada@example.org"));
  CHECK_FALSE(May(Affiliation::kExternal, "ada@bakery.example"));
}

TEST_CASE(
    "the old address is told that it was left, and the new one whom an administrator gave it") {
  CHECK(LettersOf({.changer = std::nullopt, .change_time = absl::UnixEpoch()}) ==
        std::vector{EmailLetterKind::kLeft});
  CHECK(LettersOf({.changer = MemberId(), .change_time = absl::UnixEpoch()}) ==
        std::vector{EmailLetterKind::kLeftByOther, EmailLetterKind::kReceivedFromOther});
}

TEST_CASE("nobody gives an administrator another address, nor a suspended account") {
  Account account;
  CHECK(CheckChangingEmail(account).ok());
  account.administrator = true;
  CHECK(Is(CheckChangingEmail(account), reasons::kResetOfAdministrator));
  account.administrator = false;
  account.suspend_time = absl::UnixEpoch();
  CHECK(Is(CheckChangingEmail(account), reasons::kAccountSuspended));
}

}  // namespace
}  // namespace guildhall::identity
