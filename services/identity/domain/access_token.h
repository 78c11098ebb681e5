#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::identity {

using AccessTokenId = Id<struct AccessTokenKind>;

// What a token may be used for. The numbers are those of the contract and of the table.
enum class TokenScope { kRead = 1, kWrite = 2 };

// By which somebody's programs call. What one may be used for is libs/access's to decide.
struct AccessToken {
  AccessTokenId id;
  MemberId account;
  std::string display_name;
  TokenScope scope = TokenScope::kRead;
  absl::Time create_time;
  absl::Time expire_time;
  std::optional<absl::Time> last_used_time;
  std::optional<absl::Time> revoke_time;
};

// Brings the name of a token that is to be made into the form in which it is kept.
// Fails with: FIELD_INVALID.
absl::Status TidyAccessToken(AccessToken& token);

// OK when a token ends later than it begins, by kLongestAccessToken at most. Apart from
// TidyAccessToken because it depends on the time: a repeat, which may come after the end, is told
// what it is. Fails with: FIELD_INVALID.
absl::Status CheckEnd(const AccessToken& token);

// OK when an account that has `held` tokens may have another. Fails with: TOO_MANY_ACCESS_TOKENS.
absl::Status CheckAnotherToken(int held);

// Neither revoked nor run out.
bool Holds(const AccessToken& token, absl::Time now);

}  // namespace guildhall::identity
