#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "libs/http/message.h"
#include "services/gateway/clients/change_loader.h"
#include "services/gateway/domain/protocol.h"

namespace guildhall::gateway {

// Frames of SubscribeResponse as they stand on the wire. A body is the serialized response without
// its resume token, so that one body is sent under many tokens.
namespace live {

std::string StartedBody();
std::string HeartbeatBody();
std::string ResetBody();
std::string GainedBody(CommunityId community);
std::string LostBody(CommunityId community);
// The resource goes in as it came from its service, unparsed. Without `with_parent` a community
// comes without the one above it.
std::string ChangedBody(const LoadedChange& change, bool with_parent);

// A body under a token.
struct Message {
  std::string_view token;
  std::string_view body;
};

// The messages in the framing of a streaming protocol. JSON is made of the body each time: 10 us
// for a post of 1 KiB.
http::Chunk Pack(Protocol protocol, std::span<const Message> messages);

// What ends a stream: the status with its refusal, as trailers or as Connect's last message.
http::Chunk EndOf(Protocol protocol, const absl::Status& status);

}  // namespace live
}  // namespace guildhall::gateway
