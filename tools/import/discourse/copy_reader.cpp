#include "tools/import/discourse/copy_reader.h"

#include <algorithm>
#include <charconv>

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "libs/base/text.h"

namespace guildhall::discourse {
namespace {

constexpr std::string_view kBegin = "COPY ";
constexpr std::string_view kFrom = ") FROM stdin;";
constexpr std::string_view kEncoding = "SET client_encoding = ";
constexpr std::string_view kEnd = "\\.";
constexpr std::string_view kNull = "\\N";

bool IsOctal(char c) { return c >= '0' && c <= '7'; }

// 0 to 15, otherwise 16.
int HexDigit(char c) {
  const std::size_t at = std::string_view("0123456789abcdefABCDEF").find(c);
  return at == std::string_view::npos ? 16 : static_cast<int>(at < 16 ? at : at - 6);
}

// The character that an escape stands for, `rest` being what is behind its backslash; how many
// bytes of that belong to it goes to `taken` (PostgreSQL 15, COPY, text format).
char Unescape(std::string_view rest, std::size_t& taken) {
  constexpr std::string_view kLetters = "bfnrtv";
  constexpr std::string_view kMeant = "\b\f\n\r\t\v";
  taken = 1;
  if (const std::size_t at = kLetters.find(rest[0]); at != std::string_view::npos) {
    return kMeant[at];
  }
  if (IsOctal(rest[0])) {
    int code = 0;
    for (taken = 0; taken < 3 && taken < rest.size() && IsOctal(rest[taken]); ++taken) {
      code = code * 8 + (rest[taken] - '0');
    }
    return static_cast<char>(code);
  }
  if (rest[0] == 'x' && rest.size() > 1 && HexDigit(rest[1]) < 16) {
    int code = HexDigit(rest[1]);
    taken = 2;
    if (rest.size() > 2 && HexDigit(rest[2]) < 16) {
      code = code * 16 + HexDigit(rest[2]);
      taken = 3;
    }
    return static_cast<char>(code);
  }
  return rest[0];
}

std::string Unescaped(std::string_view value) {
  std::string text;
  for (;;) {
    const std::size_t escape = value.find('\\');
    text += value.substr(0, escape);
    if (escape == std::string_view::npos) return text;
    value.remove_prefix(escape + 1);
    if (value.empty()) return text + '\\';
    std::size_t taken = 0;
    text += Unescape(value, taken);
    value.remove_prefix(taken);
  }
}

std::string_view Unquoted(std::string_view name) {
  const bool quoted = name.size() > 2 && name.starts_with('"') && name.ends_with('"');
  return quoted ? name.substr(1, name.size() - 2) : name;
}

}  // namespace

absl::StatusOr<std::optional<std::string_view>> CopyReader::NextLine() {
  GUILDHALL_TRY(status_);
  return lines_->Next();
}

absl::StatusOr<std::optional<std::string>> CopyReader::NextTable() {
  while (in_table_) GUILDHALL_TRY(NextRow().status());
  for (;;) {
    GUILDHALL_ASSIGN(const std::optional<std::string_view> line, NextLine());
    if (!line) return std::optional<std::string>();
    if (line->starts_with(kEncoding) && *line != "SET client_encoding = 'UTF8';") {
      return lines_->Fault("sets an encoding that is not UTF8");
    }
    const std::size_t open = line->find('(');
    if (!line->starts_with(kBegin) || !line->ends_with(kFrom) || open == std::string_view::npos) {
      continue;
    }
    std::string_view name = line->substr(kBegin.size(), open - kBegin.size());
    while (name.ends_with(' ')) name.remove_suffix(1);
    std::string table(Unquoted(name.substr(name.rfind('.') + 1)));
    GUILDHALL_TRY(BeginTable(line->substr(open + 1, line->size() - kFrom.size() - open - 1)));
    return std::optional<std::string>(std::move(table));
  }
}

absl::Status CopyReader::BeginTable(std::string_view columns) {
  columns_.clear();
  while (!columns.empty()) {
    const std::size_t end = columns.find(", ");
    const std::string_view name = Unquoted(columns.substr(0, end));
    if (!columns_.emplace(std::string(name), columns_.size()).second) {
      return lines_->Fault("has a column twice");
    }
    columns.remove_prefix(end == std::string_view::npos ? columns.size() : end + 2);
  }
  in_table_ = true;
  return absl::OkStatus();
}

absl::StatusOr<bool> CopyReader::NextRow() {
  values_.clear();
  if (!in_table_) return false;
  GUILDHALL_ASSIGN(const std::optional<std::string_view> line, NextLine());
  if (!line) return lines_->Fault("is missing: the dump ends within a table");
  if (*line == kEnd) {
    in_table_ = false;
    return false;
  }
  for (std::string_view rest = *line;;) {
    const std::size_t end = rest.find('\t');
    values_.push_back(rest.substr(0, end));
    if (values_.size() > columns_.size()) break;
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  if (values_.size() != columns_.size()) return lines_->Fault("has not as many values as columns");
  return true;
}

std::optional<std::string> CopyReader::Text(std::string_view column) {
  const auto found = columns_.find(Absl(column));
  if (found == columns_.end() || values_[found->second] == kNull) return std::nullopt;
  std::string text = Unescaped(values_[found->second]);
  if (!IsStorableUtf8(text)) Wrong("is no UTF-8");
  return text;
}

std::optional<std::int64_t> CopyReader::Number(std::string_view column) {
  const std::optional<std::string> text = Text(column);
  if (!text) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) {
    Wrong(std::string("has no number in ").append(column));
  }
  return number;
}

std::optional<absl::Time> CopyReader::Time(std::string_view column) {
  const std::optional<std::string> text = Text(column);
  if (!text) return std::nullopt;
  absl::Time time;
  std::string ignored;
  if (!absl::ParseTime("%Y-%m-%d %H:%M:%E*S", *text, absl::UTCTimeZone(), &time, &ignored) ||
      time < absl::UnixEpoch()) {
    Wrong(std::string("has no time in ").append(column));
    return absl::UnixEpoch();
  }
  return time;
}

bool CopyReader::Flag(std::string_view column) { return Text(column) == "t"; }

std::string CopyReader::NeedText(std::string_view column) {
  std::optional<std::string> text = Text(column);
  if (!text) Wrong(std::string("has no ").append(column));
  return std::move(text).value_or("");
}

std::int64_t CopyReader::NeedNumber(std::string_view column) {
  const std::optional<std::int64_t> number = Number(column);
  if (!number) Wrong(std::string("has no ").append(column));
  return number.value_or(0);
}

absl::Time CopyReader::NeedTime(std::string_view column) {
  const std::optional<absl::Time> time = Time(column);
  if (!time) Wrong(std::string("has no ").append(column));
  return time.value_or(absl::UnixEpoch());
}

void CopyReader::Wrong(std::string_view what) {
  if (status_.ok()) status_ = lines_->Fault(what);
}

}  // namespace guildhall::discourse
