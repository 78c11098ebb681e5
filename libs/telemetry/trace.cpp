#include "libs/telemetry/trace.h"

#include <algorithm>
#include <span>

namespace guildhall::telemetry {
namespace {

constexpr char kDigits[] = "0123456789abcdef";

int Digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool FromHex(std::string_view text, std::span<std::uint8_t> out) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const int high = Digit(text[2 * i]);
    const int low = Digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    out[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

char* ToHex(std::span<const std::uint8_t> bytes, char* out) {
  for (const std::uint8_t byte : bytes) {
    *out++ = kDigits[byte >> 4];
    *out++ = kDigits[byte & 15];
  }
  return out;
}

bool AllZero(std::span<const std::uint8_t> bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

TraceContext TraceContext::Begin(Random& random) {
  TraceContext trace;
  random.Fill(trace.trace_id);
  random.Fill(trace.span_id);
  return trace;
}

TraceContext TraceContext::Child(Random& random) const {
  TraceContext child = *this;
  random.Fill(child.span_id);
  return child;
}

std::optional<TraceContext> TraceContext::Parse(std::string_view text) {
  // version 2, trace id 32, parent id 16, flags 2, three hyphens between them.
  if (text.size() < kTextSize || text[2] != '-' || text[35] != '-' || text[52] != '-') {
    return std::nullopt;
  }
  TraceContext trace;
  std::uint8_t version;
  if (!FromHex(text.substr(0, 2), {&version, 1}) || version == 0xff) return std::nullopt;
  if (version == 0 ? text.size() != kTextSize : text.size() > kTextSize && text[kTextSize] != '-') {
    return std::nullopt;
  }
  if (!FromHex(text.substr(3, 32), trace.trace_id) ||
      !FromHex(text.substr(36, 16), trace.span_id) ||
      !FromHex(text.substr(53, 2), {&trace.flags, 1})) {
    return std::nullopt;
  }
  if (AllZero(trace.trace_id) || AllZero(trace.span_id)) return std::nullopt;
  trace.flags &= 1;  // the only flag of version 00
  return trace;
}

std::array<char, TraceContext::kTextSize> TraceContext::Text() const {
  std::array<char, kTextSize> text;
  char* out = text.data();
  *out++ = '0';
  *out++ = '0';
  *out++ = '-';
  out = ToHex(trace_id, out);
  *out++ = '-';
  out = ToHex(span_id, out);
  *out++ = '-';
  ToHex({&flags, 1}, out);
  return text;
}

std::string TraceContext::TraceIdText() const {
  std::string text(2 * trace_id.size(), '0');
  ToHex(trace_id, text.data());
  return text;
}

std::string TraceContext::SpanIdText() const {
  std::string text(2 * span_id.size(), '0');
  ToHex(span_id, text.data());
  return text;
}

}  // namespace guildhall::telemetry
