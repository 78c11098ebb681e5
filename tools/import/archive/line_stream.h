#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/base/bytes.h"
#include "tools/import/archive/archive_files.h"

namespace guildhall::importing {

// The longest line: a post of a dump with what was made of it, several times over.
inline constexpr Bytes kMaxLine = MiB(16);

// The lines of a text of any size, of which no more than one and a block lie in memory.
class LineStream {
 public:
  // Opens a text as it is or packed by gzip, bzip2, xz or zstd; or the first file that is `wanted`
  // of a tar, a zip or a folder, which may be packed once more.
  //
  // Fails with: NOT_FOUND, INVALID_ARGUMENT (none of that, or nothing that is wanted), UNAVAILABLE.
  static absl::StatusOr<std::unique_ptr<LineStream>> Open(const std::string& path,
                                                          const Wanted& wanted);

  virtual ~LineStream() = default;

  // The next line without its line feed, or nothing at the end. Valid until the next call.
  // Fails with: INVALID_ARGUMENT (damaged, or a line over kMaxLine), which names the line.
  absl::StatusOr<std::optional<std::string_view>> Next();

  // What the lines are of, for messages.
  const std::string& path() const { return path_; }
  // Of the last line that Next gave, from 1 on.
  std::int64_t number() const { return number_; }

  // That the last line is wrong.
  absl::Status Fault(std::string_view what) const;

 protected:
  explicit LineStream(std::string path) : path_(std::move(path)) {}

 private:
  // The next block, valid until the next call; empty at the end.
  virtual absl::StatusOr<std::string_view> ReadBlock() = 0;

  std::string path_;
  std::string_view block_;  // what is left of it
  std::string line_;        // one that does not lie in one block
  std::int64_t number_ = 0;
  bool at_end_ = false;
};

}  // namespace guildhall::importing
