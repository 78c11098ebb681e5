#include "libs/telemetry/json_line.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"

namespace guildhall::telemetry {
namespace {

constexpr std::size_t kLongestText = 1024;

// The length of the UTF-8 sequence that starts `text`, 0 when there is none (RFC 3629: no
// surrogates, no over-long forms, nothing beyond U+10FFFF).
std::size_t SequenceLength(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = at(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((at(i) & 0xc0) != 0x80) return 0;
  }
  if (lead == 0xe0 && at(1) < 0xa0) return 0;
  if (lead == 0xed && at(1) > 0x9f) return 0;
  if (lead == 0xf0 && at(1) < 0x90) return 0;
  if (lead == 0xf4 && at(1) > 0x8f) return 0;
  return length;
}

}  // namespace

void JsonLine::Add(const Field& field) {
  const std::size_t before = text_.size();
  if (const auto* trace = std::get_if<TraceContext>(&field.value)) {
    Add({"trace_id", trace->TraceIdText()});
    Add({"span_id", trace->SpanIdText()});
    Add({"trace_flags", static_cast<int>(trace->flags)});
    return;
  }
  if (before > 1) text_ += ',';
  AddText(field.key);
  text_ += ':';
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    AddText(*text);
  } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
    absl::StrAppend(&text_, *number);
  } else if (const auto* real = std::get_if<double>(&field.value)) {
    absl::StrAppend(&text_, std::isfinite(*real) ? *real : 0.0);
  } else {
    text_ += std::get<bool>(field.value) ? "true" : "false";
  }
  constexpr std::size_t kClosing = 2;
  if (text_.size() > kLimit - kClosing) text_.resize(before);
}

std::string_view JsonLine::Finish() {
  text_ += "}\n";
  return text_;
}

void JsonLine::AddText(std::string_view text) {
  text_ += '"';
  for (std::size_t i = 0; i < text.size() && i < kLongestText;) {
    const std::size_t length = SequenceLength(text.substr(i));
    const auto c = static_cast<unsigned char>(text[i]);
    if (length == 0) {
      text_ += '?';
    } else if (c == '"' || c == '\\') {
      text_ += {'\\', static_cast<char>(c)};
    } else if (c < 0x20) {
      absl::StrAppend(&text_, "\\u00", absl::Hex(c, absl::kZeroPad2));
    } else {
      text_ += text.substr(i, length);
    }
    i += length == 0 ? 1 : length;
  }
  text_ += '"';
}

}  // namespace guildhall::telemetry
