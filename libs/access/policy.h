#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "libs/access/permission.h"

namespace guildhall::access {

// The rule for one method, read from its option (guildhall.policy.v1.method).
struct MethodPolicy {
  std::string method;  // "guildhall.directory.v1.DirectoryService/GetCommunity"
  const google::protobuf::MethodDescriptor* descriptor = nullptr;
  Audience audience = Audience::kSignedIn;
  Permission permission = Permission::kNone;  // kNone unless audience is kSignedIn
  bool audit = false;
  // kReads when the method is called Get…, BatchGet…, List…, Search… or Subscribe… (AIP 131, 132,
  // 231) and its request has no request_id; whatever else it is called, it counts as a write.
  Effect effect = Effect::kWrites;
  // The way to the field that names the resource; empty where there is none.
  std::vector<const google::protobuf::FieldDescriptor*> resource;
  // What that resource is one of, such as "communities", "communities/memberships" or
  // "topics/posts"; empty with `resource`.
  std::string collection;

  // Whether the permission is asked for a thing that is written in a community, and not for a
  // community itself or for how somebody stands to it.
  bool IsAboutItem() const;

  // The resource name that `request` carries, such as "communities/…"; empty when the request
  // leaves it out or the method names none. `request` is of the method's type and outlives the
  // view.
  std::string_view ResourceOf(const google::protobuf::Message& request) const;
};

// The rules of all methods of a process. Built once at start; reading is thread-safe.
class PolicyTable {
 public:
  // Fails with FAILED_PRECONDITION, naming every method at fault, when a method has no policy or no
  // audience; SIGNED_IN without a permission, or a permission that another audience would leave
  // unchecked; a resource path that is no single string field of the request; a permission about
  // communities without a resource; a resource without a collection. A process that gets this does
  // not start.
  static absl::StatusOr<PolicyTable> FromServices(
      std::span<const google::protobuf::ServiceDescriptor* const> services);

  // By "package.Service/Method", without a leading slash; null when there is none.
  const MethodPolicy* Find(std::string_view method) const;

  // In the order of the services and their declarations.
  const std::vector<MethodPolicy>& methods() const { return methods_; }

 private:
  std::vector<MethodPolicy> methods_;
  absl::flat_hash_map<std::string, std::size_t> by_name_;
};

}  // namespace guildhall::access
