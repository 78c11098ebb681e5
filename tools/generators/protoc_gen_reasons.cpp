// protoc plugin: turns the `Reason` enum of a package into plain C++ constants.
//
// protos/guildhall/<package>/v1/reason.proto becomes "guildhall/<package>/v1/reasons.h" with
// `guildhall::<package>::reasons::kTopicFull` and the like, of the type guildhall::Reason. They
// need no protobuf, so domain/ may use them. A value without a status code fails the build.
#include <google/protobuf/compiler/code_generator.h>
#include <google/protobuf/compiler/plugin.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/printer.h>
#include <google/protobuf/io/zero_copy_stream.h>

#include <memory>
#include <string>

#include "google/rpc/code.pb.h"
#include "guildhall/policy/v1/policy.pb.h"

namespace {

namespace pb = google::protobuf;

constexpr char kPrefix[] = "REASON_";

// TOPIC_FULL -> TopicFull.
std::string CamelCase(const std::string& name) {
  std::string out;
  bool start = true;
  for (char c : name) {
    if (c == '_') {
      start = true;
      continue;
    }
    out += start ? c : static_cast<char>(std::tolower(c));
    start = false;
  }
  return out;
}

class ReasonsGenerator final : public pb::compiler::CodeGenerator {
 public:
  bool Generate(const pb::FileDescriptor* file, const std::string&,
                pb::compiler::GeneratorContext* context, std::string* error) const override {
    const pb::EnumDescriptor* reasons = file->FindEnumTypeByName("Reason");
    if (reasons == nullptr) return true;
    const std::string folder = file->name().substr(0, file->name().rfind('/'));
    std::unique_ptr<pb::io::ZeroCopyOutputStream> out(context->Open(folder + "/reasons.h"));
    pb::io::Printer printer(out.get(), '$');
    const std::string package = file->package();
    const auto middle = package.find('.') + 1;
    const std::string space = package.substr(middle, package.rfind('.') - middle);
    printer.Print(
        "#pragma once\n\n#include \"libs/base/refusal.h\"\n\n"
        "namespace guildhall::$space$::reasons {\n\n",
        "space", space);
    for (int i = 1; i < reasons->value_count(); ++i) {
      if (!PrintReason(*reasons->value(i), package, printer, error)) return false;
    }
    printer.Print("}  // namespace guildhall::$space$::reasons\n", "space", space);
    return true;
  }

 private:
  static bool PrintReason(const pb::EnumValueDescriptor& value, const std::string& package,
                          pb::io::Printer& printer, std::string* error) {
    if (value.name().rfind(kPrefix, 0) != 0 ||
        !value.options().HasExtension(guildhall::policy::v1::code)) {
      *error = value.full_name() + ": starts with REASON_ and has (guildhall.policy.v1.code)";
      return false;
    }
    const std::string name = value.name().substr(sizeof kPrefix - 1);
    pb::SourceLocation location;
    if (value.GetSourceLocation(&location)) {
      std::string comment = "//" + location.leading_comments;
      comment.pop_back();
      for (std::size_t at = 0; (at = comment.find('\n', at)) != std::string::npos; at += 3) {
        comment.replace(at, 1, "\n//");
      }
      printer.PrintRaw(comment + "\n");
    }
    printer.Print(
        "inline constexpr Reason k$constant${\"$package$\", \"$name$\",\n"
        "    absl::StatusCode::k$code$};\n\n",
        "constant", CamelCase(name), "package", package, "name", name, "code",
        CamelCase(
            google::rpc::Code_Name(value.options().GetExtension(guildhall::policy::v1::code))));
    return true;
  }
};

}  // namespace

int main(int argc, char** argv) {
  const ReasonsGenerator generator;
  return pb::compiler::PluginMain(argc, argv, &generator);
}
