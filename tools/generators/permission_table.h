#pragma once

#include <functional>
#include <span>
#include <string>

#include <google/protobuf/descriptor.h>

#include "absl/status/statusor.h"
#include "libs/access/decide.h"

namespace guildhall::generators {

// Who decides; access::Decide outside of tests.
using Decider =
    std::function<access::Decision(access::Permission, const access::Subject&,
                                   const access::CommunityFacts*, const access::ItemFacts*)>;

// The table method x role -> allowed as Markdown, for reviewers: what `decide` says of every method
// of `services`, for every visibility and every standing towards the community.
//
// Fails with FAILED_PRECONDITION when a method has no sound policy (see access::PolicyTable).
absl::StatusOr<std::string> PermissionTable(
    std::span<const google::protobuf::ServiceDescriptor* const> services, const Decider& decide);

}  // namespace guildhall::generators
