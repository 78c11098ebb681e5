#include "tools/import/html/inline_text.h"

#include <algorithm>

#include "libs/base/text.h"
#include "tools/import/html/inline_writer.h"

namespace guildhall::html {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00A0";

// Words that TeX and code must keep on one line.
std::string OnOneLine(std::string_view text) {
  std::string line(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

std::string_view Trim(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\n"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\n") + 1 - begin);
}

}  // namespace

bool InlineText::ShowsSomething() const {
  return std::ranges::any_of(
      pieces_, [](const Piece& piece) { return piece.kind != kOpenLink && !IsBlank(piece.text); });
}

// Adds to the last piece where that means the same: two code spans side by side would end each
// other, and text is escaped as a whole.
void InlineText::Append(Kind kind, std::string_view text) {
  if (!pieces_.empty() && pieces_.back().kind == kind && (kind == kText || kind == kCode)) {
    pieces_.back().text += text;
  } else {
    pieces_.push_back({kind, {}, std::string(text)});
  }
}

// White space and marks wait until something follows that they separate or enclose.
void InlineText::Put(Kind kind, std::string_view text) {
  for (; pending_breaks_ > 0; --pending_breaks_) {
    if (!pieces_.empty()) Append(kBreak, {});
    pending_space_ = false;
  }
  if (pending_space_ && !pieces_.empty()) Append(kText, " ");
  pending_space_ = false;
  for (Around& around : around_) {
    if (around.state == Around::kWaits) OpenWaiting(around);
  }
  Append(kind, text);
}

// A mark right behind the same mark goes on with it. Emphasis right behind the other strength of
// emphasis is left out: Markdown cannot tell where one ends.
void InlineText::OpenWaiting(Around& around) {
  const bool behind_mark =
      !pieces_.empty() && pieces_.back().kind == kClose && around.piece.kind == kOpen;
  const bool same = behind_mark && pieces_.back().mark == around.piece.mark;
  const bool confusable =
      behind_mark && pieces_.back().mark != kStrike && around.piece.mark != kStrike;
  around.state = !same && confusable ? Around::kLeftOut : Around::kWritten;
  if (same) {
    pieces_.pop_back();
  } else if (!confusable) {
    pieces_.push_back(around.piece);
  }
}

void InlineText::Text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t space = std::min(text.find_first_of(" \t\n\r\f\xC2"), text.size());
    if (space > 0) Put(kText, text.substr(0, space));
    text.remove_prefix(space);
    if (text.starts_with(kNoBreakSpace)) {
      pending_space_ = true;
      text.remove_prefix(kNoBreakSpace.size());
    } else if (text.starts_with('\xC2')) {
      Put(kText, text.substr(0, 2));
      text.remove_prefix(std::min<std::size_t>(text.size(), 2));
    } else if (!text.empty()) {
      pending_space_ = true;
      text.remove_prefix(1);
    }
  }
}

void InlineText::Code(std::string_view code) {
  if (Trim(code).empty()) {
    pending_space_ |= !code.empty();
  } else {
    Put(kCode, OnOneLine(code));
  }
}

void InlineText::Math(std::string_view tex) {
  if (!Trim(tex).empty()) Put(kMath, OnOneLine(Trim(tex)));
}

void InlineText::Break() { ++pending_breaks_; }

void InlineText::Open(Mark mark) { around_.push_back({{kOpen, mark, {}}, Around::kWaits}); }

void InlineText::OpenLink(std::string address) {
  if (links_++ == 0) around_.push_back({{kOpenLink, {}, std::move(address)}, Around::kWaits});
}

void InlineText::CloseLast(Kind kind) {
  if (around_.back().state == Around::kWritten) {
    pieces_.push_back({kind, around_.back().piece.mark, {}});
  }
  around_.pop_back();
}

void InlineText::Close() { CloseLast(kClose); }

void InlineText::CloseLink() {
  if (--links_ == 0) CloseLast(kCloseLink);
}

std::string InlineText::Write(Place place) const { return InlineWriter(*this, place).Write(); }

}  // namespace guildhall::html
