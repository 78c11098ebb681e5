#include "libs/settings/values.h"

#include <array>
#include <cstdint>
#include <limits>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "libs/base/strings.h"

namespace guildhall::settings {
namespace {

struct Unit {
  std::string_view suffix;
  std::uint64_t bytes;
};
// Largest first, so that printing takes the largest that divides. "B" is left out: a bare number
// is bytes.
constexpr std::array<Unit, 3> kUnits{{{"GiB", 1ull << 30}, {"MiB", 1ull << 20}, {"KiB", 1 << 10}}};

}  // namespace

bool Parse(std::string_view text, bool* out) {
  if (text != "true" && text != "false") return false;
  *out = text == "true";
  return true;
}

bool Parse(std::string_view text, int* out) {
  int value;
  if (!absl::SimpleAtoi(Absl(text), &value)) return false;
  *out = value;
  return true;
}

bool Parse(std::string_view text, double* out) {
  double value;
  if (!absl::SimpleAtod(Absl(text), &value)) return false;
  *out = value;
  return true;
}

bool Parse(std::string_view text, std::string* out) {
  *out = text;
  return true;
}

bool Parse(std::string_view text, absl::Duration* out) {
  absl::Duration value;
  if (!absl::ParseDuration(Absl(text), &value) || value < absl::ZeroDuration()) return false;
  *out = value;
  return true;
}

bool Parse(std::string_view text, Bytes* out) {
  std::uint64_t factor = 1;
  for (const Unit& unit : kUnits) {
    if (!text.ends_with(unit.suffix)) continue;
    factor = unit.bytes;
    text.remove_suffix(unit.suffix.size());
    break;
  }
  std::uint64_t count;
  if (!absl::SimpleAtoi(Absl(text), &count)) return false;
  if (count > std::numeric_limits<std::uint64_t>::max() / factor) return false;
  *out = Bytes{count * factor};
  return true;
}

bool Parse(std::string_view text, std::vector<std::string>* out) {
  out->clear();
  for (absl::string_view part : absl::StrSplit(Absl(text), ',', absl::SkipWhitespace())) {
    out->emplace_back(Std(absl::StripAsciiWhitespace(part)));
  }
  return true;
}

bool Parse(std::string_view text, Secret* out) {
  *out = Secret(std::string(text));
  return true;
}

std::string Print(bool value) { return value ? "true" : "false"; }
std::string Print(int value) { return absl::StrCat(value); }
std::string Print(double value) { return absl::StrCat(value); }
std::string Print(const std::string& value) { return value; }
std::string Print(absl::Duration value) { return absl::FormatDuration(value); }

std::string Print(Bytes value) {
  for (const Unit& unit : kUnits) {
    if (Count(value) != 0 && Count(value) % unit.bytes == 0) {
      return absl::StrCat(Count(value) / unit.bytes, Absl(unit.suffix));
    }
  }
  return absl::StrCat(Count(value));
}

std::string Print(const std::vector<std::string>& value) { return absl::StrJoin(value, ","); }
std::string Print(const Secret& value) { return value.empty() ? "(empty)" : "(set)"; }

}  // namespace guildhall::settings
