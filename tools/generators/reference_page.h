#pragma once

#include <span>
#include <string>

#include <google/protobuf/descriptor.h>

#include "absl/status/statusor.h"

namespace guildhall::generators {

// What a developer of a client reads: every method that has a route, with what its contract says,
// the messages and enums that it takes and gives, and every reason for which it is refused. One
// page of HTML without scripts.
//
// Anchors are stable: "#guildhall.directory.v1.DirectoryService.GetMember",
// "#guildhall.directory.v1.Member", "#guildhall.directory.v1.LAST_OWNER". Fails with
// FAILED_PRECONDITION as access::PolicyTable does.
absl::StatusOr<std::string> ReferencePage(
    std::span<const google::protobuf::ServiceDescriptor* const> services,
    std::span<const google::protobuf::EnumDescriptor* const> reasons);

}  // namespace guildhall::generators
