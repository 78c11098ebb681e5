#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/bytes.h"

namespace guildhall::importing {

// Which files are read, by their paths inside the archive.
using Wanted = std::function<bool(std::string_view path)>;

// Those whose names end so: ".json".
inline Wanted EndsIn(std::string ending) {
  return [ending = std::move(ending)](std::string_view path) { return path.ends_with(ending); };
}

// The largest file that is read as a whole; topics of an eight-year-old community reach 3 MB.
inline constexpr Bytes kMaxFile = MiB(64);

// Files of an archive, one after the other, each in memory and never on the disk.
class ArchiveFiles {
 public:
  struct File {
    std::string path;  // inside the archive
    std::string bytes;
  };

  virtual ~ArchiveFiles() = default;

  // The next file that is wanted, or nothing at the end. A packed archive gives them as they are
  // stored, a folder in order of their paths.
  //
  // Fails with: INVALID_ARGUMENT (damaged archive, a file over kMaxFile), UNAVAILABLE (disk).
  virtual absl::StatusOr<std::optional<File>> Next() = 0;

  // Opens a folder, a tar (packed by gzip, bzip2, xz or zstd, or not at all), or a zip.
  //
  // Fails with: NOT_FOUND, INVALID_ARGUMENT (no archive).
  static absl::StatusOr<std::unique_ptr<ArchiveFiles>> Open(const std::string& path, Wanted wanted);
};

// Where the files are that are wanted in a folder and those below it, in order of their paths.
// Fails with: UNAVAILABLE (disk), INVALID_ARGUMENT (one of them is a symbolic link).
absl::StatusOr<std::vector<std::string>> ListFolder(const std::string& root, const Wanted& wanted);

}  // namespace guildhall::importing
