#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "guildhall/directory/v1/directory_service.pb.h"

namespace guildhall::demo {

// The demo organization as its files tell it. Things refer to each other by the keys that people
// write in the files; ids are made when it is imported.

struct Member {
  int line = 0;  // in members.md
  std::string key;
  std::string display_name;
  directory::v1::Affiliation affiliation = {};
  absl::Time joined;
  std::string headline;
  std::string location;
  std::string time_zone;
  std::vector<std::string> skills, interests, projects, languages;
  // Of the few who can sign in; empty for everybody else.
  std::string email, password;
};

struct Participant {
  std::string member;
  directory::v1::Role role = {};
};

struct Post {
  int line = 0;
  std::string author;
  absl::Time time;
  std::string markdown;
};

struct Topic {
  int line = 0;
  std::string title;
  std::vector<Post> posts;
};

struct Community {
  std::string file;
  std::string key;     // the file's name without its ending
  std::string parent;  // a key, or empty
  std::string display_name;
  std::string description;
  directory::v1::CommunityKind kind = {};
  directory::v1::Visibility visibility = {};
  directory::v1::Admits admits = {};
  absl::Time founded;
  std::vector<Participant> participants;
  std::vector<Topic> topics;
};

struct Organization {
  std::vector<Member> members;
  std::vector<Community> communities;  // parents before children

  const Member* FindMember(std::string_view key) const;
  const Community* FindCommunity(std::string_view key) const;
};

// When a membership began: on the founding day, or when the member came later.
absl::Time MembershipTime(const Community& community, const Member& member);

// What was read; everything that is wrong with it and keeps it from being imported; what was
// changed so that it can be. "file:line: sentence" each.
struct Reading {
  Organization organization;
  std::vector<std::string> findings;
  std::vector<std::string> notes;
};

// Reads members.md and communities/*.md of `folder`, cuts posts that are too long, and checks the
// rest against check.h.
Reading ReadOrganization(const std::string& folder);

}  // namespace guildhall::demo
