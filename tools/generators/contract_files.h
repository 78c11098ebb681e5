#pragma once

#include <memory>
#include <string>
#include <vector>

#include <google/protobuf/compiler/importer.h>
#include <google/protobuf/descriptor.h>

#include "absl/status/statusor.h"

namespace guildhall::generators {

// The services and reasons that the .proto files below a folder declare, read at run time, so that
// a new contract needs no change here.
class ContractFiles {
 public:
  // Reads every guildhall/*/v1/*_service.proto and reason.proto below `protos`, in order of their
  // names. Fails with INVALID_ARGUMENT and the compiler's words.
  static absl::StatusOr<std::unique_ptr<ContractFiles>> Read(const std::string& protos);

  // Valid as long as this object.
  const std::vector<const google::protobuf::ServiceDescriptor*>& services() const {
    return services_;
  }
  // The enums `Reason`.
  const std::vector<const google::protobuf::EnumDescriptor*>& reasons() const { return reasons_; }

 private:
  explicit ContractFiles(const std::string& protos);

  google::protobuf::compiler::DiskSourceTree tree_;
  std::unique_ptr<google::protobuf::compiler::MultiFileErrorCollector> errors_;
  google::protobuf::compiler::Importer importer_;
  std::vector<const google::protobuf::ServiceDescriptor*> services_;
  std::vector<const google::protobuf::EnumDescriptor*> reasons_;
};

}  // namespace guildhall::generators
