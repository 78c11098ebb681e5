#include "services/gateway/api/json.h"

#include <nlohmann/json.hpp>

#include "guildhall/directory/v1/directory_service.pb.h"
#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::gateway {
namespace {

namespace pb = google::protobuf;

// Of one package: its messages have what those of others have, but maps, which none has.
const pb::Descriptor* TypeNamed(std::string_view name) {
  static const pb::FileDescriptor* const linked =
      directory::v1::ListCommunitiesRequest::descriptor()->file();
  return linked->pool()->FindMessageTypeByName(linked->package() + "." + std::string(name));
}

// What was read is written as JSON that is read as the same.
void TakeRequest(const pb::Descriptor& type, std::string_view json) {
  const auto bytes = JsonToMessage(type, json);
  if (!bytes.ok()) return;
  const auto written = MessageToJson(type, *bytes);
  GUILDHALL_CHECK(written.ok() && nlohmann::json::accept(*written));
  const auto again = JsonToMessage(type, *written);
  GUILDHALL_CHECK(again.ok() && *again == *bytes);
}

// What a service answers is JSON, or no message; its errors are JSON in any case.
void TakeReply(const pb::Descriptor& type, std::string_view bytes) {
  const auto json = MessageToJson(type, bytes);
  GUILDHALL_CHECK(!json.ok() || nlohmann::json::accept(*json));
  GUILDHALL_CHECK(nlohmann::json::accept(ErrorJson(absl::StatusCode::kNotFound, bytes, bytes)));
}

}  // namespace
}  // namespace guildhall::gateway

// A message of directory, as "UpdateMemberRequest", in a line, then a body.
void guildhall::testing::TakeInput(std::string_view input) {
  // Nobody calls a method by a long name; to look one up is protobuf's.
  constexpr std::size_t kLongestName = 64;
  const auto* const type = gateway::TypeNamed(TakeLine(input).substr(0, kLongestName));
  if (type == nullptr) return;
  gateway::TakeRequest(*type, input);
  gateway::TakeReply(*type, input);
}
