#pragma once

#include <string_view>

namespace guildhall::discussions {

// Whether the parser (md4c 0.4.8) reads `markdown`, of at most 64 KiB, in about 10 ms.
//
// The parser is quadratic in four things that people do not write by the thousand: brackets in a
// paragraph of many lines, brackets in a text that defines references, tildes in a paragraph, and
// quote and list marks at the start of one line. This counts them outside of code fences, in one
// pass; it errs on the side of "no" only for texts near the limits below, which the figures in
// README.md put far beyond real ones.
bool IsCheapToParse(std::string_view markdown);

}  // namespace guildhall::discussions
