#include "services/discussions/domain/block_tags.h"

namespace guildhall::discussions {
namespace {

constexpr std::string_view kHeadings[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
constexpr std::size_t kMaxLanguageBytes = 32;

std::string_view NameOf(MD_BLOCKTYPE type, const void* detail) {
  switch (type) {
    case MD_BLOCK_QUOTE:
      return "blockquote";
    case MD_BLOCK_UL:
      return "ul";
    case MD_BLOCK_OL:
      return "ol";
    case MD_BLOCK_LI:
      return "li";
    case MD_BLOCK_HR:
      return "hr";
    case MD_BLOCK_H:
      return kHeadings[static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level - 1];
    case MD_BLOCK_CODE:
      return "pre";
    case MD_BLOCK_P:
      return "p";
    case MD_BLOCK_TABLE:
      return "table";
    case MD_BLOCK_THEAD:
      return "thead";
    case MD_BLOCK_TBODY:
      return "tbody";
    case MD_BLOCK_TR:
      return "tr";
    case MD_BLOCK_TH:
      return "th";
    case MD_BLOCK_TD:
      return "td";
    case MD_BLOCK_DOC:
    case MD_BLOCK_HTML:
      break;
  }
  return "";
}

// "C++" gives "c++"; empty for what may not be part of a class.
std::string LanguageOf(const MD_ATTRIBUTE& info) {
  std::string language(info.text, info.size);
  for (char& c : language) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789+#-";
  const bool allowed = language.size() <= kMaxLanguageBytes &&
                       language.find_first_not_of(kAllowed) == std::string::npos;
  return allowed ? language : std::string();
}

std::string_view AlignmentOf(const void* detail) {
  switch (static_cast<const MD_BLOCK_TD_DETAIL*>(detail)->align) {
    case MD_ALIGN_LEFT:
      return " align=\"left\"";
    case MD_ALIGN_CENTER:
      return " align=\"center\"";
    case MD_ALIGN_RIGHT:
      return " align=\"right\"";
    case MD_ALIGN_DEFAULT:
      break;
  }
  return "";
}

// What follows the name of an opening tag.
std::string RestOfTag(MD_BLOCKTYPE type, const void* detail) {
  switch (type) {
    case MD_BLOCK_OL: {
      const unsigned start = static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start;
      return start == 1 ? ">\n" : " start=\"" + std::to_string(start) + "\">\n";
    }
    case MD_BLOCK_CODE: {
      const auto language = LanguageOf(static_cast<const MD_BLOCK_CODE_DETAIL*>(detail)->lang);
      return language.empty() ? "><code>" : "><code class=\"language-" + language + "\">";
    }
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      return std::string(AlignmentOf(detail)) + ">";
    case MD_BLOCK_LI:
    case MD_BLOCK_H:
    case MD_BLOCK_P:
      return ">";
    default:
      return ">\n";
  }
}

}  // namespace

std::string OpeningTag(MD_BLOCKTYPE type, const void* detail) {
  return "<" + std::string(NameOf(type, detail)) + RestOfTag(type, detail);
}

std::string ClosingTag(MD_BLOCKTYPE type, const void* detail) {
  if (type == MD_BLOCK_HR) return "";
  const std::string tag = "</" + std::string(NameOf(type, detail)) + ">\n";
  return type == MD_BLOCK_CODE ? "</code>" + tag : tag;
}

}  // namespace guildhall::discussions
