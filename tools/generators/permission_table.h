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

// The policy as Markdown, for reviewers and auditors: right by right, what `decide` says for every
// visibility and every standing towards the community, and the methods of `services` that take it,
// with what their comments say first and which rules beyond the right they name after "Fails
// with:".
//
// Fails with FAILED_PRECONDITION when a method has no sound policy (see access::PolicyTable).
absl::StatusOr<std::string> PermissionTable(
    std::span<const google::protobuf::ServiceDescriptor* const> services,
    std::span<const google::protobuf::EnumDescriptor* const> reasons, const Decider& decide);

}  // namespace guildhall::generators
