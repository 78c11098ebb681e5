#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "libs/base/check.h"

namespace guildhall::importing {

// A small archive in a folder of its own, deleted at the end of the test.
class ArchiveFixture {
 public:
  using Files = std::vector<std::pair<std::string, std::string>>;  // paths and contents

  explicit ArchiveFixture(Files files) : files_(std::move(files)) {
    std::string name = (std::filesystem::temp_directory_path() / "archive-XXXXXX").string();
    GUILDHALL_CHECK(mkdtemp(name.data()) != nullptr);
    folder_ = name;
  }
  ~ArchiveFixture() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  ArchiveFixture(const ArchiveFixture&) = delete;
  ArchiveFixture& operator=(const ArchiveFixture&) = delete;

  // The files as a folder.
  std::string Folder() const {
    const std::filesystem::path root = folder_ / "unpacked";
    for (const auto& [path, bytes] : files_) {
      std::filesystem::create_directories((root / path).parent_path());
      std::ofstream(root / path, std::ios::binary) << bytes;
    }
    return root.string();
  }

  enum Link { kSymbolic, kHard };

  // A tar that holds one link and nothing else.
  std::string PackedLink(const std::string& path, const std::string& target, Link kind) const {
    const std::string name = (folder_ / "link.tar").string();
    archive* const out = archive_write_new();
    archive_write_set_format_pax_restricted(out);
    GUILDHALL_CHECK(archive_write_open_filename(out, name.c_str()) == ARCHIVE_OK);
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname(entry, path.c_str());
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_filetype(entry, kind == kSymbolic ? AE_IFLNK : AE_IFREG);
    if (kind == kSymbolic) archive_entry_set_symlink(entry, target.c_str());
    if (kind == kHard) archive_entry_set_hardlink(entry, target.c_str());
    GUILDHALL_CHECK(archive_write_header(out, entry) >= ARCHIVE_WARN);
    archive_entry_free(entry);
    archive_write_close(out);
    archive_write_free(out);
    return name;
  }

  // The files as a tar.xz, in the order given.
  std::string Packed() const {
    const std::string name = (folder_ / "archive.tar.xz").string();
    archive* const out = archive_write_new();
    archive_write_add_filter_xz(out);
    archive_write_set_format_pax_restricted(out);
    GUILDHALL_CHECK(archive_write_open_filename(out, name.c_str()) == ARCHIVE_OK);
    for (const auto& [path, bytes] : files_) {
      archive_entry* const entry = archive_entry_new();
      archive_entry_set_pathname(entry, path.c_str());
      archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
      archive_entry_set_filetype(entry, AE_IFREG);
      archive_entry_set_perm(entry, 0644);
      GUILDHALL_CHECK(archive_write_header(out, entry) >= ARCHIVE_WARN);
      archive_write_data(out, bytes.data(), bytes.size());
      archive_entry_free(entry);
    }
    GUILDHALL_CHECK(archive_write_free(out) == ARCHIVE_OK);
    return name;
  }

 private:
  Files files_;
  std::filesystem::path folder_;
};

// `bytes` as gzip writes them.
inline std::string Gzip(const std::string& bytes) {
  std::string packed(bytes.size() + 1024, '\0');
  std::size_t size = 0;
  archive* const out = archive_write_new();
  archive_write_add_filter_gzip(out);
  archive_write_set_format_raw(out);
  archive_write_set_bytes_per_block(out, 0);
  GUILDHALL_CHECK(archive_write_open_memory(out, packed.data(), packed.size(), &size) ==
                  ARCHIVE_OK);
  archive_entry* const entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  GUILDHALL_CHECK(archive_write_header(out, entry) == ARCHIVE_OK);
  archive_write_data(out, bytes.data(), bytes.size());
  archive_entry_free(entry);
  GUILDHALL_CHECK(archive_write_free(out) == ARCHIVE_OK);
  packed.resize(size);
  return packed;
}

}  // namespace guildhall::importing
