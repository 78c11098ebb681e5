#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "guildhall/directory/v1/directory_service.pb.h"
#include "guildhall/discussions/v1/discussions_service.pb.h"

namespace guildhall::demo {

// The file of those who can sign in.
inline constexpr char kWhoSignsIn[] = "members.md";

// The demo organization as its files tell it. Things refer to each other by the keys that people
// write in the files; ids are made when it is imported.

struct Member {
  std::string file;
  int line = 0;
  std::string key;
  std::string display_name;
  directory::v1::Affiliation affiliation = {};
  absl::Time joined;
  std::string headline;
  std::string location;
  std::string time_zone;
  std::vector<std::string> skills, interests, projects, languages;
  std::string pronouns;
  std::vector<directory::v1::WorkingHours> hours;
  // Of the few who can sign in; empty for everybody else.
  std::string email, password;
};

struct Participant {
  std::string member;
  directory::v1::Role role = {};
};

struct Reaction {
  std::string member;
  discussions::v1::ReactionKind kind = {};
};

struct Post {
  int line = 0;
  std::string author;
  absl::Time time;
  std::string markdown;
  int reply_to = 0;  // the number of the post that it answers; 0: the topic
  std::vector<Reaction> reactions;
  // Why it was removed; empty: it stands.
  std::string removed;
};

struct Topic {
  int line = 0;
  std::string title;
  discussions::v1::TopicKind kind = discussions::v1::TOPIC_KIND_DISCUSSION;
  int answer = 0;  // of a question: the number of the accepted post; 0: none
  std::vector<std::string> praised;
  bool pinned = false;
  std::string closer;    // who closed it; empty: it takes posts
  std::string moved_to;  // the community into which it was moved; empty: it stays
  std::string removed;   // why it was removed; empty: it stands
  std::vector<Post> posts;
};

// What a community is for and how it works; nothing of it is due.
struct Charter {
  std::string purpose, sponsor, cadence, welcome;
  std::optional<absl::Time> review;

  bool written() const { return !purpose.empty() || !cadence.empty() || !welcome.empty(); }
};

// What somebody wrote about a member: in a request, an invitation, a ban.
struct Note {
  std::string member;
  std::string text;
};

struct Community {
  std::string file;
  std::string key;     // the file's name without its ending
  std::string parent;  // a key, or empty
  std::string display_name;
  // What it was called when it was founded, until an owner renamed it; empty: it was not.
  std::string former_name;
  std::string location;
  std::string description;
  directory::v1::CommunityKind kind = {};
  directory::v1::Visibility visibility = {};
  directory::v1::Admits admits = {};
  absl::Time founded;
  std::vector<Participant> participants;
  Charter charter;
  std::vector<Note> requests, declined_requests, invitations, bans;
  std::vector<Topic> topics;

  // What a member is there, or nothing.
  directory::v1::Role RoleOf(std::string_view member) const;
};

// A call that members make when everything else is there (lately.h).
struct Doing {
  int line = 0;
  std::vector<std::string> who;  // each of them makes it
  std::string method;            // "discussions.v1.PollService/CastVote"
  std::string name;              // of what it makes, for later calls; may be empty
  std::string request;           // JSON with names as the files have them
};

struct Organization {
  std::vector<Member> members;
  std::vector<Community> communities;  // parents before children
  std::vector<Doing> lately;           // in the order in which it is done

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

// Reads members.md, members/*.md, communities/*.md and lately.md of `folder`, cuts posts that are
// too long, and checks the rest against check.h.
Reading ReadOrganization(const std::string& folder);

}  // namespace guildhall::demo
