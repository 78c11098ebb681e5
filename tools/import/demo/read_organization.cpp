#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"
#include "tools/import/demo/check.h"
#include "tools/import/demo/organization.h"
#include "tools/import/demo/parts.h"
#include "tools/import/text_limit.h"

namespace guildhall::demo {
namespace {

namespace fs = std::filesystem;
using directory::v1::Role;

// Reads one file; collects what is wrong with it.
class FileReader {
 public:
  FileReader(std::string name, std::vector<std::string>& findings)
      : name_(std::move(name)), findings_(findings) {}

  void Find(int line, std::string_view sentence) {
    findings_.push_back(absl::StrCat(name_, ":", line, ": ", Absl(sentence)));
  }

  std::string Due(Facts& facts, int line, std::string_view key) {
    std::optional<std::string> value = facts.Take(key);
    if (!value) Find(line, absl::StrCat("`- ", Absl(key), ": ...` is missing"));
    return value.value_or("");
  }

  absl::Time Time(int line, std::string_view text) {
    absl::Time time;
    std::string error;
    if (!absl::ParseTime("%Y-%m-%d %H:%M", Absl(text), absl::UTCTimeZone(), &time, &error)) {
      Find(line,
           absl::StrCat("a time is written 2026-03-31 08:15, in UTC, not `", Absl(text), "`"));
    }
    return time;
  }

  // `parse` is the generated parser of an enum whose values begin with `prefix`.
  template <typename Enum>
  Enum Value(int line, bool (*parse)(google::protobuf::ConstStringParam, Enum*),
             std::string_view prefix, const std::string& text) {
    Enum value{};
    if (!parse(absl::StrCat(Absl(prefix), text), &value) || value == Enum{}) {
      Find(line, absl::StrCat("`", text, "` is no value of ", Absl(prefix), "..."));
    }
    return value;
  }

  void FindLeftovers(const Facts& facts, int line) {
    for (const auto& [key, value] : facts.values) {
      Find(line, absl::StrCat("`- ", key, ":` is not known here, or written twice"));
    }
  }

  const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::vector<std::string>& findings_;
};

Member ReadMember(FileReader& file, const Part& part) {
  Facts facts = TakeFacts(part.text);
  Member member{.line = part.line, .key = part.title};
  member.display_name = file.Due(facts, part.line, "name");
  member.affiliation = file.Value(part.line, &directory::v1::Affiliation_Parse, "AFFILIATION_",
                                  file.Due(facts, part.line, "affiliation"));
  member.joined = file.Time(part.line, file.Due(facts, part.line, "joined"));
  member.headline = file.Due(facts, part.line, "headline");
  member.location = file.Due(facts, part.line, "location");
  member.time_zone = file.Due(facts, part.line, "time zone");
  member.skills = SplitList(facts.Take("skills").value_or(""));
  member.interests = SplitList(facts.Take("interests").value_or(""));
  member.projects = SplitList(facts.Take("projects").value_or(""));
  member.languages = SplitList(facts.Take("languages").value_or(""));
  member.email = facts.Take("email").value_or("");
  member.password = facts.Take("password").value_or("");
  file.FindLeftovers(facts, part.line);
  return member;
}

// "tiago, 2025-06-03 09:14"
Post ReadPost(FileReader& file, const Part& part) {
  const std::size_t comma = part.title.find(", ");
  if (comma == std::string::npos) {
    file.Find(part.line, "a post begins with `### member, 2026-03-31 08:15`");
    return {.line = part.line};
  }
  return {.line = part.line,
          .author = part.title.substr(0, comma),
          .time = file.Time(part.line, part.title.substr(comma + 2)),
          .markdown = part.text};
}

void ReadParticipants(Facts& facts, std::string_view key, Role role, Community& community) {
  for (std::string& member : SplitList(facts.Take(key).value_or(""))) {
    community.participants.push_back({std::move(member), role});
  }
}

void ReadCommunityPart(FileReader& file, const Part& part, Community& community) {
  Facts facts = TakeFacts(part.text);
  community.display_name = part.title;
  community.kind = file.Value(part.line, &directory::v1::CommunityKind_Parse, "COMMUNITY_KIND_",
                              file.Due(facts, part.line, "kind"));
  community.visibility = file.Value(part.line, &directory::v1::Visibility_Parse, "VISIBILITY_",
                                    file.Due(facts, part.line, "visibility"));
  community.admits = file.Value(part.line, &directory::v1::Admits_Parse, "ADMITS_",
                                file.Due(facts, part.line, "admits"));
  community.founded = file.Time(part.line, file.Due(facts, part.line, "founded"));
  community.parent = facts.Take("parent").value_or("");
  ReadParticipants(facts, "owners", Role::ROLE_OWNER, community);
  ReadParticipants(facts, "moderators", Role::ROLE_MODERATOR, community);
  ReadParticipants(facts, "members", Role::ROLE_MEMBER, community);
  community.description = std::move(facts.rest);
  // Lines of a paragraph are one line of plain text.
  std::replace(community.description.begin(), community.description.end(), '\n', ' ');
  file.FindLeftovers(facts, part.line);
}

Community ReadCommunity(FileReader& file, std::string key, const std::vector<Part>& parts) {
  Community community{.file = file.name(), .key = std::move(key)};
  if (parts.empty() || parts.front().level != 1) {
    file.Find(1, "a community begins with `# Its name`");
    return community;
  }
  ReadCommunityPart(file, parts.front(), community);
  for (auto part = parts.begin() + 1; part != parts.end(); ++part) {
    if (part->level == 2) {
      if (!part->text.empty()) file.Find(part->line, "the text of a topic stands in its posts");
      community.topics.push_back({part->line, part->title, {}});
    } else if (part->level == 3 && !community.topics.empty()) {
      community.topics.back().posts.push_back(ReadPost(file, *part));
    } else {
      file.Find(part->line, "expected `## A topic` or `### member, time`");
    }
  }
  return community;
}

std::string Load(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Parents before children; what hangs below nothing known comes last, for the checks to find.
void SortParentsFirst(std::vector<Community>& communities) {
  std::map<std::string, int> depths;
  std::map<std::string, std::string> parents;
  for (const Community& community : communities) parents[community.key] = community.parent;
  for (const auto& [key, parent] : parents) {
    int depth = 0;
    for (auto above = parents.find(parent); above != parents.end() && depth < 100; ++depth) {
      above = parents.find(above->second);
    }
    depths[key] = depth;
  }
  std::stable_sort(communities.begin(), communities.end(),
                   [&](const auto& a, const auto& b) { return depths[a.key] < depths[b.key]; });
}

void CutPosts(Reading& reading) {
  for (Community& community : reading.organization.communities) {
    for (Topic& topic : community.topics) {
      for (Post& post : topic.posts) {
        const std::size_t bytes = post.markdown.size();
        if (!importing::CutToLimit(post.markdown)) continue;
        reading.notes.push_back(
            absl::StrCat(community.file, ":", post.line, ": cut at 64 KiB of ", bytes >> 10));
      }
    }
  }
}

}  // namespace

const Member* Organization::FindMember(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [key](const Member& member) { return member.key == key; });
  return found == members.end() ? nullptr : &*found;
}

const Community* Organization::FindCommunity(std::string_view key) const {
  const auto found =
      std::find_if(communities.begin(), communities.end(),
                   [key](const Community& community) { return community.key == key; });
  return found == communities.end() ? nullptr : &*found;
}

absl::Time MembershipTime(const Community& community, const Member& member) {
  return std::max(community.founded, member.joined);
}

Reading ReadOrganization(const std::string& folder) {
  Reading reading;
  FileReader members("members.md", reading.findings);
  for (const Part& part : CutAtHeadings(Load(fs::path(folder) / "members.md"))) {
    if (part.level == 2) reading.organization.members.push_back(ReadMember(members, part));
  }
  if (reading.organization.members.empty()) members.Find(1, "there are no members");

  std::vector<fs::path> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::path(folder) / "communities", error)) {
    if (entry.path().extension() == ".md") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    FileReader file(absl::StrCat("communities/", path.filename().string()), reading.findings);
    reading.organization.communities.push_back(
        ReadCommunity(file, path.stem().string(), CutAtHeadings(Load(path))));
  }
  SortParentsFirst(reading.organization.communities);
  CutPosts(reading);
  const std::vector<std::string> broken = Check(reading.organization);
  reading.findings.insert(reading.findings.end(), broken.begin(), broken.end());
  return reading;
}

}  // namespace guildhall::demo
