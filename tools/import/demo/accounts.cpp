#include "tools/import/demo/accounts.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"

namespace guildhall::demo {
namespace {

namespace v1 = identity::v1;

// The same for the same member, so that a repeat is answered like the first call.
std::string SignUpRequestId(const Member& member) {
  return ImportedUuid(member.joined, "demo", "sign-up",
                      absl::StrCat(member.email, "\n", member.password, "\n", member.display_name))
      .ToString();
}

absl::StatusOr<std::string> SignUp(const Member& member,
                                   const importing::AccountMethods& identity) {
  v1::SignUpRequest request;
  request.set_email(member.email);
  request.set_password(member.password);
  request.set_display_name(member.display_name);
  request.set_request_id(SignUpRequestId(member));
  GUILDHALL_ASSIGN(const v1::Account account, identity.sign_up(request));
  if (static_cast<int>(account.affiliation()) != static_cast<int>(member.affiliation)) {
    return absl::FailedPreconditionError(absl::StrCat(
        member.email, " counts as ", v1::Affiliation_Name(account.affiliation()),
        ": set employee_domains of identity to the domain of the demo's employees, and begin with "
        "an empty database."));
  }
  return account.member();
}

// The member of an account that exists.
absl::StatusOr<std::string> SignIn(const Member& member, const importing::AccountMethods& identity,
                                   absl::Time now, Random& random) {
  v1::SignInRequest request;
  request.set_email(member.email);
  request.set_password(member.password);
  request.set_delivery(v1::SESSION_DELIVERY_BEARER);
  request.set_request_id(NewUuidV7(now, random).ToString());
  const absl::StatusOr<v1::SignInResponse> begun = identity.sign_in(request);
  if (Is(begun.status(), identity::reasons::kCredentialsWrong)) {
    return absl::FailedPreconditionError(
        absl::StrCat(member.email, " has an account with another password than members.md says."));
  }
  GUILDHALL_TRY(begun.status());
  v1::IssueTokensRequest tokens;
  tokens.set_session_secret(begun->session_secret());
  tokens.add_audiences("directory");
  GUILDHALL_ASSIGN(const v1::IssueTokensResponse issued, identity.issue_tokens(tokens));
  return issued.member();
}

}  // namespace

absl::StatusOr<Accounts> OpenAccounts(const Organization& organization,
                                      const importing::AccountMethods& identity, absl::Time now,
                                      Random& random) {
  Accounts accounts;
  for (const Member& member : organization.members) {
    if (member.email.empty()) continue;
    absl::StatusOr<std::string> name = SignUp(member, identity);
    if (Is(name.status(), identity::reasons::kEmailTaken)) {
      name = SignIn(member, identity, now, random);
    } else if (Is(name.status(), identity::reasons::kSignUpClosed)) {
      return absl::FailedPreconditionError(
          "Sign-up is closed: set sign_up_open of identity to load the demo's accounts.");
    }
    GUILDHALL_TRY(name.status());
    GUILDHALL_ASSIGN(accounts[member.key], resources::ParseMember("member", *name));
  }
  return accounts;
}

}  // namespace guildhall::demo
