#include "services/identity/workers/private_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"

namespace guildhall::identity {
namespace {

absl::Status Failed(const char* what) {
  return absl::UnavailableError(
      absl::StrCat("a file could not be ", what, ": ", std::strerror(errno)));
}

absl::Status WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0) return Failed("written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(file) == 0 ? absl::OkStatus() : Failed("written");
}

// Has the names in a folder survive the machine's loss of power (POSIX: the file's own fsync does
// not).
absl::Status Keep(const std::string& path) {
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return Failed("kept");
  const auto close_folder = absl::MakeCleanup([folder] { close(folder); });
  return fsync(folder) == 0 ? absl::OkStatus() : Failed("kept");
}

}  // namespace

absl::Status PutPrivateFile(const std::string& path, std::string_view text) {
  // A name of its own, made by nobody else: for this process's user alone (POSIX, mkstemp).
  std::string unfinished = path + ".part.XXXXXX";
  const int file = mkostemp(unfinished.data(), O_CLOEXEC);
  if (file < 0) return Failed("opened");
  const auto close_file = absl::MakeCleanup([file] { close(file); });
  absl::Status status = WriteAll(file, text);
  if (status.ok() && rename(unfinished.c_str(), path.c_str()) != 0) status = Failed("put down");
  if (!status.ok()) {
    unlink(unfinished.c_str());
    return status;
  }
  return Keep(std::filesystem::path(path).parent_path());
}

}  // namespace guildhall::identity
