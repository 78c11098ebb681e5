#include "tools/import/mbox/mbox_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "libs/base/status_macros.h"

namespace guildhall::mbox {
namespace {

constexpr std::string_view kPostmark = "From ";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "12:34"
bool HasTimeOfDay(std::string_view line) {
  for (std::size_t colon = line.find(':'); colon != std::string_view::npos;
       colon = line.find(':', colon + 1)) {
    if (colon >= 2 && colon + 2 < line.size() && IsDigit(line[colon - 1]) &&
        IsDigit(line[colon - 2]) && IsDigit(line[colon + 1]) && IsDigit(line[colon + 2])) {
      return true;
    }
  }
  return false;
}

// " 2020"
bool HasYear(std::string_view line) {
  for (std::size_t at = 0; at + 4 < line.size(); ++at) {
    const std::string_view year = line.substr(at);
    if ((year.starts_with(" 19") || year.starts_with(" 20")) && IsDigit(year[3]) &&
        IsDigit(year[4]) && (year.size() == 5 || year[5] == ' ')) {
      return true;
    }
  }
  return false;
}

bool IsPostmark(std::string_view line) {
  constexpr std::size_t kLongest = 1000;
  return line.starts_with(kPostmark) && line.size() <= kLongest && HasTimeOfDay(line) &&
         HasYear(line);
}

std::optional<absl::Time> TimeOf(std::string_view postmark) {
  constexpr std::array<std::string_view, 7> kDays = {" Mon ", " Tue ", " Wed ", " Thu ",
                                                     " Fri ", " Sat ", " Sun "};
  for (const std::string_view day : kDays) {
    const std::size_t at = postmark.rfind(day);
    if (at == std::string_view::npos) continue;
    const std::string date(postmark.substr(at + 1));
    for (const char* const form :
         {"%a %b %d %H:%M:%S %Y", "%a %b %d %H:%M:%S %z %Y", "%a %b %d %H:%M:%S %Y %z"}) {
      absl::Time time;
      std::string ignored;
      if (absl::ParseTime(form, date, absl::UTCTimeZone(), &time, &ignored) &&
          time >= absl::UnixEpoch()) {
        return time;
      }
    }
  }
  return std::nullopt;
}

// A mark is put before what would be taken for a postmark; with the marks of quotes before it (the
// form "mboxrd") or without.
std::string_view Unmarked(std::string_view line) {
  const std::size_t marks = std::min(line.find_first_not_of('>'), line.size());
  return marks > 0 && line.substr(marks).starts_with(kPostmark) ? line.substr(1) : line;
}

}  // namespace

absl::Status ForEachMail(importing::LineStream& lines,
                         const std::function<absl::Status(RawMail)>& take) {
  std::optional<RawMail> mail;
  bool after_blank = true;
  for (;;) {
    GUILDHALL_ASSIGN(const std::optional<std::string_view> next, lines.Next());
    if (!next) break;
    std::string_view line = *next;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (after_blank && IsPostmark(line)) {
      if (mail) GUILDHALL_TRY(take(*std::exchange(mail, std::nullopt)));
      mail.emplace().postmarked = TimeOf(line);
    } else if (!mail && !line.empty()) {
      return lines.Fault("begins no message: an mbox begins with \"From \"");
    } else if (mail && mail->bytes.size() + line.size() > Count(kMaxMessage)) {
      mail->cut = true;
    } else if (mail && !mail->cut) {
      mail->bytes.append(Unmarked(line)).append("\n");
    }
    after_blank = line.empty();
  }
  return mail ? take(*std::move(mail)) : absl::OkStatus();
}

}  // namespace guildhall::mbox
