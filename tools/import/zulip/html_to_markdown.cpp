#include "tools/import/zulip/html_to_markdown.h"

#include <libxml/HTMLparser.h>

#include <utility>

#include "libs/base/text.h"
#include "tools/import/zulip/element.h"
#include "tools/import/zulip/message.h"

namespace guildhall::zulip {
namespace {

constexpr std::string_view kNoWords = "*(no text)*";
constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                         HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_NODEFDTD;

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

// Whether nothing is left to see, whatever elements there are: code without a character, a list of
// nothing. A post that shows nothing would be refused.
bool ShowsNothing(const xmlNode* root) {
  const auto is_seen = [](const xmlNode* element) {
    return Name(element) == "img" || Name(element) == "hr";
  };
  return IsBlank(TextOf(root)) && FindElement(root, is_seen) == nullptr;
}

}  // namespace

// One context for all messages: making one costs more than parsing most of them.
struct HtmlToMarkdown::Parser {
  ~Parser() { htmlFreeParserCtxt(context); }
  htmlParserCtxt* context = htmlNewParserCtxt();
};

HtmlToMarkdown::HtmlToMarkdown(std::string site)
    : site_(std::move(site)), parser_(std::make_unique<Parser>()) {
  while (site_.ends_with('/')) site_.pop_back();
}

HtmlToMarkdown::HtmlToMarkdown(HtmlToMarkdown&&) noexcept = default;
HtmlToMarkdown& HtmlToMarkdown::operator=(HtmlToMarkdown&&) noexcept = default;
HtmlToMarkdown::~HtmlToMarkdown() = default;

std::string HtmlToMarkdown::Convert(std::string_view html) {
  const std::unique_ptr<xmlDoc, FreeDocument> document(htmlCtxtReadMemory(
      parser_->context, html.data(), static_cast<int>(html.size()), nullptr, "UTF-8", kOptions));
  const xmlNode* const root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr || ShowsNothing(root)) return std::string(kNoWords);
  std::string markdown = Stack(Message(site_).Flow(root));
  return markdown.empty() ? std::string(kNoWords) : markdown;
}

}  // namespace guildhall::zulip
