#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/ids.h"

// What an archive holds, in Guildhall's words. Ids are made of the source's time and key
// (ImportedUuid), so every import of the same archive, packed or not, gives the same ones.

namespace guildhall::zulip {

// Somebody who posted. Zulip's archive knows people by their full names only: namesakes are one.
struct ImportedPerson {
  MemberId id;       // of the time of the first post and the full name
  std::string name;  // 1 to 100 characters
  absl::Time first_post;
};

// A person in a stream, from the first post there on.
struct ImportedParticipant {
  MemberId person;
  absl::Time first_post;
};

struct ImportedStream {
  CommunityId id;    // of the time of the first post and the stream's id
  std::string name;  // 1 to 100 characters, unique without case
  absl::Time first_post;
  std::vector<ImportedParticipant> participants;  // who posted first comes first
};

struct ImportedTopic {
  TopicId id;  // of the time of the first post, the stream's id and the topic's name
  CommunityId community;
  std::string title;  // 1 to 200 characters
  MemberId author;    // of the first post
  absl::Time first_post;
};

struct ImportedPost {
  PostId id;  // of its time and the message's id
  int number = 0;
  MemberId author;
  absl::Time time;
  std::string markdown;  // 1 byte to 64 KiB
};

// All posts of a topic: in order of time, numbered from 1 on, at least one.
struct ImportedPosts {
  TopicId topic;
  std::vector<ImportedPost> posts;
  // Which of them are not as the archive has them, and how, a line each.
  std::vector<std::string> notes;
};

}  // namespace guildhall::zulip
