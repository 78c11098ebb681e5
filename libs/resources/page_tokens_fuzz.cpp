#include "libs/resources/page_tokens.h"

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::testing {

// A filter, and a token or a position.
void TakeInput(std::string_view input) {
  const resources::PageTokens tokens("32 bytes that all processes know");
  const resources::PageScope scope{.method = "List", .filter = TakeLine(input), .revision = 1};
  // One that opens is exactly the one that was sealed.
  if (const auto position = tokens.Open(scope, input); position.ok()) {
    GUILDHALL_CHECK(tokens.Seal(scope, *position) == input);
  }
  // Positions in use are some dozens of bytes.
  const std::string_view position = input.substr(0, 1024);
  const std::string token = tokens.Seal(scope, position);
  const auto opened = tokens.Open(scope, token);
  GUILDHALL_CHECK(opened.ok() && *opened == position);
  // Nobody else's, no other list's.
  resources::PageScope other = scope;
  other.revision = 2;
  GUILDHALL_CHECK(!tokens.Open(other, token).ok());
  const std::string filter = std::string(scope.filter) + "x";
  GUILDHALL_CHECK(!tokens.Open({.method = "List", .filter = filter, .revision = 1}, token).ok());
}

}  // namespace guildhall::testing
