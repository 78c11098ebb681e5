#include "services/gateway/api/live_wire.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "guildhall/gateway/v1/live_service.pb.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"
#include "libs/resources/names.h"
#include "services/gateway/api/answer.h"
#include "services/gateway/api/json.h"
#include "services/gateway/domain/framing.h"

namespace guildhall::gateway::live {
namespace {

namespace pb = google::protobuf;
using v1::Changed;
using v1::SubscribeResponse;

// A field of a message that is serialized already (wire type 2).
void AppendField(int number, std::string_view bytes, std::string& out) {
  pb::io::StringOutputStream stream(&out);
  pb::io::CodedOutputStream coded(&stream);
  coded.WriteTag(static_cast<std::uint32_t>(number) << 3 | 2);
  coded.WriteVarint32(static_cast<std::uint32_t>(bytes.size()));
  coded.WriteRaw(bytes.data(), static_cast<int>(bytes.size()));
}

int ResourceField(const LoadedChange& change) {
  switch (change.facts.subject) {
    case Subject::kContent:
      return IsPost(change.kind) ? Changed::kPostFieldNumber : Changed::kTopicFieldNumber;
    case Subject::kTopicMoved:
      return Changed::kTopicFieldNumber;
    case Subject::kCommunity:
      return Changed::kCommunityResourceFieldNumber;
    default:
      return Changed::kMembershipFieldNumber;
  }
}

std::string WithoutParent(const std::string& community) {
  directory::v1::Community message;
  message.ParseFromString(community);
  message.clear_parent();
  return message.SerializeAsString();
}

std::string MessageBytes(const Message& message) {
  std::string bytes;
  bytes.reserve(message.token.size() + message.body.size() + 4);
  AppendField(SubscribeResponse::kResumeTokenFieldNumber, message.token, bytes);
  return bytes.append(message.body);
}

std::string MessageJson(const Message& message) {
  auto json = MessageToJson(*SubscribeResponse::descriptor(), message.body);
  GUILDHALL_CHECK(json.ok() && json->size() > 2);  // the body is ours: {"changed":…}
  return absl::StrCat("{\"resumeToken\":\"", Absl(message.token), "\",", json->substr(1));
}

}  // namespace

std::string StartedBody() {
  SubscribeResponse response;
  response.mutable_started();
  return response.SerializeAsString();
}

std::string HeartbeatBody() {
  SubscribeResponse response;
  response.mutable_heartbeat();
  return response.SerializeAsString();
}

std::string ResetBody() {
  SubscribeResponse response;
  response.mutable_reset();
  return response.SerializeAsString();
}

std::string GainedBody(CommunityId community) {
  SubscribeResponse response;
  response.mutable_access_gained()->set_community(resources::Name(community));
  return response.SerializeAsString();
}

std::string LostBody(CommunityId community) {
  SubscribeResponse response;
  response.mutable_access_lost()->set_community(resources::Name(community));
  return response.SerializeAsString();
}

std::string ChangedBody(const LoadedChange& change, bool with_parent) {
  Changed changed;
  changed.set_kind(change.kind);
  changed.set_name(change.name);
  if (!change.facts.community.IsNil()) {
    changed.set_community(resources::Name(change.facts.community));
  }
  std::string bytes = changed.SerializeAsString();
  if (!change.resource.empty()) {
    const bool hides = change.facts.parent && !with_parent;
    AppendField(ResourceField(change), hides ? WithoutParent(change.resource) : change.resource,
                bytes);
  }
  std::string body;
  AppendField(SubscribeResponse::kChangedFieldNumber, bytes, body);
  return body;
}

http::Chunk Pack(Protocol protocol, std::span<const Message> messages) {
  std::string out;
  for (const Message& message : messages) {
    const std::string bytes =
        protocol == Protocol::kConnectStreamJson ? MessageJson(message) : MessageBytes(message);
    const auto head = FrameHead(bytes.size());
    out.append(head.data(), head.size()).append(bytes);
  }
  if (protocol == Protocol::kGrpcWebText) out = absl::Base64Escape(out);
  return http::Chunk{out};
}

http::Chunk EndOf(Protocol protocol, const absl::Status& status) {
  const http::Response last = RefusalAs(protocol, status);
  return http::Chunk{last.body, last.tail};
}

}  // namespace guildhall::gateway::live
