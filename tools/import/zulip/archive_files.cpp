#include "tools/import/zulip/archive_files.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include "absl/strings/str_cat.h"

namespace guildhall::zulip {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlockBytes = 64 << 10;

bool IsJson(std::string_view path) { return path.ends_with(".json"); }

absl::Status TooLarge(const std::string& path) {
  return absl::InvalidArgumentError(
      absl::StrCat(path, " is larger than ", Count(kMaxFile), " bytes"));
}

class Folder : public ArchiveFiles {
 public:
  Folder(fs::path root, std::vector<fs::path> files)
      : root_(std::move(root)), files_(std::move(files)) {}

  absl::StatusOr<std::optional<File>> Next() override {
    if (next_ == files_.size()) return std::optional<File>();
    const fs::path& path = files_[next_++];
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    if (!error && size > Count(kMaxFile)) return TooLarge(path.string());
    File file{fs::relative(path, root_, error).string(), {}};
    std::ifstream in(path, std::ios::binary);
    file.bytes.assign(std::istreambuf_iterator<char>(in), {});
    if (!in || error) return absl::UnavailableError(absl::StrCat("cannot read ", path.string()));
    return std::optional<File>(std::move(file));
  }

 private:
  fs::path root_;
  std::vector<fs::path> files_;
  std::size_t next_ = 0;
};

absl::StatusOr<std::unique_ptr<ArchiveFiles>> OpenFolder(const fs::path& root) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(root, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (IsJson(entry->path().native())) files.push_back(entry->path());
  }
  if (error) {
    return absl::UnavailableError(
        absl::StrCat("cannot list ", root.string(), ": ", error.message()));
  }
  std::sort(files.begin(), files.end());
  return std::make_unique<Folder>(root, std::move(files));
}

struct FreeArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using ArchivePtr = std::unique_ptr<archive, FreeArchive>;

class Packed : public ArchiveFiles {
 public:
  Packed(std::string path, ArchivePtr reader)
      : path_(std::move(path)), reader_(std::move(reader)) {}

  absl::StatusOr<std::optional<File>> Next() override {
    archive_entry* entry = nullptr;
    for (;;) {
      const int result = archive_read_next_header(reader_.get(), &entry);
      if (result == ARCHIVE_EOF) return std::optional<File>();
      // A warning is about a name or attribute that this locale cannot spell.
      if (result != ARCHIVE_OK && result != ARCHIVE_WARN) return Damaged();
      const char* const name = archive_entry_pathname(entry);
      if (name != nullptr && IsJson(name)) return Read(name);
    }
  }

 private:
  absl::StatusOr<std::optional<File>> Read(const char* name) {
    File file{name, {}};
    for (;;) {
      const std::size_t done = file.bytes.size();
      if (done > Count(kMaxFile)) return TooLarge(file.path);
      file.bytes.resize(done + kBlockBytes);
      const auto read = archive_read_data(reader_.get(), file.bytes.data() + done, kBlockBytes);
      if (read < 0) return Damaged();
      file.bytes.resize(done + static_cast<std::size_t>(read));
      if (read == 0) return std::optional<File>(std::move(file));
    }
  }

  absl::Status Damaged() const {
    const char* const why = archive_error_string(reader_.get());
    return absl::InvalidArgumentError(
        absl::StrCat(path_, " is damaged: ", why == nullptr ? "unknown cause" : why));
  }

  std::string path_;
  ArchivePtr reader_;
};

// What people pack archives with. Of all that libarchive knows, some forms run a program by its
// name (lrzip, lzop, grzip), some are read by code that few look at, and nothing at all is one.
void KnowForms(archive* reader) {
  archive_read_support_filter_bzip2(reader);
  archive_read_support_filter_gzip(reader);
  archive_read_support_filter_xz(reader);
  archive_read_support_filter_zstd(reader);
  archive_read_support_format_tar(reader);
  archive_read_support_format_zip(reader);
}

absl::StatusOr<std::unique_ptr<ArchiveFiles>> OpenPacked(const std::string& path) {
  ArchivePtr reader(archive_read_new());
  KnowForms(reader.get());
  if (archive_read_open_filename(reader.get(), path.c_str(), kBlockBytes) != ARCHIVE_OK) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is no archive: ", archive_error_string(reader.get())));
  }
  return std::make_unique<Packed>(path, std::move(reader));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ArchiveFiles>> ArchiveFiles::Open(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return absl::NotFoundError(absl::StrCat("there is no ", path));
  return fs::is_directory(status) ? OpenFolder(path) : OpenPacked(path);
}

}  // namespace guildhall::zulip
