#include "tools/import/source/redirects.h"

#include <algorithm>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"

namespace guildhall::importing {
namespace {

std::string_view AddressOf(std::string_view line) { return line.substr(0, line.find('\t')); }

}  // namespace

void Redirects::Add(std::string_view address, std::string_view name) {
  const bool plain = std::none_of(address.begin(), address.end(),
                                  [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (address.empty() || !plain) return;
  lines_.push_back(absl::StrCat(Absl(address), "\t", Absl(name)));
}

std::string Redirects::ToText() {
  const auto before = [](std::string_view a, std::string_view b) {
    return AddressOf(a) < AddressOf(b);
  };
  std::stable_sort(lines_.begin(), lines_.end(), before);
  const auto same = [](std::string_view a, std::string_view b) {
    return AddressOf(a) == AddressOf(b);
  };
  lines_.erase(std::unique(lines_.begin(), lines_.end(), same), lines_.end());
  std::string text;
  for (const std::string& line : lines_) absl::StrAppend(&text, line, "\n");
  return text;
}

absl::Status Redirects::Write(const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  if ((file << ToText()).flush()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("redirects: ", path, " cannot be written."));
}

}  // namespace guildhall::importing
