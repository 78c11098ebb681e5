#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::demo {

// One heading of a Markdown file and what stands below it, up to the next heading.
struct Part {
  int level = 0;  // 1 to 3; deeper headings belong to the text
  int line = 0;   // of the heading, from 1 on
  std::string title;
  std::string text;  // without empty lines at its ends
};

// Cuts a file at its headings `#`, `##` and `###`. Lines inside a fence (```) are never headings,
// so code may hold comments. What stands before the first heading comes as a part of level 0.
std::vector<Part> CutAtHeadings(std::string_view file);

// The list of `- key: value` that a text begins with, or `+ key: value` where the text itself may
// begin with a list. An indented line continues the value above.
struct Facts {
  std::vector<std::pair<std::string, std::string>> values;  // in order of the file
  std::string rest;                                         // the text after the list

  // The value of the first `key`, removed so that unknown keys are left over; nothing if it is
  // absent.
  std::optional<std::string> Take(std::string_view key);
  // The values of every `key`, removed as well.
  std::vector<std::string> TakeAll(std::string_view key);
};
Facts TakeFacts(std::string_view text, std::string_view bullet = "- ");

// The entries of a value like "rye, long trains", trimmed; none for an empty value.
std::vector<std::string> SplitList(std::string_view value);

}  // namespace guildhall::demo
