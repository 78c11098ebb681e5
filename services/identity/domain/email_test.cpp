#include "services/identity/domain/email.h"

#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::identity {
namespace {

TEST_CASE("an address is kept and compared in lower case") {
  CHECK(*NormalizeEmail("email", "Ada.Lovelace+x@Example.ORG") == "ada.lovelace+x@example.org");
}

TEST_CASE(
    "an address takes 254 bytes, 64 of them before the @ and 63 for each part of its domain") {
  const std::string local(64, 'a'), label(63, 'b');
  const std::string rest = "@" + label + "." + label + "." + std::string(57, 'c') + ".org";
  REQUIRE(local.size() + rest.size() == 254);
  CHECK(*NormalizeEmail("email", local + rest) == local + rest);
  CHECK_FALSE(NormalizeEmail(
                  "email", local + "@" + label + "." + label + "." + std::string(58, 'c') + ".org")
                  .ok());
  CHECK_FALSE(NormalizeEmail("email", "ada@b" + label + ".org").ok());
}

TEST_CASE("what is no address is refused, and the field is named") {
  const std::string long_local = std::string(65, 'a') + "@example.org";
  const std::string long_whole = "a@" + std::string(60, 'b') + "." + std::string(60, 'c') + "." +
                                 std::string(60, 'd') + "." + std::string(60, 'e') + "." +
                                 std::string(60, 'f') + ".org";
  for (const std::string& text : {std::string(),
                                  std::string("@"),
                                  std::string("ada"),
                                  std::string("ada@"),
                                  std::string("@example.org"),
                                  std::string("ada@org"),
                                  std::string("a@b@example.org"),
                                  std::string(".ada@example.org"),
                                  std::string("ada.@example.org"),
                                  std::string("a..b@example.org"),
                                  std::string("ada@example..org"),
                                  std::string("ada@-example.org"),
                                  std::string("ada@example.org."),
                                  std::string("ada @example.org"),
                                  std::string("ada@exa mple.org"),
                                  std::string("\"ada\"@example.org"),
                                  std::string("ada@example.org\n"),
                                  std::string("ada@example.org\0", 16),
                                  std::string("\u00e4da@example.org"),
                                  long_local,
                                  long_whole}) {
    CAPTURE(text);
    const absl::Status status = NormalizeEmail("email", text).status();
    REQUIRE(Is(status, policy::reasons::kFieldInvalid));
    CHECK(DetailsOf(status)->violations[0].field == "email");
  }
}

TEST_CASE(
    "whose address is in a domain of the organization is an employee, anybody else an external") {
  const std::vector<std::string> domains = {"Example.org", "example.com"};
  CHECK(AffiliationOf("ada@example.org", domains) == Affiliation::kEmployee);
  CHECK(AffiliationOf("ada@example.com", domains) == Affiliation::kEmployee);
  CHECK(AffiliationOf("ada@mail.example.org", domains) == Affiliation::kExternal);
  CHECK(AffiliationOf("ada@notexample.org", domains) == Affiliation::kExternal);
  CHECK(AffiliationOf("ada@example.org", {}) == Affiliation::kExternal);
}

}  // namespace
}  // namespace guildhall::identity
