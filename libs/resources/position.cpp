#include "libs/resources/position.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "libs/base/check.h"

namespace guildhall::resources {

PositionWriter& PositionWriter::Text(std::string_view value) {
  Number(static_cast<std::int64_t>(value.size()));
  bytes_.append(value);
  return *this;
}

PositionWriter& PositionWriter::Number(std::int64_t value) {
  // Big-endian: tokens outlive the process and may be read by another kind of machine.
  for (int shift = 56; shift >= 0; shift -= 8) bytes_ += static_cast<char>(value >> shift);
  return *this;
}

PositionWriter& PositionWriter::Real(double value) {
  return Number(std::bit_cast<std::int64_t>(value));
}

PositionWriter& PositionWriter::Time(absl::Time value) { return Number(absl::ToUnixMicros(value)); }

PositionWriter& PositionWriter::Id(const Uuid& value) {
  bytes_.append(value.bytes.begin(), value.bytes.end());
  return *this;
}

std::string PositionReader::Text() { return std::string(Take(static_cast<std::size_t>(Number()))); }

std::int64_t PositionReader::Number() {
  std::uint64_t value = 0;
  for (const char byte : Take(8)) value = (value << 8) | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

double PositionReader::Real() { return std::bit_cast<double>(Number()); }

absl::Time PositionReader::Time() { return absl::FromUnixMicros(Number()); }

Uuid PositionReader::Id() {
  Uuid id;
  const std::string_view bytes = Take(id.bytes.size());
  std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
  return id;
}

std::string_view PositionReader::Take(std::size_t size) {
  GUILDHALL_CHECK(size <= rest_.size());
  const std::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

}  // namespace guildhall::resources
