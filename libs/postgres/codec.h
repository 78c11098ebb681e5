#pragma once

#include <postgres_ext.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/check.h"
#include "libs/base/ids.h"
#include "libs/base/uuid.h"

// How C++ values travel as PostgreSQL's binary format, which is smaller, exact and cheaper than
// text. A type without a Codec does not compile as a parameter or a column.
namespace guildhall::postgres {

// Bytes as a bytea parameter; a std::string(_view) is text. As a column, bytea is read as
// std::string_view or std::string.
struct Bytea {
  std::string_view bytes;
};

namespace codec {

// Object ids of the types, fixed for ever in PostgreSQL's catalog
// (src/include/catalog/pg_type.dat).
constexpr Oid kBool = 16, kBytea = 17, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25,
              kJson = 114, kFloat4 = 700, kFloat8 = 701, kBpchar = 1042, kVarchar = 1043,
              kTimestamptz = 1184, kUuid = 2950, kXid8 = 5069;
constexpr Oid kBoolArray = 1000, kByteaArray = 1001, kInt4Array = 1007, kTextArray = 1009,
              kInt8Array = 1016, kFloat8Array = 1022, kTimestamptzArray = 1185, kUuidArray = 2951;

// Room for the encoding of one scalar.
using Scratch = std::array<char, 16>;

// Big-endian integers, as the wire has them.
std::string_view PutBigEndian(std::uint64_t value, std::size_t size, Scratch& scratch);
std::int64_t TakeBigEndian(std::string_view bytes);  // 2, 4 or 8 bytes, sign-extended
double TakeFloat(std::string_view bytes);            // 4 or 8 bytes

// timestamptz is microseconds since 2000; infinity and -infinity are absl's infinite times. Finer
// parts of a second are cut off.
std::int64_t MicrosOf(absl::Time time);
absl::Time TimeOf(std::int64_t micros);

// The type of the elements of an array type; 0 when it is no array type that is known here.
Oid ElementOf(Oid array);

// Writes and reads one-dimensional arrays.
void BeginArray(Oid element, std::size_t size, bool has_nulls, std::string& out);
void AddElement(std::string_view bytes, std::string& out);
void AddNullElement(std::string& out);
struct ArrayReader {
  explicit ArrayReader(std::string_view bytes);
  std::optional<std::string_view> Next();  // nothing for NULL; call `size` times
  Oid element = 0;
  std::size_t size = 0;

 private:
  std::string_view rest_;
};

}  // namespace codec

// The four things to know of a type: the types it is sent as, what it may be read from, and both
// directions. Encode may point into `value` or `scratch`.
template <typename T>
struct Codec;

template <>
struct Codec<bool> {
  static constexpr Oid kOid = codec::kBool, kArrayOid = codec::kBoolArray;
  static bool Accepts(Oid type) { return type == kOid; }
  static std::string_view Encode(bool value, codec::Scratch& scratch) {
    return codec::PutBigEndian(value ? 1 : 0, 1, scratch);
  }
  static bool Decode(std::string_view bytes) { return bytes[0] != 0; }
};

template <>
struct Codec<std::int32_t> {
  static constexpr Oid kOid = codec::kInt4, kArrayOid = codec::kInt4Array;
  static bool Accepts(Oid type) { return type == codec::kInt4 || type == codec::kInt2; }
  static std::string_view Encode(std::int32_t value, codec::Scratch& scratch) {
    return codec::PutBigEndian(static_cast<std::uint32_t>(value), 4, scratch);
  }
  static std::int32_t Decode(std::string_view bytes) {
    return static_cast<std::int32_t>(codec::TakeBigEndian(bytes));
  }
};

template <>
struct Codec<std::int64_t> {
  static constexpr Oid kOid = codec::kInt8, kArrayOid = codec::kInt8Array;
  static bool Accepts(Oid type) {
    return type == codec::kInt8 || type == codec::kInt4 || type == codec::kInt2 ||
           type == codec::kXid8;
  }
  static std::string_view Encode(std::int64_t value, codec::Scratch& scratch) {
    return codec::PutBigEndian(static_cast<std::uint64_t>(value), 8, scratch);
  }
  static std::int64_t Decode(std::string_view bytes) { return codec::TakeBigEndian(bytes); }
};

template <>
struct Codec<double> {
  static constexpr Oid kOid = codec::kFloat8, kArrayOid = codec::kFloat8Array;
  static bool Accepts(Oid type) { return type == codec::kFloat8 || type == codec::kFloat4; }
  static std::string_view Encode(double value, codec::Scratch& scratch);
  static double Decode(std::string_view bytes) { return codec::TakeFloat(bytes); }
};

template <>
struct Codec<std::string_view> {
  static constexpr Oid kOid = codec::kText, kArrayOid = codec::kTextArray;
  static bool Accepts(Oid type) {
    return type == codec::kText || type == codec::kVarchar || type == codec::kBytea ||
           type == codec::kJson || type == codec::kBpchar || type == codec::kName;
  }
  static std::string_view Encode(std::string_view value, codec::Scratch&) { return value; }
  static std::string_view Decode(std::string_view bytes) { return bytes; }
};

template <>
struct Codec<std::string> : Codec<std::string_view> {
  static std::string_view Encode(const std::string& value, codec::Scratch&) { return value; }
  static std::string Decode(std::string_view bytes) { return std::string(bytes); }
};

template <>
struct Codec<Bytea> {
  static constexpr Oid kOid = codec::kBytea, kArrayOid = codec::kByteaArray;
  static std::string_view Encode(Bytea value, codec::Scratch&) { return value.bytes; }
};

template <>
struct Codec<Uuid> {
  static constexpr Oid kOid = codec::kUuid, kArrayOid = codec::kUuidArray;
  static bool Accepts(Oid type) { return type == kOid; }
  static std::string_view Encode(const Uuid& value, codec::Scratch&) {
    return {reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size()};
  }
  static Uuid Decode(std::string_view bytes);
};

template <typename Kind>
struct Codec<Id<Kind>> : Codec<Uuid> {
  static std::string_view Encode(const Id<Kind>& value, codec::Scratch& scratch) {
    return Codec<Uuid>::Encode(value.uuid(), scratch);
  }
  static Id<Kind> Decode(std::string_view bytes) { return Id<Kind>(Codec<Uuid>::Decode(bytes)); }
};

template <>
struct Codec<absl::Time> {
  static constexpr Oid kOid = codec::kTimestamptz, kArrayOid = codec::kTimestamptzArray;
  static bool Accepts(Oid type) { return type == kOid; }
  static std::string_view Encode(absl::Time value, codec::Scratch& scratch) {
    return codec::PutBigEndian(static_cast<std::uint64_t>(codec::MicrosOf(value)), 8, scratch);
  }
  static absl::Time Decode(std::string_view bytes) {
    return codec::TimeOf(codec::TakeBigEndian(bytes));
  }
};

namespace codec {

// What a type is to the encoder: a value, a value or NULL, or a list of either.
template <typename T>
struct Shape {
  using Value = T;
  static constexpr bool kNullable = false, kList = false;
};
template <typename T>
struct Shape<std::optional<T>> {
  using Value = T;
  static constexpr bool kNullable = true, kList = Shape<T>::kList;
};
template <typename T>
struct Shape<std::vector<T>> {
  using Value = T;
  static constexpr bool kNullable = false, kList = true;
};
template <typename T, std::size_t kSize>
struct Shape<std::span<T, kSize>> {
  using Value = std::remove_const_t<T>;
  static constexpr bool kNullable = false, kList = true;
};

// Encodes a whole list of T or std::optional<T>.
template <typename List>
std::string EncodeList(const List& list) {
  using Element = typename Shape<List>::Value;
  using Value = typename Shape<Element>::Value;
  std::string out;
  bool has_nulls = false;
  if constexpr (Shape<Element>::kNullable) {
    for (const Element& element : list) has_nulls |= !element.has_value();
  }
  BeginArray(Codec<Value>::kOid, list.size(), has_nulls, out);
  Scratch scratch;
  // By value or reference: the elements of std::vector<bool> are no references.
  for (const Element& element : list) {
    if constexpr (Shape<Element>::kNullable) {
      if (!element.has_value()) {
        AddNullElement(out);
        continue;
      }
      AddElement(Codec<Value>::Encode(*element, scratch), out);
    } else {
      AddElement(Codec<Value>::Encode(element, scratch), out);
    }
  }
  return out;
}

// Decodes a list; NULL among the elements of a list of plain values is a programmer's error.
template <typename List>
List DecodeList(std::string_view bytes) {
  using Element = typename Shape<List>::Value;
  using Value = typename Shape<Element>::Value;
  ArrayReader reader(bytes);
  GUILDHALL_CHECK(reader.size == 0 || Codec<Value>::Accepts(reader.element));
  List list;
  list.reserve(reader.size);
  for (std::size_t i = 0; i < reader.size; ++i) {
    const std::optional<std::string_view> element = reader.Next();
    if (element) {
      list.push_back(Codec<Value>::Decode(*element));
    } else {
      GUILDHALL_CHECK(Shape<Element>::kNullable);
      list.emplace_back();
    }
  }
  return list;
}

}  // namespace codec
}  // namespace guildhall::postgres
