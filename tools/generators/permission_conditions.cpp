#include "tools/generators/permission_conditions.h"

#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "google/rpc/code.pb.h"
#include "guildhall/policy/v1/policy.pb.h"
#include "tools/generators/documentation.h"
#include "tools/generators/markdown.h"

namespace guildhall::generators {
namespace {

namespace pb = google::protobuf;

constexpr std::string_view kPrefix = "REASON_";

// "directory" of "guildhall.directory.v1".
std::string ServiceOf(const pb::EnumDescriptor& reasons) {
  return std::vector<std::string>(absl::StrSplit(reasons.file()->package(), '.')).at(1);
}

bool IsRule(const pb::EnumValueDescriptor& reason) {
  const auto code = reason.options().GetExtension(policy::v1::code);
  return code == google::rpc::FAILED_PRECONDITION || code == google::rpc::UNAUTHENTICATED;
}

// Of the reasons that any service may answer.
bool IsRule(const NamedReason& named) {
  return !named.remark.empty() && (named.word == "NOT_PERMITTED" || named.word == "NOT_FOUND");
}

}  // namespace

PermissionConditions::PermissionConditions(std::span<const pb::EnumDescriptor* const> reasons)
    : reasons_(reasons) {}

std::string PermissionConditions::Of(const pb::MethodDescriptor& method) {
  std::vector<std::string> told;
  for (const NamedReason& named : FailsWith(method)) {
    const pb::EnumValueDescriptor* own = Find(method.file()->package(), named.word);
    if (own != nullptr ? !IsRule(*own) : !IsRule(named)) continue;
    if (own != nullptr) told_.insert(own);
    told.push_back(absl::StrCat(named.word, named.remark.empty() ? "" : " ", named.remark));
  }
  return absl::StrJoin(told, ", ");
}

std::string PermissionConditions::Explained() const {
  std::string out = MarkdownHead({"reason", "of", "meaning"});
  for (const pb::EnumDescriptor* reasons : reasons_) {
    for (int i = 0; i < reasons->value_count(); ++i) {
      const pb::EnumValueDescriptor& reason = *reasons->value(i);
      if (!told_.contains(&reason)) continue;
      out += MarkdownRow(
          {reason.name().substr(kPrefix.size()), ServiceOf(*reasons), Documentation(reason)});
    }
  }
  return out;
}

// Null where the service has no such reason of its own.
const pb::EnumValueDescriptor* PermissionConditions::Find(const std::string& package,
                                                          const std::string& word) const {
  for (const pb::EnumDescriptor* reasons : reasons_) {
    if (reasons->file()->package() != package) continue;
    return reasons->FindValueByName(absl::StrCat(std::string(kPrefix), word));
  }
  return nullptr;
}

}  // namespace guildhall::generators
