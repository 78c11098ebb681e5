#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "libs/rpc/call.h"
#include "services/identity/api/identity.h"

namespace guildhall::identity {

// For whom the secret opens an account: an invitation's for its address alone, an operator's for
// any (nothing). Fails with: SECRET_SPENT.
absl::StatusOr<std::optional<std::string>> GetAdmitted(Identity& identity, const rpc::Call& call,
                                                       const std::string& secret);

}  // namespace guildhall::identity
