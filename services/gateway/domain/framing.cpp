#include "services/gateway/domain/framing.h"

#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "guildhall/gateway/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"

namespace guildhall::gateway {
namespace {

constexpr unsigned char kCompressed = 0x01;
constexpr unsigned char kTrailers = 0x80;
constexpr unsigned char kConnectEnd = 0x02;
constexpr std::size_t kLine = 64;  // room for the names of the trailers and their line ends
constexpr char kHex[] = "0123456789ABCDEF";

absl::Status Malformed(std::string message) {
  return Refusal(reasons::kFrameMalformed, std::move(message));
}

std::array<char, kFrameHead> Head(unsigned char flags, std::size_t size) {
  const auto byte = [&](int shift) { return static_cast<char>(size >> shift & 0xff); };
  return {static_cast<char>(flags), byte(24), byte(16), byte(8), byte(0)};
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

absl::StatusOr<std::string_view> MessageIn(std::string_view body) {
  if (body.size() < kFrameHead) return Malformed("A request is one frame, and this is less.");
  const auto flags = static_cast<unsigned char>(body[0]);
  if (flags == kCompressed) {
    return Refusal(reasons::kEncodingUnsupported, "Send messages uncompressed.");
  }
  if (flags != 0) return Malformed("The flags of the frame are unknown.");
  std::size_t size = 0;
  for (std::size_t i = 1; i < kFrameHead; ++i) {
    size = size << 8 | static_cast<unsigned char>(body[i]);
  }
  if (size != body.size() - kFrameHead) {
    return Malformed("A request is exactly one frame; the length says otherwise.");
  }
  return body.substr(kFrameHead);
}

std::array<char, kFrameHead> FrameHead(std::size_t size) { return Head(0, size); }

std::string TrailerFrame(int status, std::string_view message, std::string_view details) {
  std::string frame(kFrameHead, '\0');
  frame.reserve(kFrameHead + kLine + message.size() + details.size());
  absl::StrAppend(&frame, "grpc-status:", status, "\r\n");
  if (!message.empty()) absl::StrAppend(&frame, "grpc-message:", Absl(message), "\r\n");
  if (!details.empty()) {
    absl::StrAppend(&frame, "grpc-status-details-bin:", Absl(details), "\r\n");
  }
  const auto head = Head(kTrailers, frame.size() - kFrameHead);
  frame.replace(0, kFrameHead, head.data(), head.size());
  return frame;
}

std::string ConnectEndFrame(std::string_view error_json) {
  const std::string json = absl::StrCat("{\"error\":", Absl(error_json), "}");
  const auto head = Head(kConnectEnd, json.size());
  return absl::StrCat(absl::string_view(head.data(), head.size()), json);
}

std::string PercentEncode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f && c != '%') {
      out += c;
    } else {
      out.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
  }
  return out;
}

std::string PercentDecode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 &&
                        HexDigit(text[i + 2]) >= 0;
    out += escape ? static_cast<char>(HexDigit(text[i + 1]) << 4 | HexDigit(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return out;
}

absl::StatusOr<std::string> DecodeText(std::string_view body) {
  std::string out;
  out.reserve(body.size() / 4 * 3);
  while (!body.empty()) {
    // A piece ends with its padding, or with the body.
    std::size_t end = body.find('=');
    end = end == std::string_view::npos ? body.size() : body.find_first_not_of('=', end);
    const std::string_view piece = body.substr(0, end);
    std::string bytes;
    // The decoder skips white space and takes missing padding; a strict reader does neither.
    if (piece.size() % 4 != 0 || piece.find_first_of(" \t\r\n\v\f") != std::string_view::npos ||
        !absl::Base64Unescape(Absl(piece), &bytes)) {
      return Malformed("The body is no base64.");
    }
    out += bytes;
    body.remove_prefix(piece.size());
  }
  return out;
}

}  // namespace guildhall::gateway
