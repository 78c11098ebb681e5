#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/directory/api/directory.h"

namespace guildhall::directory {

// What archiving and restoring have in common: once for `request_id`, gives the community of the
// call its mark or takes it away, tells of all that changed by it, and answers how it stands.
// Restoring, without a mark, fails with PARENT_ARCHIVED.
absl::StatusOr<v1::Community> Mark(Directory& directory, const rpc::Call& call,
                                   const std::string& request_id, std::optional<absl::Time> mark);

}  // namespace guildhall::directory
