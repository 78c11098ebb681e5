#include "services/gateway/domain/timeout.h"

#include <charconv>
#include <cstdint>

namespace guildhall::gateway {
namespace {

std::optional<std::int64_t> Digits(std::string_view text, std::size_t most) {
  std::int64_t value = 0;
  if (text.empty() || text.size() > most || text.front() == '-') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<absl::Duration> ParseGrpcTimeout(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const std::optional<std::int64_t> value = Digits(text.substr(0, text.size() - 1), 8);
  if (!value) return std::nullopt;
  switch (text.back()) {
    case 'H':
      return absl::Hours(*value);
    case 'M':
      return absl::Minutes(*value);
    case 'S':
      return absl::Seconds(*value);
    case 'm':
      return absl::Milliseconds(*value);
    case 'u':
      return absl::Microseconds(*value);
    case 'n':
      return absl::Nanoseconds(*value);
    default:
      return std::nullopt;
  }
}

std::optional<absl::Duration> ParseConnectTimeout(std::string_view text) {
  const std::optional<std::int64_t> value = Digits(text, 10);
  if (!value) return std::nullopt;
  return absl::Milliseconds(*value);
}

}  // namespace guildhall::gateway
