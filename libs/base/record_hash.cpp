#include "libs/base/record_hash.h"

#include "absl/strings/str_cat.h"
#include "libs/base/sha256.h"

namespace guildhall {

RecordHash& RecordHash::Text(std::string_view text) {
  absl::StrAppend(&fields_, text.size(), ":");
  fields_ += text;
  return *this;
}

RecordHash& RecordHash::Texts(const std::vector<std::string>& list) {
  Number(static_cast<std::int64_t>(list.size()));
  for (const std::string& text : list) Text(text);
  return *this;
}

RecordHash& RecordHash::Number(std::int64_t number) { return Text(std::to_string(number)); }

RecordHash& RecordHash::Time(absl::Time time) { return Number(absl::ToUnixMicros(time)); }

RecordHash::Digest RecordHash::Finish() const { return Sha256(fields_); }

std::string BytesOf(const RecordHash::Digest& digest) { return {digest.begin(), digest.end()}; }

std::int64_t ImportMark::Packed() const {
  return static_cast<std::int64_t>(std::uint64_t{replaced} << 32 | added);
}

ImportMark ImportMark::From(std::int64_t packed) {
  const auto bits = static_cast<std::uint64_t>(packed);
  return {static_cast<std::uint32_t>(bits >> 32), static_cast<std::uint32_t>(bits)};
}

std::uint32_t HalfOf(const RecordHash::Digest& digest) {
  return std::uint32_t{digest[0]} << 24 | std::uint32_t{digest[1]} << 16 |
         std::uint32_t{digest[2]} << 8 | digest[3];
}

}  // namespace guildhall
