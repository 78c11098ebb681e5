#include "services/identity/domain/email.h"

#include <algorithm>

#include "libs/base/check.h"
#include "libs/base/text.h"
#include "libs/testing/fuzz/target.h"
#include "services/identity/domain/password.h"

namespace guildhall::testing {

// What is in its normal form stays as it is: addresses, and passwords.
void TakeInput(std::string_view input) {
  if (const auto email = identity::NormalizeEmail("email", input); email.ok()) {
    GUILDHALL_CHECK(std::ranges::all_of(*email, [](char c) { return c > ' ' && c < 0x7f; }));
    GUILDHALL_CHECK(std::ranges::count(*email, '@') == 1);
    GUILDHALL_CHECK(identity::DomainOf(*email).find('.') != std::string_view::npos);
    const auto again = identity::NormalizeEmail("email", *email);
    GUILDHALL_CHECK(again.ok() && *again == *email);
  }
  if (!IsStorableUtf8(input)) return;
  if (const auto password = identity::NormalizePassword("password", input); password.ok()) {
    const auto again = identity::NormalizePassword("password", *password);
    GUILDHALL_CHECK(again.ok() && *again == *password);
  }
}

}  // namespace guildhall::testing
