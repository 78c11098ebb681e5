#include "libs/postgres/trace_comment.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"

namespace guildhall::postgres::internal {
namespace {

// version "00", 32 digits of the trace, 16 of the span, 2 of the flags.
constexpr std::size_t kLength = 55;

bool IsHyphenPlace(std::size_t i) { return i == 2 || i == 35 || i == 52; }

bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

bool IsOdd(char hex) { return ((hex <= '9' ? hex - '0' : hex - 'a' + 10) & 1) != 0; }

}  // namespace

std::string TraceComment(std::string_view traceparent) {
  if (traceparent.size() != kLength) return {};
  for (std::size_t i = 0; i < kLength; ++i) {
    if (IsHyphenPlace(i) ? traceparent[i] != '-' : !IsHex(traceparent[i])) return {};
  }
  if (!IsOdd(traceparent.back())) return {};
  return absl::StrCat("/*traceparent='", Absl(traceparent), "'*/ ");
}

}  // namespace guildhall::postgres::internal
