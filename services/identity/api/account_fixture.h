#pragma once

#include <string>

#include "services/identity/api/identity_fixture.h"
#include "services/identity/api/issue_administrator_secret.h"

namespace guildhall::identity {

// An organization with an administrator, Ada, and Bob, who is an employee as well.
struct TestAccounts : TestIdentity {
  TestAccounts() { GUILDHALL_CHECK(Claim(ada, IssueSecret()).ok()); }

  std::string IssueSecret() {
    return *IssueAdministratorSecret(*database, process.random, clock.Now());
  }
  absl::StatusOr<v1::Account> Claim(Visitor& visitor, const std::string& secret) {
    v1::ClaimAdministratorRequest request;
    request.set_secret(secret);
    request.set_request_id(NewRequestId());
    return AsMember(ClaimAdministrator, request, visitor);
  }

  // A request about an account, with an id of its own.
  template <typename Request>
  Request About(const Visitor& whose) {
    Request request;
    request.set_member(resources::Name(whose.caller.member));
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Account> Grant(const Visitor& whose, Visitor& by) {
    return AsAdministrator(GrantAdministrator, About<v1::GrantAdministratorRequest>(whose), by);
  }
  absl::StatusOr<v1::Account> Revoke(const Visitor& whose, Visitor& by) {
    return AsAdministrator(RevokeAdministrator, About<v1::RevokeAdministratorRequest>(whose), by);
  }
  absl::StatusOr<v1::Account> Suspend(const Visitor& whose, Visitor& by) {
    return AsAdministrator(SuspendAccount, About<v1::SuspendAccountRequest>(whose), by);
  }
  absl::StatusOr<v1::Account> Reactivate(const Visitor& whose, Visitor& by) {
    return AsAdministrator(ReactivateAccount, About<v1::ReactivateAccountRequest>(whose), by);
  }
  absl::Status GetMe(Visitor& visitor) {
    return AsMember(identity::GetMe, v1::GetMeRequest(), visitor).status();
  }
  bool Administers(const Visitor& visitor) {
    return GrantOf(access::Permission::kAccountAdminister, visitor).ok();
  }
  // Of what facts were said to have changed, what each is about, in order.
  std::string Noted() {
    return Ask(
        "SELECT coalesce(string_agg(kind || ' ' || subject, ';' ORDER BY subject::text), '') "
        "FROM access_changes");
  }

  Visitor ada = Ada(), bob = Join("bob@example.org");
};

}  // namespace guildhall::identity
