#include "tools/import/demo/accounts.h"

#include <catch2/catch.hpp>
#include <map>

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/resources/names.h"

namespace guildhall::demo {
namespace {

using namespace guildhall::identity::v1;  // NOLINT: the test speaks of nothing else
namespace reasons = guildhall::identity::reasons;

// Answers as identity's contract says.
struct Identity {
  std::map<std::string, std::string> passwords;  // by address
  std::map<std::string, MemberId> members;
  int sessions = 0;
  bool open = true;
  Affiliation affiliation = AFFILIATION_EXTERNAL;

  absl::StatusOr<Account> SignUp(const SignUpRequest& request) {
    if (!open) return Refusal(reasons::kSignUpClosed, "Closed.");
    if (passwords.count(request.email())) return Refusal(reasons::kEmailTaken, "Taken.");
    passwords[request.email()] = request.password();
    members[request.email()] = MemberId(NewUuidV7(absl::UnixEpoch(), SystemRandom()));
    Account account;
    account.set_member(resources::Name(members[request.email()]));
    account.set_affiliation(affiliation);
    return account;
  }
  absl::StatusOr<SignInResponse> SignIn(const SignInRequest& request) {
    if (passwords[request.email()] != request.password()) {
      return Refusal(reasons::kCredentialsWrong, "Wrong.");
    }
    ++sessions;
    SignInResponse response;
    response.set_session_secret(request.email());
    return response;
  }
  importing::AccountMethods methods() {
    return {.sign_up = [this](const SignUpRequest& request) { return SignUp(request); },
            .sign_in = [this](const SignInRequest& request) { return SignIn(request); },
            .issue_tokens =
                [this](const IssueTokensRequest& request) {
                  IssueTokensResponse response;
                  response.set_member(resources::Name(members[request.session_secret()]));
                  return response;
                }};
  }
};

Organization OneCustomer() {
  Organization organization;
  organization.members.resize(2);
  organization.members[0].key = "ada";
  organization.members[1] = {.key = "bo",
                             .display_name = "Bo",
                             .affiliation = directory::v1::AFFILIATION_EXTERNAL,
                             .email = "bo@shop.example",
                             .password = "a long enough password"};
  return organization;
}

absl::StatusOr<Accounts> Open(Identity& identity, const Organization& organization) {
  return OpenAccounts(organization, identity.methods(), absl::UnixEpoch(), SystemRandom());
}

TEST_CASE("an account is opened for each member with an address and for nobody else") {
  Identity identity;
  const absl::StatusOr<Accounts> accounts = Open(identity, OneCustomer());
  REQUIRE(accounts.ok());
  REQUIRE(accounts->size() == 1);
  CHECK(accounts->at("bo") == identity.members["bo@shop.example"]);
  CHECK(identity.sessions == 0);
}

TEST_CASE("an account that is open already is found again") {
  Identity identity;
  const absl::StatusOr<Accounts> first = Open(identity, OneCustomer());
  const absl::StatusOr<Accounts> second = Open(identity, OneCustomer());
  REQUIRE(second.ok());
  CHECK(*first == *second);
}

TEST_CASE("an account with another password is told by its address") {
  Identity identity;
  identity.passwords["bo@shop.example"] = "something else altogether";
  const absl::Status status = Open(identity, OneCustomer()).status();
  CHECK(status.code() == absl::StatusCode::kFailedPrecondition);
  CHECK_THAT(std::string(status.message()), Catch::Contains("bo@shop.example"));
}

TEST_CASE("an account of the other affiliation names the setting at fault") {
  Identity identity;
  identity.affiliation = AFFILIATION_EMPLOYEE;
  const absl::Status status = Open(identity, OneCustomer()).status();
  CHECK_THAT(std::string(status.message()), Catch::Contains("employee_domains"));
}

TEST_CASE("closed sign-up names the setting at fault") {
  Identity identity;
  identity.open = false;
  const absl::Status status = Open(identity, OneCustomer()).status();
  CHECK_THAT(std::string(status.message()), Catch::Contains("sign_up_open"));
}

}  // namespace
}  // namespace guildhall::demo
