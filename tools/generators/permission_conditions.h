#pragma once

#include <set>
#include <span>
#include <string>

#include <google/protobuf/descriptor.h>

namespace guildhall::generators {

// The rules beyond a right, as the comments of methods name them after "Fails with:": a state or a
// proof that is missing, and any remark on what else is asked for. What is used up, in use or not
// well-formed is none.
class PermissionConditions {
 public:
  // `reasons`: the enums `Reason` of all services; they outlive this.
  explicit PermissionConditions(std::span<const google::protobuf::EnumDescriptor* const> reasons);

  // "LAST_OWNER, NOT_PERMITTED (also: the caller's own)"; empty where there is none.
  std::string Of(const google::protobuf::MethodDescriptor& method);

  // A table of what the reasons mean that were told so far.
  std::string Explained() const;

 private:
  const google::protobuf::EnumValueDescriptor* Find(const std::string& package,
                                                    const std::string& word) const;

  std::span<const google::protobuf::EnumDescriptor* const> reasons_;
  std::set<const google::protobuf::EnumValueDescriptor*> told_;
};

}  // namespace guildhall::generators
