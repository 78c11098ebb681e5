#include "tools/import/demo/file_reader.h"

#include "absl/strings/numbers.h"

namespace guildhall::demo {

void FileReader::Find(int line, std::string_view sentence) {
  findings_.push_back(absl::StrCat(name_, ":", line, ": ", Absl(sentence)));
}

std::string FileReader::Due(Facts& facts, int line, std::string_view key, const Facts& of_file) {
  std::optional<std::string> value = facts.Take(key);
  if (!value) value = Facts(of_file).Take(key);
  if (!value) Find(line, absl::StrCat("`- ", Absl(key), ": ...` is missing"));
  return value.value_or("");
}

absl::Time FileReader::Time(int line, std::string_view text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime("%Y-%m-%d %H:%M", Absl(text), absl::UTCTimeZone(), &time, &error)) {
    Find(line, absl::StrCat("a time is written 2026-03-31 08:15, in UTC, not `", Absl(text), "`"));
  }
  return time;
}

int FileReader::PostNumber(Facts& facts, int line, std::string_view key) {
  const std::optional<std::string> value = facts.Take(key);
  if (!value) return 0;
  int number = 0;
  if (!absl::SimpleAtoi(*value, &number) || number < 1) {
    Find(line, absl::StrCat("`", Absl(key), "` takes the number of a post, not `", *value, "`"));
  }
  return number;
}

bool FileReader::Yes(Facts& facts, int line, std::string_view key) {
  const std::optional<std::string> value = facts.Take(key);
  if (value && *value != "yes") {
    Find(line, absl::StrCat("`", Absl(key), "` takes `yes`, not `", *value, "`"));
  }
  return value.has_value();
}

std::vector<Note> FileReader::Notes(Facts& facts, int line, std::string_view key) {
  std::vector<Note> notes;
  for (const std::string& value : facts.TakeAll(key)) {
    const std::size_t colon = value.find(": ");
    if (colon == std::string::npos) {
      Find(line, absl::StrCat("`- ", Absl(key), ":` is written `member: what is said`"));
      continue;
    }
    notes.push_back({value.substr(0, colon), value.substr(colon + 2)});
  }
  return notes;
}

void FileReader::FindLeftovers(const Facts& facts, int line) {
  for (const auto& [key, value] : facts.values) {
    Find(line, absl::StrCat("`", key, ":` is not known here, or written twice"));
  }
}

}  // namespace guildhall::demo
