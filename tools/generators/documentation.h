#pragma once

#include <string>
#include <vector>

#include <google/protobuf/descriptor.h>

namespace guildhall::generators {

// The text with single spaces where it has any space.
std::string Joined(const std::string& comment);

// The comment above a descriptor, its lines joined by spaces; empty where there is none.
template <typename Descriptor>
std::string Documentation(const Descriptor& descriptor) {
  google::protobuf::SourceLocation location;
  return descriptor.GetSourceLocation(&location) ? Joined(location.leading_comments) : "";
}

// Up to the first full stop, which it keeps.
std::string FirstSentence(const std::string& text);

// A reason that a method names after "Fails with:", and what it remarks in brackets.
struct NamedReason {
  std::string word;    // "LAST_OWNER"
  std::string remark;  // "(also: the caller's own)"; mostly empty
};

// In their order; none where the method fails with nothing of its own.
std::vector<NamedReason> FailsWith(const google::protobuf::MethodDescriptor& method);

}  // namespace guildhall::generators
