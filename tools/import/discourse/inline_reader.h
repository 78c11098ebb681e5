#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/import/archive/lost.h"
#include "tools/import/discourse/bracket_tag.h"
#include "tools/import/discourse/code_spans.h"

namespace guildhall::discourse {

// One line of words on its way to Markdown (markup_inline.h).
class InlineReader {
 public:
  InlineReader(std::string_view line, importing::Lost& lost) : line_(line), lost_(lost) {}

  std::string Read();

 private:
  // Those that read give how many bytes they took; 0: the first one is a character like any other.
  std::size_t ReadAt(std::string_view rest);
  std::size_t Copy(std::size_t length);
  std::size_t ReadMention();
  std::size_t ReadTag(std::string_view rest);
  std::size_t ReadDate(const BracketTag& tag);
  std::size_t ReadElement(std::string_view rest);
  std::size_t ReadEmoji(std::string_view rest);

  // In inline_links.cpp.
  std::size_t ReadOpening(std::string_view rest);
  std::size_t ReadClosing(std::string_view rest);
  std::size_t ReadUpload(std::string_view rest);
  std::size_t ReadPicture(std::string_view rest);
  void LosePictureByReference(std::string_view rest);
  std::size_t ReadAutolink(std::string_view address, std::size_t scheme);
  void WriteFile(std::string_view label, std::string_view address, std::string_view behind);
  void WriteAnchor(std::string_view address);
  void WriteAnchorEnd();
  void WriteImage(std::string_view attributes);
  void LosePicture(std::string_view address);
  void LosePictures(std::string (*loss)(std::string_view address));

  std::string_view line_;
  importing::Lost& lost_;
  std::size_t at_ = 0;
  CodeSpans code_;
  std::string markdown_;
  std::string anchor_;  // the address of a link that is open as an element
  std::size_t open_brackets_ = 0;
  std::vector<std::string_view> pictures_;  // addresses of those that may yet be in a link
};

}  // namespace guildhall::discourse
