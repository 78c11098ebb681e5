#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "libs/base/standing.h"

namespace guildhall::identity {

// A password as it is stored.
struct PasswordHash {
  std::string phc;  // $argon2id$v=19$m=…,t=…,p=1$salt$hash: the cost travels with the hash
  std::string pepper_id;  // of the pepper that it was made with

  bool operator==(const PasswordHash&) const = default;
};

// How somebody signs in. The member of the same id is directory's.
struct Account {
  MemberId id;
  std::string email;  // normalized
  std::string display_name;
  Affiliation affiliation = Affiliation::kNone;
  PasswordHash password;
  absl::Time create_time;
  bool administrator = false;  // of the organization
  // Since when nobody signs in with it; its address stays taken.
  std::optional<absl::Time> suspend_time;
  // Why, for administrators, and until when; of no meaning while it may be used.
  std::string suspend_reason = "";
  std::optional<absl::Time> suspend_expire_time = std::nullopt;
};

// What a list of accounts is asked for. The numbers are those of the contract.
enum class AccountState { kAny = 0, kActive = 1, kSuspended = 2 };
enum class AccountOrder { kName = 1, kNewest = 2 };
struct AccountFilter {
  AccountState state = AccountState::kAny;
  Affiliation affiliation = Affiliation::kNone;  // none: all
  AccountOrder order = AccountOrder::kName;
  std::string beginning;  // of the name or of the address; empty: all
};

}  // namespace guildhall::identity
