#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "libs/rpc/call.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/admission.h"

namespace guildhall::identity {

// What is known of a secret that somebody shows who wants an account. One round trip at most.
// Fails with: DEPENDENCY_AWAY, DEADLINE_PASSED, CANCELLED.
absl::StatusOr<ShownSecret> LookUpSecret(Identity& identity, const rpc::Call& call,
                                         const std::string& secret);

}  // namespace guildhall::identity
