#include "tools/import/source/redirects.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"

namespace guildhall::importing {
namespace {

bool IsPlain(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::optional<Redirect> Parse(std::string_view line) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return std::nullopt;
  const std::string_view address = line.substr(0, tab), name = line.substr(tab + 1);
  const bool known = name.starts_with("communities/") || name.starts_with("topics/");
  if (!IsPlain(address) || !IsPlain(name) || !known) return std::nullopt;
  return Redirect{std::string(address), std::string(name)};
}

absl::Status Fault(const std::string& path, std::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("redirects: ", path, " ", Absl(what), "."));
}

}  // namespace

absl::StatusOr<std::vector<Redirect>> Redirects::Read(const std::string& path) {
  std::vector<Redirect> lines;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return lines;
  if (!std::filesystem::is_regular_file(path, error)) return Fault(path, "is no file");
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line);) {
    std::optional<Redirect> redirect = Parse(line);
    if (!redirect) {
      return Fault(path, absl::StrCat("is there, and its line ", lines.size() + 1,
                                      " is no redirect: it is not written over"));
    }
    lines.push_back(*std::move(redirect));
  }
  if (!file.eof()) return Fault(path, "cannot be read");
  return lines;
}

void Redirects::Add(std::string_view address, std::string_view name) {
  if (IsPlain(address)) lines_.push_back({std::string(address), std::string(name)});
}

void Redirects::AddGone(std::string_view address, std::string_view name) {
  gone_.emplace(address);
  gone_.emplace(name);
}

void Redirects::AddMissing(std::string_view address, std::string_view name) {
  missing_.emplace(address);
  missing_.emplace(name);
}

std::vector<Redirect> Redirects::Join(const std::vector<Redirect>& earlier) {
  absl::flat_hash_set<std::string_view> stands;  // addresses and names
  for (const Redirect& line : lines_) {
    stands.insert(line.address);
    stands.insert(line.name);
  }
  const auto among = [](const auto& set, const Redirect& line) {
    return set.contains(line.address) || set.contains(line.name);
  };
  std::vector<Redirect> kept, withdrawn;
  for (const Redirect& line : earlier) {
    if (stands.contains(line.address) || among(gone_, line)) continue;
    kept.push_back(line);
    if (!stands.contains(line.name) && !among(missing_, line)) withdrawn.push_back(line);
  }
  stands.clear();
  lines_.insert(lines_.end(), kept.begin(), kept.end());
  return withdrawn;
}

std::string Redirects::ToText() {
  std::stable_sort(lines_.begin(), lines_.end(),
                   [](const Redirect& a, const Redirect& b) { return a.address < b.address; });
  const auto same = [](const Redirect& a, const Redirect& b) { return a.address == b.address; };
  lines_.erase(std::unique(lines_.begin(), lines_.end(), same), lines_.end());
  std::string text;
  for (const Redirect& line : lines_) absl::StrAppend(&text, line.address, "\t", line.name, "\n");
  return text;
}

absl::Status Redirects::Write(const std::string& path) {
  const std::string made = path + ".new";
  std::ofstream file(made, std::ios::binary);
  const bool written = static_cast<bool>((file << ToText()).flush());
  std::error_code error;
  if (written) std::filesystem::rename(made, path, error);
  if (written && !error) return absl::OkStatus();
  return Fault(path, "cannot be written");
}

}  // namespace guildhall::importing
