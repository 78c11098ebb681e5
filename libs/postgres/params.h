#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "libs/postgres/codec.h"

namespace guildhall::postgres {

// The parameters of one statement as libpq wants them; points into a Params.
struct ParamList {
  std::span<const Oid> types;
  const char* const* values = nullptr;  // null for NULL
  const int* lengths = nullptr;
};

// Holds encoded parameters, without an allocation unless one of them is a list. Texts are referred
// to, not copied: they outlive the Params.
template <typename... Args>
class Params {
 public:
  explicit Params(const Args&... args) {
    [&]<std::size_t... kIndex>(std::index_sequence<kIndex...>) { (Set<kIndex>(args), ...); }
    (std::index_sequence_for<Args...>{});
  }
  Params(const Params&) = delete;
  Params& operator=(const Params&) = delete;

  ParamList list() const { return {types_, values_.data(), lengths_.data()}; }

 private:
  static constexpr std::size_t kCount = sizeof...(Args);

  // Everything that reads as text is text, be it a literal or a string.
  template <typename T>
  using Known =
      std::conditional_t<std::is_convertible_v<const T&, std::string_view>, std::string_view, T>;

  template <std::size_t kIndex, typename T>
  void Set(const T& argument) {
    using Value = Known<T>;
    if constexpr (codec::Shape<Value>::kNullable) {
      using Inner = typename codec::Shape<Value>::Value;
      if (argument) {
        Set<kIndex>(*argument);
      } else {
        types_[kIndex] = TypeOf<Inner>();
      }
    } else if constexpr (codec::Shape<Value>::kList) {
      types_[kIndex] = TypeOf<Value>();
      lists_[kIndex] = codec::EncodeList(argument);
      Refer<kIndex>(lists_[kIndex]);
    } else {
      types_[kIndex] = TypeOf<Value>();
      const Value& value = argument;
      Refer<kIndex>(Codec<Value>::Encode(value, scratch_[kIndex]));
    }
  }

  template <typename T>
  static constexpr Oid TypeOf() {
    using Value = Known<T>;
    if constexpr (codec::Shape<Value>::kList) {
      using Element = typename codec::Shape<Value>::Value;
      return Codec<typename codec::Shape<Element>::Value>::kArrayOid;
    } else {
      return Codec<Value>::kOid;
    }
  }

  template <std::size_t kIndex>
  void Refer(std::string_view bytes) {
    // An empty view may point nowhere, which libpq would take for NULL.
    values_[kIndex] = bytes.data() == nullptr ? "" : bytes.data();
    lengths_[kIndex] = static_cast<int>(bytes.size());
  }

  std::array<Oid, kCount> types_{};
  std::array<const char*, kCount> values_{};
  std::array<int, kCount> lengths_{};
  std::array<codec::Scratch, kCount> scratch_;
  std::array<std::string,
             ((codec::Shape<Args>::kList || codec::Shape<Args>::kNullable) || ...) ? kCount : 0>
      lists_;
};

}  // namespace guildhall::postgres
