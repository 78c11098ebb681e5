#include "services/identity/domain/password_reset.h"

#include <catch2/catch.hpp>

#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::identity {
namespace {

TEST_CASE(
    "an administrator's password is reset by a letter to its address, and handed over by nobody") {
  Account account;
  for (const ResetWay way : {ResetWay::kLetter, ResetWay::kHandOver}) {
    CHECK(CheckIssuingReset(account, way).ok());
  }
  account.administrator = true;
  CHECK(CheckIssuingReset(account, ResetWay::kLetter).ok());
  CHECK(Is(CheckIssuingReset(account, ResetWay::kHandOver), reasons::kResetOfAdministrator));
}

TEST_CASE("the password of a suspended account is reset in no way") {
  Account account;
  account.suspend_time = absl::UnixEpoch();
  for (const ResetWay way : {ResetWay::kLetter, ResetWay::kHandOver}) {
    CHECK(Is(CheckIssuingReset(account, way), reasons::kAccountSuspended));
  }
}

}  // namespace
}  // namespace guildhall::identity
