#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "absl/strings/str_cat.h"
#include "tools/import/demo/check.h"
#include "tools/import/demo/lately.h"
#include "tools/import/demo/organization.h"
#include "tools/import/demo/read_community.h"
#include "tools/import/demo/read_members.h"
#include "tools/import/text_limit.h"

namespace guildhall::demo {
namespace {

namespace fs = std::filesystem;
using directory::v1::Role;

std::string Load(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<Part> PartsOf(const fs::path& path) { return CutAtHeadings(Load(path)); }

// The Markdown files of a folder, in order of their names; none where there is no folder.
std::vector<fs::path> FilesOf(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".md") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
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

Role Community::RoleOf(std::string_view member) const {
  const auto found =
      std::find_if(participants.begin(), participants.end(),
                   [member](const Participant& who) { return who.member == member; });
  return found == participants.end() ? Role{} : found->role;
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
  FileReader who_signs_in(kWhoSignsIn, reading.findings);
  std::vector<Member>& members = reading.organization.members;
  members = ReadMembers(who_signs_in, PartsOf(fs::path(folder) / kWhoSignsIn));
  Groups groups;
  for (const fs::path& path : FilesOf(fs::path(folder) / "members")) {
    FileReader file(absl::StrCat("members/", path.filename().string()), reading.findings);
    std::vector<std::string>& group = groups[path.stem().string()];
    for (Member& member : ReadMembers(file, PartsOf(path))) {
      group.push_back(member.key);
      members.push_back(std::move(member));
    }
  }
  for (const fs::path& path : FilesOf(fs::path(folder) / "communities")) {
    FileReader file(absl::StrCat("communities/", path.filename().string()), reading.findings);
    reading.organization.communities.push_back(
        ReadCommunity(file, path.stem().string(), PartsOf(path), groups));
  }
  SortParentsFirst(reading.organization.communities);
  FileReader lately(kLately, reading.findings);
  reading.organization.lately = ReadLately(lately, PartsOf(fs::path(folder) / kLately));
  CutPosts(reading);
  const std::vector<std::string> broken = Check(reading.organization);
  reading.findings.insert(reading.findings.end(), broken.begin(), broken.end());
  return reading;
}

}  // namespace guildhall::demo
