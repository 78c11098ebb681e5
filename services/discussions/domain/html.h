#pragma once

#include <string>
#include <string_view>

// The spelling of HTML: exactly what a browser writes when it serialises the same document, so that
// a sanitizer on the other side finds nothing to change.

namespace guildhall::discussions {

// Appends `text` with & < > and the no-break space as entities. Control characters become U+FFFD,
// except tab and line feed. The bidirectional embeddings, overrides and isolates (U+202A-202E,
// U+2066-2069) are left out: unclosed ones would reorder the text after the post. The marks of
// direction (U+200E, U+200F, U+061C) stay.
void AppendHtmlText(std::string_view text, std::string& out);

// Appends `code_point` as UTF-8, or U+FFFD for what no text may hold.
void AppendUtf8(char32_t code_point, std::string& out);

// Appends what a reference such as "&eacute;", "&#233;" or "&#xE9;" stands for. An unknown name is
// no reference and is appended as it stands (CommonMark 0.30 section 2.5).
void AppendReference(std::string_view reference, std::string& out);

}  // namespace guildhall::discussions
