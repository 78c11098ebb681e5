#include "services/discussions/domain/markdown.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "libs/base/check.h"
#include "libs/base/text.h"
#include "libs/testing/fuzz/target.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/mention.h"
#include "services/discussions/domain/quote.h"

namespace guildhall::discussions {
namespace {

// Reads HTML by the closed list of README.md and by nothing else; it was not written by looking at
// the writer.
class ListedHtml {
 public:
  explicit ListedHtml(std::string_view html) : rest_(html) {}

  void Check() {
    while (!rest_.empty()) {
      if (rest_.front() == '<') {
        TakeTag();
      } else {
        TakeText();
      }
    }
    GUILDHALL_CHECK(open_.empty());
  }

 private:
  static bool Among(std::string_view name, auto... names) { return ((name == names) || ...); }

  static bool IsNumber(std::string_view value) {
    return !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
  }

  static bool IsLanguage(std::string_view value) {
    constexpr std::string_view kPrefix = "language-";
    if (!value.starts_with(kPrefix)) return false;
    value.remove_prefix(kPrefix.size());
    constexpr std::string_view kMay = "abcdefghijklmnopqrstuvwxyz0123456789+#-";
    return !value.empty() && value.size() <= 32 &&
           value.find_first_not_of(kMay) == std::string_view::npos;
  }

  static bool IsName(std::string_view value, auto... collections) {
    return std::ranges::none_of(value, [](char c) { return c == '"' || c == '<' || c == '&'; }) &&
           (value.starts_with(collections) || ...);
  }

  static bool IsAddress(std::string_view value) {
    const auto is_plain = [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != '<'; };
    std::string scheme(value.substr(0, 8));
    std::ranges::transform(scheme, scheme.begin(), [](char c) { return c | 0x20; });
    return std::ranges::all_of(value, is_plain) &&
           (scheme.starts_with("http://") || scheme == "https://" || scheme.starts_with("mailto:"));
  }

  static bool MayHave(std::string_view tag, std::string_view name, std::string_view value) {
    if (tag == "ol") return name == "start" && IsNumber(value);
    if (tag == "code") return name == "class" && (value == "math" || IsLanguage(value));
    if (Among(tag, "th", "td")) return name == "align" && Among(value, "left", "center", "right");
    if (tag == "a" && name == "rel") return value == "nofollow ugc noopener";
    if (tag == "a") return name == "href" && IsAddress(value);
    if (tag != "span") return false;
    if (name == "data-mention") return IsName(value, "members/");
    if (name == "data-resource") return IsName(value, "topics/", "communities/");
    return name == "data-task" && Among(value, "open", "done");
  }

  static bool IsListed(std::string_view tag) {
    return Among(tag, "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "li", "hr", "br",
                 "em", "strong", "del", "pre", "table", "thead", "tbody", "tr", "ol", "code", "th",
                 "td", "span", "a");
  }

  std::string_view TakeUntil(char end) {
    const std::size_t at = rest_.find(end);
    GUILDHALL_CHECK(at != std::string_view::npos);
    const std::string_view taken = rest_.substr(0, at);
    rest_.remove_prefix(at + 1);
    return taken;
  }

  void TakeTag() {
    rest_.remove_prefix(1);
    // No attribute's value has a '>': the writer spells it as an entity.
    std::string_view inside = TakeUntil('>');
    if (inside.starts_with('/')) {
      GUILDHALL_CHECK(!open_.empty() && open_.back() == inside.substr(1));
      open_.pop_back();
      return;
    }
    const std::string_view tag = inside.substr(0, inside.find(' '));
    GUILDHALL_CHECK(IsListed(tag));
    inside.remove_prefix(tag.size());
    while (!inside.empty()) TakeAttribute(tag, inside);
    if (!Among(tag, "br", "hr")) open_.push_back(tag);
    GUILDHALL_CHECK(open_.size() <= 128);
  }

  static void TakeAttribute(std::string_view tag, std::string_view& inside) {
    const std::size_t equals = inside.find("=\"");
    GUILDHALL_CHECK(inside.front() == ' ' && equals != std::string_view::npos);
    const std::size_t end = inside.find('"', equals + 2);
    GUILDHALL_CHECK(end != std::string_view::npos);
    const std::string_view name = inside.substr(1, equals - 1);
    GUILDHALL_CHECK(MayHave(tag, name, inside.substr(equals + 2, end - equals - 2)));
    inside.remove_prefix(end + 1);
  }

  void TakeText() {
    const std::string_view text = rest_.substr(0, rest_.find('<'));
    rest_.remove_prefix(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      GUILDHALL_CHECK(c != '>' && c != 0x7f && (c >= 0x20 || c == '\n' || c == '\t'));
      if (c != '&') continue;
      const std::string_view reference = text.substr(i, text.find(';', i) - i);
      GUILDHALL_CHECK(Among(reference, "&amp", "&lt", "&gt", "&nbsp"));
    }
  }

  std::string_view rest_;
  std::vector<std::string_view> open_;
};

}  // namespace
}  // namespace guildhall::discussions

void guildhall::testing::TakeInput(std::string_view input) {
  using namespace discussions;
  if (!IsStorableUtf8(input)) return;
  const auto html = MarkdownToHtml(input);
  if (!html.ok()) return;
  GUILDHALL_CHECK(html->size() <= Count(kMaxRendered) && IsStorableUtf8(*html));
  ListedHtml(*html).Check();
  GUILDHALL_CHECK(IsStorableUtf8(HtmlToText(*html)));
  MentionsIn(*html);
  SaidIn(*html);
}
