#include "services/identity/domain/administrators.h"

#include <catch2/catch.hpp>
#include <vector>

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

const MemberId kAda = *MemberId::Parse("018f0000-0000-7000-8000-000000000001");
const MemberId kBob = *MemberId::Parse("018f0000-0000-7000-8000-000000000002");

Account Employee() {
  Account account;
  account.id = kAda;
  account.affiliation = Affiliation::kEmployee;
  return account;
}

TEST_CASE("an employee may administer the organization, somebody from outside may not") {
  CHECK(CheckMayAdminister(Employee(), 0).ok());
  Account external = Employee();
  external.affiliation = Affiliation::kExternal;
  CHECK(Is(CheckMayAdminister(external, 1), reasons::kNotAnEmployee));
}

TEST_CASE("a suspended account does not become an administrator") {
  Account suspended = Employee();
  suspended.suspend_time = absl::UnixEpoch();
  CHECK(Is(CheckMayAdminister(suspended, 1), reasons::kAccountSuspended));
}

TEST_CASE("there are a hundred administrators at most, and one who is may stay") {
  CHECK(CheckMayAdminister(Employee(), kMaxAdministrators - 1).ok());
  CHECK(Is(CheckMayAdminister(Employee(), kMaxAdministrators), reasons::kTooManyAdministrators));
  Account one_of_them = Employee();
  one_of_them.administrator = true;
  CHECK(CheckMayAdminister(one_of_them, kMaxAdministrators).ok());
}

TEST_CASE("the last administrator stays: somebody always administers") {
  CHECK(Is(CheckMayLeave(kAda, std::vector{kAda}), reasons::kLastAdministrator));
  CHECK(CheckMayLeave(kAda, std::vector{kAda, kBob}).ok());
}

TEST_CASE("revoking the role of somebody who has none is no fault, whoever else has it") {
  CHECK(CheckMayLeave(kBob, std::vector{kAda}).ok());
  CHECK(CheckMayLeave(kBob, std::vector<MemberId>()).ok());
}

}  // namespace
}  // namespace guildhall::identity
