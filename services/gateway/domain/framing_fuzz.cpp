#include "services/gateway/domain/framing.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::gateway {
namespace {

std::string Framed(std::string_view message) {
  const auto head = FrameHead(message.size());
  return std::string(head.begin(), head.end()).append(message);
}

// A frame is its message and nothing besides.
void TakeFrame(std::string_view body) {
  const auto message = MessageIn(body);
  if (message.ok()) GUILDHALL_CHECK(Framed(*message) == body);
  const std::string framed = Framed(body);
  const auto again = MessageIn(framed);
  GUILDHALL_CHECK(again.ok() && *again == body);
}

void TakeBase64(std::string_view body) {
  if (const auto bytes = DecodeText(body); bytes.ok()) {
    GUILDHALL_CHECK(bytes->size() <= body.size() / 4 * 3);
  }
  std::string text;
  absl::Base64Escape(Absl(body), &text);
  const auto bytes = DecodeText(text);
  GUILDHALL_CHECK(bytes.ok() && *bytes == body);
  // In two pieces, each with its own padding.
  const std::string twice = text + text;
  const auto both = DecodeText(twice);
  GUILDHALL_CHECK(both.ok() && *both == std::string(body).append(body));
}

void TakeMessage(std::string_view text) {
  GUILDHALL_CHECK(PercentDecode(text).size() <= text.size());
  const std::string encoded = PercentEncode(text);
  GUILDHALL_CHECK(std::ranges::all_of(encoded, [](char c) { return c >= 0x20 && c < 0x7f; }));
  GUILDHALL_CHECK(PercentDecode(encoded) == text);
}

}  // namespace
}  // namespace guildhall::gateway

// A body of gRPC-web, in binary and as text, and the message of a status.
void guildhall::testing::TakeInput(std::string_view input) {
  gateway::TakeFrame(input);
  gateway::TakeBase64(input);
  gateway::TakeMessage(input);
}
