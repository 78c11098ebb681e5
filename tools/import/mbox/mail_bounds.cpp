#include "tools/import/mbox/mail_bounds.h"

#include "absl/strings/ascii.h"
#include "libs/base/strings.h"

namespace guildhall::mbox {
namespace {

bool MayHaveParts(std::string_view header) {
  const std::string lower = absl::AsciiStrToLower(Absl(header));
  return lower.find("multipart/") != std::string::npos ||
         lower.find("message/") != std::string::npos;
}

}  // namespace

BoundedMail BoundMail(std::string_view bytes) {
  BoundedMail mail;
  mail.bytes.reserve(bytes.size());
  bool in_headers = true;
  std::size_t header_bytes = 0;
  bool has_parts = false;
  int part_lines = 0;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    std::string_view line = bytes.substr(0, end == std::string_view::npos ? end : end + 1);
    bytes.remove_prefix(line.size());
    if (line == "\n" || line == "\r\n") in_headers = false;
    has_parts = has_parts || (in_headers && MayHaveParts(line));
    if (has_parts && line.starts_with("--") && ++part_lines > kMostPartLines) {
      mail.cut = true;
      return mail;
    }
    if (in_headers) {
      const bool folded = line.starts_with(' ') || line.starts_with('\t');
      if (!folded) header_bytes = 0;
      if (header_bytes >= kMostHeaderBytes) continue;
      if (header_bytes + line.size() > kMostHeaderBytes) {
        mail.bytes.append(line.substr(0, kMostHeaderBytes - header_bytes)).append("\n");
        header_bytes = kMostHeaderBytes;
        continue;
      }
      header_bytes += line.size();
    }
    mail.bytes += line;
  }
  return mail;
}

}  // namespace guildhall::mbox
