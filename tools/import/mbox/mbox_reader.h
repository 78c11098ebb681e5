#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/bytes.h"
#include "tools/import/archive/line_stream.h"

namespace guildhall::mbox {

// What is kept of a message; lists refuse larger ones long before.
inline constexpr Bytes kMaxMessage = MiB(8);

// A message between two postmarks ("From ada@example.org Mon Jan  6 12:00:00 2020").
struct RawMail {
  std::string bytes;                     // without its postmark; "From " at a line's start is back
  std::optional<absl::Time> postmarked;  // if the postmark tells, in UTC unless it names a zone
  bool cut = false;                      // whether it is longer than kMaxMessage
};

// Gives the messages of an mbox one after the other; `take` may end it.
//
// A postmark is a line that begins with "From ", tells a time of day, and is the first or follows
// an empty one: what writers forgot to mark within a text is mostly told apart so. Fails with:
// INVALID_ARGUMENT (the first line is no postmark; damaged), UNAVAILABLE (disk).
absl::Status ForEachMail(importing::LineStream& lines,
                         const std::function<absl::Status(RawMail)>& take);

}  // namespace guildhall::mbox
