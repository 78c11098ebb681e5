#include "services/discussions/domain/html_writer.h"

#include <optional>

#include "libs/base/bytes.h"
#include "services/discussions/domain/address.h"
#include "services/discussions/domain/block_tags.h"
#include "services/discussions/domain/html.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/markdown.h"
#include "services/discussions/domain/mention.h"

namespace guildhall::discussions {
namespace {

constexpr std::size_t kNowhere = std::string::npos;

// Deeper quotes and lists, and deeper emphasis, keep their text and lose their tags: the document
// stays far below the 512 levels at which browsers begin to flatten it.
constexpr int kMaxContainers = 32;
constexpr std::size_t kMaxSpans = 16;

// Twice what the busiest honest 64 KiB take: a table of one-letter cells.
constexpr std::size_t kMaxWork = 256 << 10;
// So many bytes cost the parser as much as one event.
constexpr std::size_t kBytesPerEvent = 8;

constexpr std::string_view kCodeTag = "<code>";
constexpr std::string_view kMathTag = "<code class=\"math\">";

bool IsContainer(MD_BLOCKTYPE type) {
  return type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL;
}

std::string_view TagOf(MD_SPANTYPE type) {
  switch (type) {
    case MD_SPAN_EM:
      return "em";
    case MD_SPAN_STRONG:
      return "strong";
    case MD_SPAN_DEL:
      return "del";
    default:
      return "code";
  }
}

std::string_view TaskMarkOf(const MD_BLOCK_LI_DETAIL& item) {
  if (!item.is_task) return "";
  return item.task_mark == ' ' ? "<span data-task=\"open\">☐</span> "
                               : "<span data-task=\"done\">☑</span> ";
}

std::string Decode(const MD_ATTRIBUTE& attribute) {
  std::string decoded;
  for (std::size_t i = 0; attribute.size > 0 && attribute.substr_offsets[i] < attribute.size; ++i) {
    const MD_OFFSET begin = attribute.substr_offsets[i];
    const std::string_view part(attribute.text + begin, attribute.substr_offsets[i + 1] - begin);
    if (attribute.substr_types[i] == MD_TEXT_ENTITY) {
      AppendReference(part, decoded);
    } else {
      decoded += part;
    }
  }
  return decoded;
}

}  // namespace

bool HtmlWriter::Spend(std::size_t bytes) {
  work_ += 1 + bytes / kBytesPerEvent;
  return work_ <= kMaxWork && html_.size() <= Count(kMaxRendered);
}

void HtmlWriter::FreshLine() {
  if (!html_.empty() && html_.back() != '\n') html_ += '\n';
}

bool HtmlWriter::IsWritten(MD_BLOCKTYPE type) const {
  if (type == MD_BLOCK_DOC || type == MD_BLOCK_HTML) return false;
  return containers_ <= kMaxContainers || !(IsContainer(type) || type == MD_BLOCK_LI);
}

// A box before the words of a task: a character, so that it is seen without a style sheet, read
// aloud and part of excerpts.
void HtmlWriter::WriteTaskMark() {
  html_ += task_mark_;
  task_mark_ = {};
}

bool HtmlWriter::EnterBlock(MD_BLOCKTYPE type, const void* detail) {
  if (type != MD_BLOCK_P) WriteTaskMark();
  if (IsContainer(type)) ++containers_;
  if (type == MD_BLOCK_TABLE) in_table_ = true;
  FreshLine();
  if (IsWritten(type)) html_ += OpeningTag(type, detail);
  if (type == MD_BLOCK_LI) task_mark_ = TaskMarkOf(*static_cast<const MD_BLOCK_LI_DETAIL*>(detail));
  return Spend(0);
}

bool HtmlWriter::LeaveBlock(MD_BLOCKTYPE type, const void* detail) {
  WriteTaskMark();
  while (!spans_.empty()) CloseSpan();
  if (IsContainer(type)) FreshLine();
  if (IsWritten(type)) html_ += ClosingTag(type, detail);
  if (IsContainer(type)) --containers_;
  if (type == MD_BLOCK_TABLE) in_table_ = false;
  return Spend(0);
}

bool HtmlWriter::EnterSpan(MD_SPANTYPE type, const void* detail) {
  WriteTaskMark();
  bool written = spans_.size() < kMaxSpans;
  std::size_t bytes = 0;
  if (type == MD_SPAN_A || type == MD_SPAN_IMG) {
    const MD_ATTRIBUTE& target = type == MD_SPAN_A
                                     ? static_cast<const MD_SPAN_A_DETAIL*>(detail)->href
                                     : static_cast<const MD_SPAN_IMG_DETAIL*>(detail)->src;
    written = EnterLink(target);
    bytes = target.size;
  } else if (type == MD_SPAN_CODE) {
    written = true;
    EnterCode();
  } else if (written) {
    html_.append("<").append(TagOf(type)) += ">";
  }
  spans_.push_back({type, written});
  ++open_[type];
  return Spend(bytes);
}

// The parser sometimes leaves spans that it did not enter (an image whose address overlaps a code
// span); what counts is what is open here.
bool HtmlWriter::LeaveSpan(MD_SPANTYPE type) {
  if (open_[type] > 0) {
    while (spans_.back().type != type) CloseSpan();
    CloseSpan();
  }
  return Spend(0);
}

void HtmlWriter::CloseSpan() {
  const auto [type, written] = spans_.back();
  spans_.pop_back();
  --open_[type];
  if (!written) return;
  if (type == MD_SPAN_A || type == MD_SPAN_IMG) {
    CloseLink();
  } else {
    html_.append("</").append(TagOf(type)) += ">";
  }
  if (type == MD_SPAN_CODE) math_end_ = math_begin_ == kNowhere ? kNowhere : html_.size();
}

// Links do not nest in HTML: of a linked image, or a link in an image's description, the outermost
// whose address is allowed is written.
bool HtmlWriter::EnterLink(const MD_ATTRIBUTE& target) {
  if (!link_address_.empty() || target.size > kMaxAddressBytes) return false;
  const std::string destination = Decode(target);
  if (std::optional<std::string> mentioned = MentionOf(destination)) {
    link_address_ = *std::move(mentioned);
    OpenName("data-mention", link_address_);
  } else if (std::optional<std::string> resource = LinkedResource(destination)) {
    link_address_ = *std::move(resource);
    OpenName("data-resource", link_address_);
  } else if (std::optional<std::string> address = AllowedAddress(destination)) {
    link_address_ = *std::move(address);
    OpenLink(link_address_);
  } else {
    return false;
  }
  link_words_ = html_.size();
  return true;
}

// A link without words shows its address: nobody could see or reach it otherwise.
void HtmlWriter::CloseLink() {
  if (html_.size() == link_words_) AppendHtmlText(link_address_, html_);
  html_ += is_name_ ? "</span>" : "</a>";
  link_address_.clear();
}

// Front ends put in what the name stands for, or lead there.
void HtmlWriter::OpenName(std::string_view attribute, std::string_view name) {
  html_.append("<span ").append(attribute).append("=\"").append(name) += "\">";
  is_name_ = true;
}

void HtmlWriter::OpenLink(std::string_view address) {
  is_name_ = false;
  html_ += "<a href=\"";
  AppendHtmlText(address, html_);
  html_ += "\" rel=\"nofollow ugc noopener\">";
}

void HtmlWriter::EnterCode() {
  math_begin_ = dollar_ == html_.size() ? dollar_ - 1 : kNowhere;
  html_ += kCodeTag;
}

bool HtmlWriter::SourceHas(char c, const char* at) const {
  return at >= source_.data() && at < source_.data() + source_.size() && *at == c;
}

bool HtmlWriter::ClosesMath(std::string_view words) const {
  return math_end_ == html_.size() && words.front() == '$' && SourceHas('`', words.data() - 1);
}

bool HtmlWriter::OpensMath(std::string_view words) const {
  if (!words.ends_with('$')) return false;
  const char* const dollar = words.data() + words.size() - 1;
  return SourceHas('`', dollar + 1) && !SourceHas('\\', dollar - 1);
}

bool HtmlWriter::Text(MD_TEXTTYPE type, std::string_view text) {
  WriteTaskMark();
  switch (type) {
    case MD_TEXT_NULLCHAR:
      AppendUtf8(0, html_);
      break;
    case MD_TEXT_BR:
      html_ += "<br>\n";
      break;
    case MD_TEXT_SOFTBR:
      html_ += '\n';
      break;
    case MD_TEXT_ENTITY: {
      std::string decoded;
      AppendReference(text, decoded);
      AppendHtmlText(decoded, html_);
      break;
    }
    case MD_TEXT_NORMAL:
      WriteWords(text);
      break;
    default:
      WriteCode(text);
  }
  return Spend(text.size());
}

// In a table the backslash before a bar belongs to the table (GitHub's dialect); the parser leaves
// it.
void HtmlWriter::WriteCode(std::string_view code) {
  for (std::size_t bar; in_table_ && (bar = code.find("\\|")) != std::string_view::npos;) {
    AppendHtmlText(code.substr(0, bar), html_);
    html_ += '|';
    code.remove_prefix(bar + 2);
  }
  AppendHtmlText(code, html_);
}

// Words outside of code: $`x`$ is a formula (the dollars go, the code span gets a class), bare
// addresses become links.
void HtmlWriter::WriteWords(std::string_view words) {
  if (words.empty()) return;
  if (ClosesMath(words)) {
    html_.replace(math_begin_, 1 + kCodeTag.size(), kMathTag);
    words.remove_prefix(1);
  }
  math_end_ = kNowhere;
  std::size_t done = 0;
  while (!IsInLink()) {
    const std::optional<BareAddress> found = FindBareAddress(words, done);
    if (!found) break;
    const std::optional<std::string> address = AllowedAddress(found->address);
    if (!address) break;
    AppendHtmlText(words.substr(done, found->begin - done), html_);
    OpenLink(*address);
    AppendHtmlText(words.substr(found->begin, found->end - found->begin), html_);
    html_ += "</a>";
    done = found->end;
  }
  AppendHtmlText(words.substr(done), html_);
  dollar_ = OpensMath(words.substr(done)) ? html_.size() : kNowhere;
}

}  // namespace guildhall::discussions
