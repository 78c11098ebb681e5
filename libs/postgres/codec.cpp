#include "libs/postgres/codec.h"

#include <bit>
#include <limits>

namespace guildhall::postgres {
namespace codec {
namespace {

constexpr std::int64_t kUnixMicrosOf2000 = 946'684'800'000'000;
constexpr std::int64_t kInfinity = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMinusInfinity = std::numeric_limits<std::int64_t>::min();
constexpr std::uint32_t kNullLength = 0xFFFFFFFF;

void Append32(std::uint32_t value, std::string& out) {
  Scratch scratch;
  out.append(PutBigEndian(value, 4, scratch));
}

std::uint32_t Take32(std::string_view& bytes) {
  const auto value = static_cast<std::uint32_t>(TakeBigEndian(bytes.substr(0, 4)));
  bytes.remove_prefix(4);
  return value;
}

}  // namespace

std::string_view PutBigEndian(std::uint64_t value, std::size_t size, Scratch& scratch) {
  for (std::size_t i = size; i-- > 0; value >>= 8) scratch[i] = static_cast<char>(value & 0xFF);
  return {scratch.data(), size};
}

std::int64_t TakeBigEndian(std::string_view bytes) {
  GUILDHALL_CHECK(bytes.size() == 2 || bytes.size() == 4 || bytes.size() == 8);
  std::int64_t value = static_cast<signed char>(bytes[0]);
  for (std::size_t i = 1; i < bytes.size(); ++i) {
    value = static_cast<std::int64_t>((static_cast<std::uint64_t>(value) << 8) |
                                      static_cast<unsigned char>(bytes[i]));
  }
  return value;
}

double TakeFloat(std::string_view bytes) {
  const std::int64_t bits = TakeBigEndian(bytes);
  if (bytes.size() == 8) return std::bit_cast<double>(bits);
  return std::bit_cast<float>(static_cast<std::int32_t>(bits));
}

std::int64_t MicrosOf(absl::Time time) {
  if (time == absl::InfiniteFuture()) return kInfinity;
  if (time == absl::InfinitePast()) return kMinusInfinity;
  return absl::ToUnixMicros(time) - kUnixMicrosOf2000;
}

absl::Time TimeOf(std::int64_t micros) {
  if (micros == kInfinity) return absl::InfiniteFuture();
  if (micros == kMinusInfinity) return absl::InfinitePast();
  return absl::FromUnixMicros(kUnixMicrosOf2000) + absl::Microseconds(micros);
}

Oid ElementOf(Oid array) {
  constexpr Oid kVarcharArray = 1015;
  switch (array) {
    case kBoolArray:
      return kBool;
    case kByteaArray:
      return kBytea;
    case kInt4Array:
      return kInt4;
    case kTextArray:
      return kText;
    case kVarcharArray:
      return kVarchar;
    case kInt8Array:
      return kInt8;
    case kFloat8Array:
      return kFloat8;
    case kTimestamptzArray:
      return kTimestamptz;
    case kUuidArray:
      return kUuid;
    default:
      return 0;
  }
}

// The layout is array_send's: dimensions, whether NULLs follow, element type; per dimension its
// size and lower bound; per element its length (-1 for NULL) and bytes.
void BeginArray(Oid element, std::size_t size, bool has_nulls, std::string& out) {
  Append32(size == 0 ? 0 : 1, out);
  Append32(has_nulls ? 1 : 0, out);
  Append32(element, out);
  if (size == 0) return;
  Append32(static_cast<std::uint32_t>(size), out);
  Append32(1, out);
}

void AddElement(std::string_view bytes, std::string& out) {
  Append32(static_cast<std::uint32_t>(bytes.size()), out);
  out.append(bytes);
}

void AddNullElement(std::string& out) { Append32(kNullLength, out); }

ArrayReader::ArrayReader(std::string_view bytes) : rest_(bytes) {
  const std::uint32_t dimensions = Take32(rest_);
  GUILDHALL_CHECK(dimensions <= 1);
  Take32(rest_);
  element = Take32(rest_);
  if (dimensions == 0) return;
  size = Take32(rest_);
  Take32(rest_);
}

std::optional<std::string_view> ArrayReader::Next() {
  const std::uint32_t length = Take32(rest_);
  if (length == kNullLength) return std::nullopt;
  const std::string_view bytes = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return bytes;
}

}  // namespace codec

std::string_view Codec<double>::Encode(double value, codec::Scratch& scratch) {
  return codec::PutBigEndian(std::bit_cast<std::uint64_t>(value), 8, scratch);
}

Uuid Codec<Uuid>::Decode(std::string_view bytes) {
  Uuid uuid;
  GUILDHALL_CHECK(bytes.size() == uuid.bytes.size());
  std::copy(bytes.begin(), bytes.end(), uuid.bytes.begin());
  return uuid;
}

}  // namespace guildhall::postgres
