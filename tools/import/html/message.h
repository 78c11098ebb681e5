#pragma once

#include <libxml/tree.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tools/import/archive/lost.h"
#include "tools/import/html/blocks.h"
#include "tools/import/html/inline_text.h"

namespace guildhall::html {

// One message on its way from HTML to Markdown.
class Message {
 public:
  // `site`: where relative links lead; empty: nowhere. `lost` gets what is not as it was.
  Message(const std::string& site, importing::Lost& lost) : site_(site), lost_(lost) {}

  // The blocks in `parent`; words between them are paragraphs.
  std::vector<Block> Flow(const xmlNode* parent) { return Flow(parent, 0); }

  // Whether anything was written that leaves something to see. Words may be lost on the way (those
  // of a table that stand in no cell), and elements of nothing are written.
  bool shows() const { return shows_; }

 private:
  std::string Write(const InlineText& words, InlineText::Place place);
  void AddParagraph(const InlineText& words, std::vector<Block>& blocks);
  void AddCode(const xmlNode* code, const std::string& language, std::vector<Block>& blocks);
  std::vector<Block> Flow(const xmlNode* parent, int depth);
  void AddBlock(const xmlNode* element, std::vector<Block>& blocks, int depth);
  void AddDivision(const xmlNode* element, std::vector<Block>& blocks, int depth);
  void AddPreview(const xmlNode* element, std::vector<Block>& blocks);
  void AddQuote(const xmlNode* element, std::vector<Block>& blocks, int depth);
  void AddHeading(const xmlNode* element, std::vector<Block>& blocks, int depth);
  void AddList(const xmlNode* list, std::vector<Block>& blocks, int depth);
  void AddTable(const xmlNode* table, std::vector<Block>& blocks, int depth);

  // In message_words.cpp.
  void AddWords(const xmlNode* node, InlineText& words, int depth);
  void AddWordsIn(const xmlNode* parent, InlineText& words, int depth);
  void AddSpan(const xmlNode* span, InlineText& words, int depth);
  void AddLink(const xmlNode* link, InlineText& words, int depth);
  void AddMention(const xmlNode* span, InlineText& words);
  // As a link if it may be one there, otherwise what `add_content` adds alone. Whether it is one.
  bool AddLinkTo(const std::string& address, InlineText& words,
                 const std::function<void()>& add_content);
  void LoseLink(const std::string& address);
  void AddPicture(const xmlNode* picture, InlineText& words);
  std::string Resolve(std::string address) const;

  const std::string& site_;
  std::set<std::string> linked_;  // addresses so far, as the message has them
  importing::Lost& lost_;
  bool shows_ = false;
};

}  // namespace guildhall::html
