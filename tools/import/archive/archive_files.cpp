#include "tools/import/archive/archive_files.h"

#include <archive_entry.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "tools/import/archive/packed.h"

namespace guildhall::importing {
namespace {

namespace fs = std::filesystem;

using internal::ArchivePtr;
using internal::Damaged;
using internal::kBlockBytes;

absl::Status TooLarge(const std::string& path) {
  return absl::InvalidArgumentError(
      absl::StrCat(path, " is larger than ", Count(kMaxFile), " bytes"));
}

class Folder : public ArchiveFiles {
 public:
  Folder(fs::path root, std::vector<std::string> files)
      : root_(std::move(root)), files_(std::move(files)) {}

  absl::StatusOr<std::optional<File>> Next() override {
    if (next_ == files_.size()) return std::optional<File>();
    const fs::path path = files_[next_++];
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
  std::vector<std::string> files_;
  std::size_t next_ = 0;
};

class Packed : public ArchiveFiles {
 public:
  Packed(std::string path, ArchivePtr reader, Wanted wanted)
      : path_(std::move(path)), reader_(std::move(reader)), wanted_(std::move(wanted)) {}

  absl::StatusOr<std::optional<File>> Next() override {
    archive_entry* entry = nullptr;
    for (;;) {
      const int result = archive_read_next_header(reader_.get(), &entry);
      if (result == ARCHIVE_EOF) return std::optional<File>();
      // A warning is about a name or attribute that this locale cannot spell.
      if (result != ARCHIVE_OK && result != ARCHIVE_WARN) return Damaged(path_, reader_.get());
      const char* const name = archive_entry_pathname(entry);
      if (name == nullptr || !wanted_(name)) continue;
      GUILDHALL_TRY(internal::RequireFile(name, entry));
      return Read(name);
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
      if (read < 0) return Damaged(path_, reader_.get());
      file.bytes.resize(done + static_cast<std::size_t>(read));
      if (read == 0) return std::optional<File>(std::move(file));
    }
  }

  std::string path_;
  ArchivePtr reader_;
  Wanted wanted_;
};

absl::StatusOr<std::unique_ptr<ArchiveFiles>> OpenPacked(const std::string& path, Wanted wanted) {
  ArchivePtr reader(archive_read_new());
  internal::KnowFilters(reader.get());
  internal::KnowFormats(reader.get());
  if (archive_read_open_filename(reader.get(), path.c_str(), kBlockBytes) != ARCHIVE_OK) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, " is no archive: ", archive_error_string(reader.get())));
  }
  return std::make_unique<Packed>(path, std::move(reader), std::move(wanted));
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ListFolder(const std::string& root, const Wanted& wanted) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(root, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code other;
    const std::string path = entry->path().string();
    if (!wanted(entry->path().lexically_relative(root).native())) continue;
    if (entry->is_symlink(other)) return internal::IsLink(path);
    if (entry->is_regular_file(other)) files.push_back(path);
  }
  if (error) {
    return absl::UnavailableError(absl::StrCat("cannot list ", root, ": ", error.message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

absl::StatusOr<std::unique_ptr<ArchiveFiles>> ArchiveFiles::Open(const std::string& path,
                                                                 Wanted wanted) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return absl::NotFoundError(absl::StrCat("there is no ", path));
  if (!fs::is_directory(status)) return OpenPacked(path, std::move(wanted));
  GUILDHALL_ASSIGN(std::vector<std::string> files, ListFolder(path, wanted));
  return std::make_unique<Folder>(path, std::move(files));
}

}  // namespace guildhall::importing
