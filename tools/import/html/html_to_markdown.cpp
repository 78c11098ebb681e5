#include "tools/import/html/html_to_markdown.h"

#include <libxml/HTMLparser.h>

#include <utility>

#include "tools/import/html/message.h"

namespace guildhall::html {
namespace {

constexpr std::string_view kNoWords = "*(no text)*";
constexpr std::string_view kShowsNothing = "shows nothing";
constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                         HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_NODEFDTD;

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

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
  if (root == nullptr) {
    lost_.Add(std::string(kShowsNothing));
    return std::string(kNoWords);
  }
  Message message(site_, lost_);
  std::string markdown = Stack(message.Flow(root));
  // Whatever elements there are: a post that shows nothing would be refused.
  if (message.shows()) return markdown;
  lost_.Add(std::string(kShowsNothing));
  return std::string(kNoWords);
}

}  // namespace guildhall::html
