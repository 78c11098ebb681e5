#include "tools/generators/reference_page.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/code.pb.h"
#include "guildhall/policy/v1/policy.pb.h"
#include "libs/access/policy.h"
#include "libs/base/status_macros.h"
#include "tools/generators/html.h"

namespace guildhall::generators {
namespace {

namespace pb = google::protobuf;

constexpr char kReasonPrefix[] = "REASON_";

std::string ShortReason(const pb::EnumValueDescriptor& reason) {
  return reason.name().substr(sizeof kReasonPrefix - 1);
}

// Some packages have reasons of the same name.
std::string AnchorOf(const pb::EnumValueDescriptor& reason) {
  return absl::StrCat(reason.file()->package(), ".", ShortReason(reason));
}

// Of the contracts here, not of Google's types, whose meaning everybody knows.
bool IsOurs(const pb::FileDescriptor& file) { return file.package().rfind("guildhall.", 0) == 0; }

// protobuf puts values beside their enum: their full names do not tell which one.
std::string AnchorOfValue(const pb::EnumValueDescriptor& value) {
  return absl::StrCat(value.type()->full_name(), ".", value.name());
}

class Reference {
 public:
  Reference(const access::PolicyTable& policies, std::span<const pb::EnumDescriptor* const> reasons)
      : reasons_(reasons) {
    for (const auto* group : reasons) {
      for (int i = 1; i < group->value_count(); ++i) {
        anchors_.try_emplace(ShortReason(*group->value(i)), AnchorOf(*group->value(i)));
      }
    }
    for (const access::MethodPolicy& policy : policies.methods()) {
      if (policy.audience == access::Audience::kService) continue;
      methods_.push_back(&policy);
      Note(policy.descriptor->input_type());
      Note(policy.descriptor->output_type());
    }
  }

  std::string Body() const {
    std::string out = absl::StrCat(
        "<p>Each method is called by <code>POST</code> at its path, with gRPC-web or the Connect ",
        "protocol (protobuf or JSON); see <a href=\"/\">the first page</a>. Sizes and counts that ",
        "a deployment takes stand on <a href=\"/limits\">the page of limits</a>.</p>\n",
        Navigation());
    const pb::ServiceDescriptor* service = nullptr;
    for (const access::MethodPolicy* method : methods_) {
      if (method->descriptor->service() != service) {
        service = method->descriptor->service();
        absl::StrAppend(&out, Heading(2, service->full_name(), service->full_name()),
                        Documentation(*service));
      }
      out += Method(*method);
    }
    out += Heading(2, "messages", "Messages");
    for (const pb::Descriptor* message : messages_) out += Message(*message);
    out += Heading(2, "enums", "Enums");
    for (const pb::EnumDescriptor* type : enums_) out += Enum(*type);
    const pb::EnumDescriptor* rights = Rights();
    absl::StrAppend(&out, Heading(2, "rights", "Rights"), Documentation(*rights), Values(*rights));
    out += Heading(2, "reasons", "Reasons");
    out +=
        "<p>Why a call was refused: <code>reason</code> of the google.rpc.ErrorInfo among the "
        "details of its status.</p>\n";
    for (const pb::EnumDescriptor* group : reasons_) out += Reasons(*group);
    return out;
  }

 private:
  // Messages and enums in the order in which somebody meets them, each once.
  void Note(const pb::Descriptor* message) {
    if (!IsOurs(*message->file()) || !seen_.insert(message).second) return;
    messages_.push_back(message);
    for (int i = 0; i < message->field_count(); ++i) {
      const pb::FieldDescriptor& field = *message->field(i);
      if (field.message_type() != nullptr) Note(field.message_type());
      if (field.enum_type() == nullptr || !IsOurs(*field.enum_type()->file())) continue;
      if (field.enum_type() == Rights()) continue;  // has a part of its own
      if (seen_.insert(field.enum_type()).second) enums_.push_back(field.enum_type());
    }
  }

  template <typename Descriptor>
  std::string Documentation(const Descriptor& descriptor) const {
    pb::SourceLocation location;
    if (!descriptor.GetSourceLocation(&location)) return "";
    return Paragraphs(location.leading_comments, anchors_);
  }

  static std::string Heading(int level, const std::string& anchor, const std::string& text) {
    return absl::StrCat("<h", level, " id=\"", Escape(anchor), "\">", Escape(text), "</h", level,
                        ">\n");
  }

  static std::string Link(const std::string& anchor, const std::string& text) {
    return absl::StrCat("<a href=\"#", Escape(anchor), "\"><code>", Escape(text), "</code></a>");
  }

  std::string Navigation() const {
    std::string out = "<nav><ul>\n";
    const pb::ServiceDescriptor* service = nullptr;
    for (const access::MethodPolicy* method : methods_) {
      if (method->descriptor->service() == service) continue;
      service = method->descriptor->service();
      absl::StrAppend(&out, "<li>", Link(service->full_name(), service->name()), "\n");
    }
    for (const char* part : {"messages", "enums", "rights", "reasons"}) {
      absl::StrAppend(&out, "<li><a href=\"#", part, "\">", part, "</a>\n");
    }
    return out + "</ul></nav>\n";
  }

  std::string Method(const access::MethodPolicy& policy) const {
    const pb::MethodDescriptor& method = *policy.descriptor;
    std::string who = "Everybody, signed in or not.";
    if (policy.audience == access::Audience::kSignedIn) {
      const pb::EnumValueDescriptor& right =
          *Rights()->FindValueByNumber(static_cast<int>(policy.permission));
      who = absl::StrCat("Whoever is signed in and has ", Link(AnchorOfValue(right), right.name()),
                         ".");
    }
    return absl::StrCat(Heading(3, method.full_name(), method.name()),
                        "<p class=\"path\"><code>POST /", Escape(method.service()->full_name()),
                        "/", Escape(method.name()), "</code></p>\n", Documentation(method),
                        "<p>Takes ", LinkTo(*method.input_type()),
                        method.server_streaming() ? ", gives a stream of " : ", gives ",
                        LinkTo(*method.output_type()), ". ", who, "</p>\n");
  }

  const pb::EnumDescriptor* Rights() const {
    return methods_.front()->descriptor->file()->pool()->FindEnumTypeByName(
        policy::v1::Permission_descriptor()->full_name());
  }

  static std::string LinkTo(const pb::Descriptor& message) {
    if (!IsOurs(*message.file())) return absl::StrCat("<code>", message.full_name(), "</code>");
    return Link(message.full_name(), message.name());
  }

  std::string TypeOf(const pb::FieldDescriptor& field) const {
    const std::string many = field.is_repeated() ? "repeated " : "";
    if (field.message_type() != nullptr) return many + LinkTo(*field.message_type());
    if (field.enum_type() != nullptr) {
      const pb::EnumDescriptor& type = *field.enum_type();
      return many + Link(&type == Rights() ? "rights" : type.full_name(), type.name());
    }
    return absl::StrCat(many, "<code>", field.type_name(), "</code>");
  }

  std::string Message(const pb::Descriptor& message) const {
    std::string out =
        absl::StrCat(Heading(3, message.full_name(), message.name()), Documentation(message));
    if (message.field_count() == 0) return out;
    out += "<table>\n";
    for (int i = 0; i < message.field_count(); ++i) {
      const pb::FieldDescriptor& field = *message.field(i);
      absl::StrAppend(&out, "<tr><td><code>", field.json_name(), "</code><td>", TypeOf(field),
                      "<td>", Documentation(field));
    }
    return out + "</table>\n";
  }

  std::string Enum(const pb::EnumDescriptor& type) const {
    return absl::StrCat(Heading(3, type.full_name(), type.name()), Documentation(type),
                        Values(type));
  }

  std::string Values(const pb::EnumDescriptor& type) const {
    std::string out = "<table>\n";
    for (int i = 0; i < type.value_count(); ++i) {
      const pb::EnumValueDescriptor& value = *type.value(i);
      absl::StrAppend(&out, "<tr id=\"", AnchorOfValue(value), "\"><td><code>", value.name(),
                      "</code><td>", Documentation(value));
    }
    return out + "</table>\n";
  }

  std::string Reasons(const pb::EnumDescriptor& group) const {
    std::string out = absl::StrCat("<h3>", Escape(group.file()->package()), "</h3>\n",
                                   Documentation(group), "<table>\n");
    for (int i = 1; i < group.value_count(); ++i) {
      const pb::EnumValueDescriptor& reason = *group.value(i);
      const auto code = reason.options().GetExtension(policy::v1::code);
      absl::StrAppend(&out, "<tr id=\"", AnchorOf(reason), "\"><td><code>", ShortReason(reason),
                      "</code><td><code>", google::rpc::Code_Name(code), "</code><td>",
                      Documentation(reason));
    }
    return out + "</table>\n";
  }

  std::span<const pb::EnumDescriptor* const> reasons_;
  std::map<std::string, std::string> anchors_;  // of reasons by their short names
  std::vector<const access::MethodPolicy*> methods_;
  std::set<const void*> seen_;
  std::vector<const pb::Descriptor*> messages_;
  std::vector<const pb::EnumDescriptor*> enums_;
};

}  // namespace

absl::StatusOr<std::string> ReferencePage(std::span<const pb::ServiceDescriptor* const> services,
                                          std::span<const pb::EnumDescriptor* const> reasons) {
  GUILDHALL_ASSIGN(const access::PolicyTable policies, access::PolicyTable::FromServices(services));
  return Page("Guildhall: reference", Reference(policies, reasons).Body());
}

}  // namespace guildhall::generators
