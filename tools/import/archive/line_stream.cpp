#include "tools/import/archive/line_stream.h"

#include <archive_entry.h>

#include <array>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "tools/import/archive/packed.h"

namespace guildhall::importing {
namespace {

namespace fs = std::filesystem;
using internal::ArchivePtr;
using internal::Damaged;
using internal::kBlockBytes;
using Block = std::array<char, kBlockBytes>;

// The bytes of one entry of `outer`, by way of `inner` where they may be packed once more.
class Text : public LineStream {
 public:
  Text(std::string path, ArchivePtr outer) : LineStream(std::move(path)), outer_(std::move(outer)) {
    last_ = outer_.get();
  }

  absl::Status Unpack() {
    inner_.reset(archive_read_new());
    internal::KnowFilters(inner_.get());
    archive_read_support_format_raw(inner_.get());
    archive_entry* entry = nullptr;
    if (archive_read_open(inner_.get(), this, nullptr, Pull, nullptr) != ARCHIVE_OK) {
      return Damaged(path(), inner_.get());
    }
    const int result = archive_read_next_header(inner_.get(), &entry);
    if (result != ARCHIVE_OK && result != ARCHIVE_EOF) return Damaged(path(), inner_.get());
    last_ = inner_.get();
    return absl::OkStatus();
  }

 private:
  static la_ssize_t Pull(archive* inner, void* text, const void** block) {
    auto& self = *static_cast<Text*>(text);
    const auto read = archive_read_data(self.outer_.get(), self.packed_.data(), kBlockBytes);
    if (read < 0) archive_set_error(inner, 1, "%s", archive_error_string(self.outer_.get()));
    *block = self.packed_.data();
    return read;
  }

  absl::StatusOr<std::string_view> ReadBlock() override {
    const auto read = archive_read_data(last_, block_.data(), kBlockBytes);
    if (read < 0) return Damaged(path(), last_);
    return std::string_view(block_.data(), static_cast<std::size_t>(read));
  }

  ArchivePtr outer_, inner_;
  archive* last_;
  Block packed_, block_;
};

// A text as it is or packed, or the wanted file of an archive.
absl::StatusOr<std::unique_ptr<LineStream>> OpenFile(const std::string& path,
                                                     const Wanted& wanted) {
  ArchivePtr reader(archive_read_new());
  internal::KnowFilters(reader.get());
  internal::KnowFormats(reader.get());
  archive_read_support_format_raw(reader.get());
  if (archive_read_open_filename(reader.get(), path.c_str(), kBlockBytes) != ARCHIVE_OK) {
    return Damaged(path, reader.get());
  }
  for (;;) {
    archive_entry* entry = nullptr;
    const int result = archive_read_next_header(reader.get(), &entry);
    if (result == ARCHIVE_EOF) {
      return absl::InvalidArgumentError(absl::StrCat(path, " holds nothing to be read"));
    }
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) return Damaged(path, reader.get());
    if (archive_format(reader.get()) == ARCHIVE_FORMAT_RAW) {
      return std::make_unique<Text>(path, std::move(reader));
    }
    const char* const name = archive_entry_pathname(entry);
    if (name == nullptr || !wanted(name)) continue;
    GUILDHALL_TRY(internal::RequireFile(name, entry));
    auto text = std::make_unique<Text>(name, std::move(reader));
    GUILDHALL_TRY(text->Unpack());
    return text;
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<LineStream>> LineStream::Open(const std::string& path,
                                                             const Wanted& wanted) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return absl::NotFoundError(absl::StrCat("there is no ", path));
  if (!fs::is_directory(status)) return OpenFile(path, wanted);
  GUILDHALL_ASSIGN(const std::vector<std::string> files, ListFolder(path, wanted));
  if (files.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(path, " holds nothing to be read"));
  }
  return OpenFile(files.front(), wanted);
}

absl::StatusOr<std::optional<std::string_view>> LineStream::Next() {
  line_.clear();
  ++number_;
  for (;;) {
    if (block_.empty() && !at_end_) {
      GUILDHALL_ASSIGN(block_, ReadBlock());
      at_end_ = block_.empty();
    }
    if (block_.empty()) {
      if (line_.empty()) return std::optional<std::string_view>();
      return std::optional<std::string_view>(line_);
    }
    const std::size_t end = block_.find('\n');
    const std::string_view piece = block_.substr(0, end);
    if (line_.size() + piece.size() > Count(kMaxLine))
      return Fault(absl::StrCat("is longer than ", Count(kMaxLine), " bytes"));
    block_.remove_prefix(end == std::string_view::npos ? block_.size() : end + 1);
    if (line_.empty() && end != std::string_view::npos) {
      return std::optional<std::string_view>(piece);
    }
    line_ += piece;
    if (end != std::string_view::npos) return std::optional<std::string_view>(line_);
  }
}

absl::Status LineStream::Fault(std::string_view what) const {
  return absl::InvalidArgumentError(absl::StrCat(path_, ": line ", number_, " ", Absl(what)));
}

}  // namespace guildhall::importing
