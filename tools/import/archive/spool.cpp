#include "tools/import/archive/spool.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <limits>
#include <utility>

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"

namespace guildhall::importing {
namespace {

using Length = std::uint32_t;

absl::Status Failed(const char* doing) {
  return absl::UnavailableError(
      absl::StrCat("cannot ", doing, " the temporary file: ", std::strerror(errno)));
}

}  // namespace

absl::StatusOr<Spool> Spool::Create() {
  std::error_code error;
  std::string name = (std::filesystem::temp_directory_path(error) / "import-XXXXXX").string();
  const int descriptor = mkstemp(name.data());
  if (descriptor < 0) return Failed("make");
  unlink(name.c_str());
  std::FILE* const file = fdopen(descriptor, "w+b");
  if (file == nullptr) {
    close(descriptor);
    return Failed("open");
  }
  return Spool(file);
}

absl::Status Spool::Add(std::size_t group, const Record& record) {
  std::string bytes;
  for (const std::string& field : record) {
    GUILDHALL_CHECK(field.size() < std::numeric_limits<Length>::max() / 2);
    const auto length = static_cast<Length>(field.size());
    bytes.append(reinterpret_cast<const char*>(&length), sizeof(length));
    bytes += field;
  }
  GUILDHALL_CHECK(bytes.size() <= std::numeric_limits<Length>::max());
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) {
    return Failed("write");
  }
  if (group >= groups_.size()) groups_.resize(group + 1);
  groups_[group].push_back({end_, static_cast<Length>(bytes.size())});
  end_ += bytes.size();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Spool::Record>> Spool::Read(std::size_t group) {
  if (std::fflush(file_.get()) != 0) return Failed("write");
  std::vector<Record> records;
  for (const Place& place : groups_[group]) {
    GUILDHALL_ASSIGN(const std::string bytes, ReadAt(place));
    Record& record = records.emplace_back();
    for (std::size_t at = 0; at < bytes.size();) {
      Length length = 0;
      std::memcpy(&length, bytes.data() + at, sizeof(length));
      record.push_back(bytes.substr(at + sizeof(length), length));
      at += sizeof(length) + length;
    }
  }
  return records;
}

absl::StatusOr<std::string> Spool::ReadAt(const Place& place) {
  std::string bytes(place.bytes, '\0');
  for (std::size_t done = 0; done < bytes.size();) {
    const auto read = pread(fileno(file_.get()), bytes.data() + done, bytes.size() - done,
                            static_cast<off_t>(place.offset + done));
    if (read <= 0) return Failed("read");
    done += static_cast<std::size_t>(read);
  }
  return bytes;
}

}  // namespace guildhall::importing
