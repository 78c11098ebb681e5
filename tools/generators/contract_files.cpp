#include "tools/generators/contract_files.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace guildhall::generators {
namespace {

namespace pb = google::protobuf;

class Errors final : public pb::compiler::MultiFileErrorCollector {
 public:
  void AddError(const std::string& file, int line, int, const std::string& message) override {
    absl::StrAppend(&text, file, ":", line + 1, ": ", message, "\n");
  }

  std::string text;
};

std::vector<std::string> FilesToRead(const std::string& protos) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(protos)) {
    const std::string name = entry.path().filename().string();
    if (absl::EndsWith(name, "_service.proto") || name == "reason.proto") {
      files.push_back(std::filesystem::relative(entry.path(), protos).string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

ContractFiles::ContractFiles(const std::string& protos)
    : errors_(std::make_unique<Errors>()), importer_(&tree_, errors_.get()) {
  tree_.MapPath("", protos);
  // Where Debian keeps google/protobuf/*.proto.
  tree_.MapPath("", "/usr/include");
}

absl::StatusOr<std::unique_ptr<ContractFiles>> ContractFiles::Read(const std::string& protos) {
  std::unique_ptr<ContractFiles> contracts(new ContractFiles(protos));
  for (const std::string& name : FilesToRead(protos)) {
    const pb::FileDescriptor* file = contracts->importer_.Import(name);
    if (file == nullptr) {
      return absl::InvalidArgumentError(static_cast<Errors&>(*contracts->errors_).text);
    }
    for (int i = 0; i < file->service_count(); ++i) {
      contracts->services_.push_back(file->service(i));
    }
    const pb::EnumDescriptor* reasons = file->FindEnumTypeByName("Reason");
    if (reasons != nullptr) contracts->reasons_.push_back(reasons);
  }
  return contracts;
}

}  // namespace guildhall::generators
