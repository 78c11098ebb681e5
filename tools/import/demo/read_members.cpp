#include "tools/import/demo/read_members.h"

#include "tools/import/demo/hours.h"

namespace guildhall::demo {
namespace {

void ReadHours(FileReader& file, Facts& facts, const Facts& of_file, Member& member) {
  std::optional<std::string> text = facts.Take("hours");
  if (!text) text = Facts(of_file).Take("hours");
  const auto hours = ParseHours(text.value_or(""));
  if (!hours) {
    file.Find(member.line, "hours are written `Mon-Thu 07:00-15:30, Fri 07:00-12:00`, apart");
  }
  member.hours = hours.value_or(std::vector<directory::v1::WorkingHours>{});
}

Member ReadMember(FileReader& file, const Part& part, const Facts& of_file) {
  Facts facts = TakeFacts(part.text);
  Member member{.file = file.name(), .line = part.line, .key = part.title};
  member.display_name = file.Due(facts, part.line, "name");
  member.affiliation = file.Value(part.line, &directory::v1::Affiliation_Parse, "AFFILIATION_",
                                  file.Due(facts, part.line, "affiliation", of_file));
  member.joined = file.Time(part.line, file.Due(facts, part.line, "joined"));
  member.headline = file.Due(facts, part.line, "headline");
  member.location = file.Due(facts, part.line, "location", of_file);
  member.time_zone = file.Due(facts, part.line, "time zone", of_file);
  member.skills = SplitList(facts.Take("skills").value_or(""));
  member.interests = SplitList(facts.Take("interests").value_or(""));
  member.projects = SplitList(facts.Take("projects").value_or(""));
  member.languages = SplitList(facts.Take("languages").value_or(""));
  member.pronouns = facts.Take("pronouns").value_or("");
  ReadHours(file, facts, of_file, member);
  member.email = facts.Take("email").value_or("");
  member.password = facts.Take("password").value_or("");
  file.FindLeftovers(facts, part.line);
  return member;
}

}  // namespace

std::vector<Member> ReadMembers(FileReader& file, const std::vector<Part>& parts) {
  std::vector<Member> members;
  Facts of_file;
  for (const Part& part : parts) {
    if (part.level == 1) of_file = TakeFacts(part.text);
    if (part.level == 2) members.push_back(ReadMember(file, part, of_file));
  }
  if (members.empty()) file.Find(1, "there are no members");
  return members;
}

}  // namespace guildhall::demo
