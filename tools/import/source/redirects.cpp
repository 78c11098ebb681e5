#include "tools/import/source/redirects.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"

namespace guildhall::importing {
namespace {

namespace fs = std::filesystem;

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

// Of the thing itself: a post keeps it in whatever topic it stands.
std::string_view IdOf(std::string_view name) { return name.substr(name.rfind('/') + 1); }

bool IsBefore(const Redirect& a, const Redirect& b) { return a.address < b.address; }

// Whether the bytes of a file are on the disk.
bool IsSynced(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  return synced;
}

absl::Status Fault(const std::string& path, std::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("redirects: ", path, " ", Absl(what), "."));
}

}  // namespace

absl::StatusOr<std::vector<Redirect>> Redirects::Read(const std::string& path) {
  std::vector<Redirect> lines;
  std::error_code error;
  const fs::file_type type = fs::status(path, error).type();
  if (path.empty() || type == fs::file_type::not_found) return lines;
  if (type != fs::file_type::regular) return Fault(path, "is no file that can be read");
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

Redirects::Redirects(std::vector<Redirect> earlier) {
  earlier_.reserve(earlier.size());
  for (Redirect& redirect : earlier) earlier_.push_back({std::move(redirect)});
  std::sort(earlier_.begin(), earlier_.end(), [](const Earlier& a, const Earlier& b) {
    return std::tuple(IdOf(a.redirect.name), std::string_view(a.redirect.address)) <
           std::tuple(IdOf(b.redirect.name), std::string_view(b.redirect.address));
  });
}

void Redirects::Add(std::string_view address, std::string_view name) {
  if (IsPlain(address)) lines_.push_back({std::string(address), std::string(name)});
}

void Redirects::Hear(std::string_view name, Fate fate) {
  const std::string_view id = IdOf(name);
  auto at = std::lower_bound(
      earlier_.begin(), earlier_.end(), id,
      [](const Earlier& each, std::string_view of) { return IdOf(each.redirect.name) < of; });
  for (; at != earlier_.end() && IdOf(at->redirect.name) == id; ++at) {
    at->heard = true;
    at->gone = fate == Fate::kGone;
  }
}

std::vector<Redirect> Redirects::Withdrawn() const {
  std::vector<Redirect> withdrawn;
  for (const Earlier& each : earlier_) {
    const bool told = !withdrawn.empty() && IdOf(withdrawn.back().name) == IdOf(each.redirect.name);
    if (!each.heard && !told) withdrawn.push_back(each.redirect);
  }
  return withdrawn;
}

bool Redirects::IsOfAnother() const {
  return !earlier_.empty() && std::none_of(earlier_.begin(), earlier_.end(),
                                           [](const Earlier& each) { return each.heard; });
}

std::string Redirects::ToText() {
  for (Earlier& each : earlier_) {
    if (!each.gone) lines_.push_back(std::move(each.redirect));
  }
  earlier_.clear();
  // What stands now comes first of what has one address.
  std::stable_sort(lines_.begin(), lines_.end(), IsBefore);
  const auto same = [](const Redirect& a, const Redirect& b) { return a.address == b.address; };
  lines_.erase(std::unique(lines_.begin(), lines_.end(), same), lines_.end());
  std::string text;
  for (const Redirect& line : lines_) absl::StrAppend(&text, line.address, "\t", line.name, "\n");
  return text;
}

absl::Status Redirects::Write(const std::string& path) {
  std::error_code error;
  // Where a link leads, if it is one.
  const std::string target = fs::weakly_canonical(path, error).string();
  const std::string made = target + ".new";
  std::ofstream file(made, std::ios::binary);
  const bool written = !error && (file << ToText()).flush() && IsSynced(made);
  if (written) fs::rename(made, target, error);
  if (written && !error) return absl::OkStatus();
  return Fault(path, "cannot be written");
}

}  // namespace guildhall::importing
