#include "services/identity/workers/letter_box.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"

namespace guildhall::identity {
namespace {

absl::Status Failed(const char* what) {
  return absl::UnavailableError(
      absl::StrCat("a letter could not be ", what, ": ", std::strerror(errno)));
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

absl::Status FolderLetterBox::Put(const Letter& letter) {
  const std::string text =
      absl::StrCat("Date: ", absl::FormatTime(absl::RFC1123_full, letter.time, absl::UTCTimeZone()),
                   "\r\nFrom: ", sender_, "\r\nTo: ", letter.to, "\r\nSubject: ", letter.subject,
                   "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n",
                   "Content-Transfer-Encoding: 8bit\r\n\r\n",
                   absl::StrReplaceAll(letter.text, {{"\n", "\r\n"}}));
  const std::string name = absl::StrCat(folder_, "/", letter.id, ".eml");
  const std::string unfinished = name + ".part";
  const int file = open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return Failed("opened");
  const auto close_file = absl::MakeCleanup([file] { close(file); });
  absl::Status status = WriteAll(file, text);
  if (status.ok() && rename(unfinished.c_str(), name.c_str()) != 0) status = Failed("put down");
  if (!status.ok()) {
    unlink(unfinished.c_str());
    return status;
  }
  return Keep(folder_);
}

}  // namespace guildhall::identity
