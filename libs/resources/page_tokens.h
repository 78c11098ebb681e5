#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/base/ids.h"

namespace guildhall::resources {

// What a page token is good for: one caller going on with one list; everybody, where it is nil.
struct PageScope {
  std::string_view method;
  std::string_view filter;  // whatever of the request says which list it is
  MemberId caller;
  // Of the fields that its positions hold: one more whenever they change, so that a token from
  // before is refused and never read as what it is not.
  int revision = 0;
};

// Seals the position at which a list goes on (AIP-158). A token is neither secret nor guessable:
// HMAC-SHA256 cut to 128 bits (RFC 2104 section 5) binds it to its scope: a caller can neither make
// one up nor use another list's, nor somebody else's where the scope names a caller. Thread-safe.
class PageTokens {
 public:
  // `key` is at least 32 bytes and the same in every process of a service, or pages end at a
  // change of process.
  explicit PageTokens(std::string key);

  std::string Seal(const PageScope& scope, std::string_view position) const;

  // The position. Fails with: PAGE_TOKEN_INVALID.
  absl::StatusOr<std::string> Open(const PageScope& scope, std::string_view token) const;

 private:
  std::string Mac(const PageScope& scope, std::string_view position) const;

  std::string key_;
};

}  // namespace guildhall::resources
