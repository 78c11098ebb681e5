#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/discussions/v1/internal_discussions_service.pb.h"
#include "tools/import/methods.h"

namespace guildhall::importing {

// How many records of a kind were sent, and how many of them did not exist before.
struct Count {
  int sent = 0;
  int created = 0;
};

struct Tally {
  Count members, communities, memberships, topics, posts;
  // What could not be written as the source has it, a line each for whoever imports.
  std::vector<std::string> notes;

  int sent() const;
  int created() const;
};

// Fills directory and discussions through their internal batch methods: cuts records into batches
// that the contract takes and counts what was new.
//
// Ids come with the records and are made of (source, type, key), so a second run creates nothing.
// Each method may be called many times, with as many records as are at hand; what others refer to
// goes first: members, communities (parents before children), memberships, topics, posts (those of
// a topic in order of their numbers). Stops at the first error; what was written before stays, and
// a repeat goes on from there. Not thread-safe.
class Writer {
 public:
  // `on_batch` is told after each batch, for a progress bar.
  explicit Writer(WriterMethods methods, std::function<void(const Tally&)> on_batch = {});

  absl::Status ImportMembers(std::vector<directory::v1::Member> members);
  absl::Status ImportCommunities(std::vector<directory::v1::Community> communities);
  absl::Status ImportMemberships(std::vector<directory::v1::ImportedMembership> memberships);
  absl::Status ImportTopics(std::vector<discussions::v1::ImportedTopic> topics);
  absl::Status ImportPosts(std::vector<discussions::v1::ImportedPost> posts);

  const Tally& tally() const { return tally_; }

 private:
  template <typename Req, typename Resp, typename Record, typename List>
  absl::Status Write(const Method<Req, Resp>& method, int most, std::vector<Record> records,
                     List list, Count& count);

  WriterMethods methods_;
  std::function<void(const Tally&)> on_batch_;
  Tally tally_;
};

}  // namespace guildhall::importing
