#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guildhall::discourse {

struct Markup {
  std::string markdown;
  std::vector<std::string> lost;  // a line each
};

// Turns the Markdown of a post, as its author wrote it, into Markdown that reads the same without
// Discourse: [quote] and [details] become quotes under a name, line breaks stay, [date] and [poll]
// become what they say, [b], <b> and their like marks, emoji themselves where they are known,
// uploads their names. Code stays as it is.
//
// `raw` is storable UTF-8; whatever it holds, this returns. Cost: linear.
Markup FromDiscourse(std::string_view raw);

}  // namespace guildhall::discourse
