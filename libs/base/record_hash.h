#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall {

// What an import compares records by, in the form of guildhall/importing/v1/importing.proto: each
// field with its length before it, so that no two lists of fields make the same bytes.
class RecordHash {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  RecordHash& Text(std::string_view text);
  RecordHash& Texts(const std::vector<std::string>& list);
  RecordHash& Number(std::int64_t number);
  // To the microsecond, as databases keep it.
  RecordHash& Time(absl::Time time);
  template <typename Kind>
  RecordHash& Name(Id<Kind> id) {
    return Text(id.ToString());
  }

  // SHA-256 of the fields so far. Cost: about 2 ns a byte.
  Digest Finish() const;

 private:
  std::string fields_;
};

// The digest as bytes of a message.
std::string BytesOf(const RecordHash::Digest& digest);

// What a row keeps of the record that it was last imported from: half of a digest of what an import
// replaces, and bits of what it only adds, by which each part is compared for itself. 32 bits each:
// a row that was changed here is taken for one that was not once in four thousand million, and its
// change is lost then.
struct ImportMark {
  std::uint32_t replaced = 0;
  std::uint32_t added = 0;

  bool operator==(const ImportMark&) const = default;

  // As it is stored.
  std::int64_t Packed() const;
  static ImportMark From(std::int64_t packed);
};

// The half of a digest.
std::uint32_t HalfOf(const RecordHash::Digest& digest);

}  // namespace guildhall
