#pragma once

#include <string>
#include <string_view>

#include "tools/import/archive/lost.h"

namespace guildhall::discourse {

// The words of one line, outside of code blocks, as Markdown; a line feed in it stands for <br>.
std::string InlineFromDiscourse(std::string_view line, importing::Lost& lost);

}  // namespace guildhall::discourse
