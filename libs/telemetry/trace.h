#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/base/random.h"

namespace guildhall::telemetry {

// Where a piece of work stands in a trace: W3C Trace Context, header `traceparent`.
struct TraceContext {
  std::array<std::uint8_t, 16> trace_id{};
  std::array<std::uint8_t, 8> span_id{};
  std::uint8_t flags = 0;

  static constexpr std::size_t kTextSize = 55;

  // Bit 0 of the flags: somebody records this trace.
  bool sampled() const { return (flags & 1) != 0; }

  // The first span of a new trace, not sampled.
  static TraceContext Begin(Random& random);

  // A span below this one.
  TraceContext Child(Random& random) const;

  // Reads `traceparent` of version 00, and of later versions what 00 defines (W3C Trace Context
  // section 4.3). Nothing for upper case, wrong lengths and ids of zeros: begin a new trace then.
  static std::optional<TraceContext> Parse(std::string_view traceparent);

  // "00-<32 hex>-<16 hex>-<2 hex>" without the terminating zero.
  std::array<char, kTextSize> Text() const;
  std::string TraceIdText() const;
  std::string SpanIdText() const;
};

}  // namespace guildhall::telemetry
