#include "libs/access/policy.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "guildhall/policy/v1/policy.pb.h"
#include "libs/access/decide.h"
#include "libs/base/strings.h"

namespace guildhall::access {
namespace {

namespace pb = google::protobuf;

std::string NameOf(const pb::MethodDescriptor& method) {
  return method.service()->full_name() + "/" + method.name();
}

Effect EffectOf(const pb::MethodDescriptor& method) {
  constexpr std::string_view kVerbs[] = {"Get", "BatchGet", "List", "Search", "Subscribe"};
  if (method.input_type()->FindFieldByName("request_id") != nullptr) return Effect::kWrites;
  const std::string_view name = method.name();
  for (const std::string_view verb : kVerbs) {
    if (!name.starts_with(verb)) continue;
    // "Getaway" is no getting.
    const std::string_view object = name.substr(verb.size());
    if (object.empty() || (object[0] >= 'A' && object[0] <= 'Z')) return Effect::kReads;
  }
  return Effect::kWrites;
}

// The fields along `path`, or nothing when one is missing or the last is no single string.
std::vector<const pb::FieldDescriptor*> Resolve(const pb::Descriptor* message,
                                                const std::string& path) {
  std::vector<const pb::FieldDescriptor*> way;
  for (const absl::string_view name : absl::StrSplit(path, '.')) {
    const pb::FieldDescriptor* field =
        message ? message->FindFieldByName(std::string(name)) : nullptr;
    if (field == nullptr || field->is_repeated()) return {};
    way.push_back(field);
    message = field->message_type();
  }
  if (way.back()->cpp_type() != pb::FieldDescriptor::CPPTYPE_STRING) return {};
  return way;
}

// What is wrong with a rule; empty when nothing is.
std::string FaultOf(const policy::v1::Policy& rule, const MethodPolicy& method) {
  const bool signed_in = rule.audience() == policy::v1::AUDIENCE_SIGNED_IN;
  if (rule.audience() == policy::v1::AUDIENCE_UNSPECIFIED) return "no policy or no audience";
  if (!IsPermission(rule.permission())) {
    return "a permission that this process does not know";
  }
  if (signed_in && method.permission == Permission::kNone) {
    return "AUDIENCE_SIGNED_IN without a permission";
  }
  if (!signed_in && method.permission != Permission::kNone) {
    return "a permission that its audience leaves unchecked";
  }
  if (!rule.resource().empty() && method.resource.empty()) {
    return absl::StrCat("the request has no string field \"", rule.resource(), "\"");
  }
  if (rule.resource().empty() && IsAboutCommunity(method.permission)) {
    return "a permission about a community without a resource";
  }
  if (rule.resource().empty() != rule.collection().empty()) {
    return "a resource and its collection come together";
  }
  return "";
}

}  // namespace

bool MethodPolicy::IsAboutItem() const {
  return IsAboutCommunity(permission) && !collection.starts_with("communities");
}

std::string_view MethodPolicy::ResourceOf(const pb::Message& request) const {
  if (resource.empty()) return {};
  const pb::Message* message = &request;
  for (std::size_t i = 0; i + 1 < resource.size(); ++i) {
    message = &message->GetReflection()->GetMessage(*message, resource[i]);
  }
  // The scratch is for representations that hold no std::string; generated messages hold one.
  static const std::string kScratch;
  return message->GetReflection()->GetStringReference(*message, resource.back(),
                                                      const_cast<std::string*>(&kScratch));
}

absl::StatusOr<PolicyTable> PolicyTable::FromServices(
    std::span<const pb::ServiceDescriptor* const> services) {
  PolicyTable table;
  std::vector<std::string> faults;
  for (const pb::ServiceDescriptor* service : services) {
    for (int i = 0; i < service->method_count(); ++i) {
      const pb::MethodDescriptor& descriptor = *service->method(i);
      const policy::v1::Policy& rule = descriptor.options().GetExtension(policy::v1::method);
      MethodPolicy method{.method = NameOf(descriptor), .descriptor = &descriptor};
      method.audience = static_cast<Audience>(rule.audience());
      method.permission = static_cast<Permission>(rule.permission());
      method.audit = rule.audit();
      method.effect = EffectOf(descriptor);
      method.collection = rule.collection();
      if (!rule.resource().empty()) {
        method.resource = Resolve(descriptor.input_type(), rule.resource());
      }
      const std::string fault = FaultOf(rule, method);
      if (!fault.empty()) faults.push_back(method.method + ": " + fault);
      table.by_name_.emplace(method.method, table.methods_.size());
      table.methods_.push_back(std::move(method));
    }
  }
  if (!faults.empty()) return absl::FailedPreconditionError(absl::StrJoin(faults, "; "));
  return table;
}

const MethodPolicy* PolicyTable::Find(std::string_view method) const {
  const auto found = by_name_.find(Absl(method));
  return found == by_name_.end() ? nullptr : &methods_[found->second];
}

}  // namespace guildhall::access
