#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

// What reading by libarchive has in common. For the sources of this folder.

namespace guildhall::importing::internal {

inline constexpr std::size_t kBlockBytes = 64 << 10;

struct FreeArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using ArchivePtr = std::unique_ptr<archive, FreeArchive>;

// What people pack with. Of all that libarchive knows, some forms run a program by its name (lrzip,
// lzop, grzip), some are read by code that few look at, and nothing at all is one.
inline void KnowFilters(archive* reader) {
  archive_read_support_filter_bzip2(reader);
  archive_read_support_filter_gzip(reader);
  archive_read_support_filter_xz(reader);
  archive_read_support_filter_zstd(reader);
}

inline void KnowFormats(archive* reader) {
  archive_read_support_format_tar(reader);
  archive_read_support_format_zip(reader);
}

// A link may lead to any file of the machine, and in an archive to none.
inline absl::Status IsLink(const std::string& path) {
  return absl::InvalidArgumentError(
      absl::StrCat(path, " is a link, and links are not followed: put the file itself there"));
}

// Fails with: INVALID_ARGUMENT.
inline absl::Status RequireFile(const std::string& path, archive_entry* entry) {
  const bool is_link =
      archive_entry_filetype(entry) == AE_IFLNK || archive_entry_hardlink(entry) != nullptr;
  return is_link ? IsLink(path) : absl::OkStatus();
}

inline absl::Status Damaged(const std::string& path, archive* reader) {
  const char* const why = archive_error_string(reader);
  return absl::InvalidArgumentError(
      absl::StrCat(path, " is damaged: ", why == nullptr ? "unknown cause" : why));
}

}  // namespace guildhall::importing::internal
