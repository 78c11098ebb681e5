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
};

}  // namespace guildhall::identity
