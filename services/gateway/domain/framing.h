#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace guildhall::gateway {

// A message on the wire of gRPC: a byte of flags, four bytes of length, the message.
inline constexpr std::size_t kFrameHead = 5;

// The message in the one frame that a unary request consists of; a view into `body`.
//
// Fails with FRAME_MALFORMED (no frame, another length, a second frame, unknown flags) or
// ENCODING_UNSUPPORTED (the frame says that it is compressed).
absl::StatusOr<std::string_view> MessageIn(std::string_view body);

// The head of the frame of a message of this size.
std::array<char, kFrameHead> FrameHead(std::size_t size);

// The frame that ends a gRPC-web reply: the status as lines of trailers. `message` and `details`
// as they stand on gRPC's wire (percent-encoded, base64); empty ones are left out.
std::string TrailerFrame(int status, std::string_view message, std::string_view details);

// The message that ends a stream of Connect: what went wrong, as JSON.
std::string ConnectEndFrame(std::string_view error_json);

// The text of `grpc-message` (percent-encoded UTF-8) and back. Decoding takes what it cannot read
// as it is.
std::string PercentEncode(std::string_view text);
std::string PercentDecode(std::string_view text);

// The bytes of a gRPC-web text body: base64 (RFC 4648 section 4), in pieces that may each end with
// padding. Fails with FRAME_MALFORMED.
absl::StatusOr<std::string> DecodeText(std::string_view body);

}  // namespace guildhall::gateway
