#include "services/directory/domain/member_search.h"

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::directory {
namespace {

// Words hold nothing of what stands between them.
void CheckWords(std::string_view key) {
  const std::vector<std::string> words = NameWords(key);
  GUILDHALL_CHECK(words.size() <= 8);
  for (const std::string& word : words) {
    GUILDHALL_CHECK(!word.empty() && NameWords(word) == std::vector{word});
  }
  const std::vector<std::string> asked = AskedWords(key);
  GUILDHALL_CHECK(asked.size() <= 4 && RankOf(asked, key) == 0);
}

}  // namespace
}  // namespace guildhall::directory

// A line each: a name, a location, what members say; then skills.
void guildhall::testing::TakeInput(std::string_view input) {
  directory::CheckWords(input);
  directory::MemberQuestion question;
  question.name = TakeLine(input);
  question.location = TakeLine(input);
  question.about = TakeLine(input);
  while (!input.empty()) question.skills.emplace_back(TakeLine(input));
  if (!directory::TidyQuestion(question, false).ok()) return;
  directory::MemberQuestion again = question;
  GUILDHALL_CHECK(directory::TidyQuestion(again, false).ok());
  GUILDHALL_CHECK(again.name == question.name && again.location == question.location);
  GUILDHALL_CHECK(again.about == question.about && again.skills == question.skills);
}
