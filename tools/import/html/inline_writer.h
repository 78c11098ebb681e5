#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tools/import/html/inline_text.h"

namespace guildhall::html {

// Spells an InlineText as Markdown.
class InlineWriter {
 public:
  InlineWriter(const InlineText& text, InlineText::Place place)
      : pieces_(text.pieces_), place_(place) {}

  std::string Write();

 private:
  using Piece = InlineText::Piece;

  // These write the piece at `i`, and those with it that are one in Markdown; `i` moves behind
  // them.
  void WritePiece(std::size_t& i);
  void WriteMarks(std::size_t& i);
  bool WriteAutolink(std::size_t& i);

  static bool IsMark(const Piece& piece);
  void WriteCode(std::string_view code);
  void WriteText(std::string_view text, std::size_t next_piece);
  std::size_t WriteListNumber(std::string_view text, std::size_t at);
  bool NeedsEscape(std::string_view text, std::size_t at, const Piece* next) const;
  bool NeedsEscapeAtLineStart(std::string_view text, std::size_t at, const Piece* next) const;

  const std::vector<Piece>& pieces_;
  const InlineText::Place place_;
  std::string out_;
  std::size_t line_ = 0;  // where the line begins
  bool in_link_ = false;
  bool behind_mark_ = false;  // the text that is written
  std::string address_;       // of the link around this place
};

}  // namespace guildhall::html
