#include "services/identity/workers/letter_box.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "services/identity/workers/private_file.h"

namespace guildhall::identity {

absl::Status FolderLetterBox::Put(const Letter& letter) {
  const std::string text =
      absl::StrCat("Date: ", absl::FormatTime(absl::RFC1123_full, letter.time, absl::UTCTimeZone()),
                   "\r\nFrom: ", sender_, "\r\nTo: ", letter.to, "\r\nSubject: ", letter.subject,
                   "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n",
                   "Content-Transfer-Encoding: 8bit\r\n\r\n",
                   absl::StrReplaceAll(letter.text, {{"\n", "\r\n"}}));
  const std::string name = absl::StrCat(folder_, "/", letter.id, ".eml");
  return PutPrivateFile(name, text);
}

}  // namespace guildhall::identity
