#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/base/ids.h"

namespace guildhall::discussions {

// What posts quote of other posts in their topic. A quote names its source and repeats what readers
// see there, so nobody is made to say what it did not. It does not tell what stood around it: who
// wonders goes to the source.
//
// It stays as it is when its source is edited later, like the source's own history, and goes with
// the source.

// A passage of another post.
struct Quote {
  // The source, its number and its author.
  PostId post;
  int post_number = 0;
  MemberId author;
  // In the form of PassageFrom.
  std::string text;

  bool operator==(const Quote&) const = default;
};

// A passage in the form in which it is kept and compared: Normalization Form C, without blanks at
// its ends, and one blank for each run of blanks and line breaks, which no browser copies as it
// showed them. Cost: linear. Fails with: FIELD_INVALID on `field` (blank, not UTF-8, or longer than
// kMaxQuoteLength).
absl::StatusOr<std::string> PassageFrom(std::string_view field, std::string_view text);

// What readers see of a post, in the same form. `html` is what MarkdownToHtml wrote, nothing else.
std::string SaidIn(std::string_view html);

// OK when a post says this, both in that form. Fails with: QUOTE_NOT_SAID on `field`.
absl::Status CheckSaid(std::string_view field, std::string_view passage, std::string_view said);

}  // namespace guildhall::discussions
