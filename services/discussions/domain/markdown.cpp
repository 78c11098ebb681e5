#include "services/discussions/domain/markdown.h"

#include <md4c.h>

#include <cstddef>

#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/html_writer.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/parse_cost.h"

namespace guildhall::discussions {
namespace {

constexpr unsigned kDialect =
    MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS;

// The parser reads up to a byte beyond the end of some texts that do not end with a line break
// (valgrind); it gets one, and slack behind it.
constexpr std::size_t kPadding = 16;

std::string Padded(std::string_view markdown) {
  std::string source;
  source.reserve(markdown.size() + 1 + kPadding);
  return source.append(markdown).append("\n").append(kPadding, '\0');
}

HtmlWriter& WriterOf(void* data) { return *static_cast<HtmlWriter*>(data); }

// The parser goes on while its callbacks return 0.
constexpr MD_PARSER kParser = {
    .abi_version = 0,
    .flags = kDialect,
    .enter_block = [](MD_BLOCKTYPE type, void* detail, void* data) -> int {
      return !WriterOf(data).EnterBlock(type, detail);
    },
    .leave_block = [](MD_BLOCKTYPE type, void* detail, void* data) -> int {
      return !WriterOf(data).LeaveBlock(type, detail);
    },
    .enter_span = [](MD_SPANTYPE type, void* detail, void* data) -> int {
      return !WriterOf(data).EnterSpan(type, detail);
    },
    .leave_span = [](MD_SPANTYPE type, void*, void* data) -> int {
      return !WriterOf(data).LeaveSpan(type);
    },
    .text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* data) -> int {
      return !WriterOf(data).Text(type, {text, size});
    },
    .debug_log = nullptr,
    .syntax = nullptr,
};

absl::Status TooLarge() {
  return Refusal(reasons::kRenderedTooLarge, "The text renders to more than is kept.")
      .With("limit_bytes", std::to_string(Count(kMaxRendered)));
}

}  // namespace

absl::StatusOr<std::string> MarkdownToHtml(std::string_view markdown) {
  if (markdown.size() > Count(kMaxMarkdown) || !IsCheapToParse(markdown)) {
    return TooLarge();
  }
  const std::string source = Padded(markdown);
  const auto size = static_cast<MD_SIZE>(source.size() - kPadding);
  HtmlWriter writer(source);
  const int stopped = md_parse(source.data(), size, &kParser, &writer);
  std::string html = writer.Take();
  if (stopped != 0 || html.size() > Count(kMaxRendered)) return TooLarge();
  return html;
}

}  // namespace guildhall::discussions
