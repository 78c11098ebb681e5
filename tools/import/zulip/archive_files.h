#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "libs/base/bytes.h"

namespace guildhall::zulip {

// The largest topic that is read; those of an eight-year-old community reach 3 MB.
inline constexpr Bytes kMaxFile = MiB(64);

// The JSON files of an archive, one after the other, each in memory and never on the disk.
class ArchiveFiles {
 public:
  struct File {
    std::string path;  // inside the archive
    std::string bytes;
  };

  virtual ~ArchiveFiles() = default;

  // The next file whose name ends in .json, or nothing at the end. A packed archive gives them as
  // they are stored, a folder in order of their paths.
  //
  // Fails with: INVALID_ARGUMENT (damaged archive, a file over kMaxFile), UNAVAILABLE (disk).
  virtual absl::StatusOr<std::optional<File>> Next() = 0;

  // Opens a folder, a tar (packed by gzip, bzip2, xz or zstd, or not at all), or a zip.
  //
  // Fails with: NOT_FOUND, INVALID_ARGUMENT (no archive).
  static absl::StatusOr<std::unique_ptr<ArchiveFiles>> Open(const std::string& path);
};

}  // namespace guildhall::zulip
