#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::html {

// The words of one paragraph, heading or table cell on their way from HTML to Markdown.
//
// Reading and rendering what it writes gives the same words back: white space is HTML's (a run of
// it is one space, none at the ends), marks that enclose nothing are dropped, spaces at the edge of
// a mark go outside of it, and what Markdown would take for a mark is escaped.
class InlineText {
 public:
  enum Mark { kEmphasis, kStrong, kStrike };
  enum Place { kParagraph, kHeading, kCell };

  void Text(std::string_view text);
  void Code(std::string_view code);
  void Math(std::string_view tex);  // as TeX
  void Break();
  void Open(Mark mark);
  void Close();  // the innermost mark
  // Links do not nest: one within another is its words.
  void OpenLink(std::string address);
  void CloseLink();
  bool IsInLink() const { return links_ > 0; }

  // Nothing in it but white space.
  bool IsEmpty() const { return pieces_.empty(); }

  // A character that is seen.
  bool ShowsSomething() const;

  // As Markdown, in several lines only if it is a paragraph.
  std::string Write(Place place) const;

 private:
  friend class InlineWriter;

  enum Kind { kText, kCode, kMath, kBreak, kOpen, kClose, kOpenLink, kCloseLink };
  struct Piece {
    Kind kind;
    Mark mark;         // of kOpen and kClose
    std::string text;  // of kOpenLink the address
  };
  // A mark or link around this place. It waits while it encloses nothing.
  struct Around {
    Piece piece;
    enum State { kWaits, kWritten, kLeftOut } state;
  };

  void Append(Kind kind, std::string_view text);
  void Put(Kind kind, std::string_view text);
  void OpenWaiting(Around& around);
  void CloseLast(Kind kind);

  std::vector<Piece> pieces_;
  std::vector<Around> around_;  // the innermost last
  int pending_breaks_ = 0;
  bool pending_space_ = false;
  int links_ = 0;
};

}  // namespace guildhall::html
