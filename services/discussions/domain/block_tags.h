#pragma once

#include <md4c.h>

#include <string>
#include <string_view>

namespace guildhall::discussions {

// The tags of a block of the parser, from the closed list in README.md. `detail` is what the parser
// says of the block: its heading level, start, language or alignment.

// With its attributes and, where only blocks may follow, a line break.
std::string OpeningTag(MD_BLOCKTYPE type, const void* detail);

// With a line break. Empty for a block that HTML does not close.
std::string ClosingTag(MD_BLOCKTYPE type, const void* detail);

}  // namespace guildhall::discussions
