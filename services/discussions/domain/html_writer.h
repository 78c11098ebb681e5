#pragma once

#include <md4c.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::discussions {

// Writes the parser's events as HTML. One writer renders one text.
//
// Each event answers whether to go on: false once the output or the work is over its limit. (Work
// is counted because a small text can mean much of it: the parser fills short table rows with cells
// and repeats the addresses of references.)
class HtmlWriter {
 public:
  // `source` is what the parser reads; the events point into it.
  explicit HtmlWriter(std::string_view source) : source_(source) {}

  bool EnterBlock(MD_BLOCKTYPE type, const void* detail);
  bool LeaveBlock(MD_BLOCKTYPE type, const void* detail);
  bool EnterSpan(MD_SPANTYPE type, const void* detail);
  bool LeaveSpan(MD_SPANTYPE type);
  bool Text(MD_TEXTTYPE type, std::string_view text);

  std::string Take() { return std::move(html_); }

 private:
  struct Span {
    MD_SPANTYPE type;
    bool written;  // with its tags; otherwise only what is in it
  };

  bool Spend(std::size_t bytes);
  void FreshLine();
  bool IsWritten(MD_BLOCKTYPE type) const;
  void WriteTaskMark();
  bool EnterLink(const MD_ATTRIBUTE& target);
  void EnterCode();
  void CloseSpan();
  void CloseLink();
  void OpenName(std::string_view attribute, std::string_view name);
  void OpenLink(std::string_view address);
  bool IsInLink() const { return open_[MD_SPAN_A] + open_[MD_SPAN_IMG] > 0; }
  void WriteCode(std::string_view code);
  void WriteWords(std::string_view words);
  bool OpensMath(std::string_view words) const;
  bool ClosesMath(std::string_view words) const;
  bool SourceHas(char c, const char* at) const;

  std::string_view source_;
  std::string html_;
  std::size_t work_ = 0;
  bool in_table_ = false;
  // Of the list item that has just begun, until the mark is written before its first words.
  std::string_view task_mark_;
  int containers_ = 0;  // quotes and lists around this place, written or not
  // The spans around this place, and how many of each type.
  std::vector<Span> spans_;
  std::array<int, MD_SPAN_U + 1> open_{};
  // The address of the link around this place, or the name of what it mentions or leads to in the
  // house, and where its words begin; no address, no link.
  std::string link_address_;
  bool is_name_ = false;
  std::size_t link_words_ = 0;
  // $`math`: where the dollar stands that precedes a code span, and where that code span ends.
  std::size_t dollar_ = std::string::npos;
  std::size_t math_begin_ = std::string::npos;
  std::size_t math_end_ = std::string::npos;
};

}  // namespace guildhall::discussions
