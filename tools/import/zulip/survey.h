#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tools/import/zulip/imported.h"
#include "tools/import/zulip/topic_file.h"

namespace guildhall::zulip {

// What is known of an archive that has been read through once: who posted where and when, and which
// copy of each message counts.
struct Plan {
  struct File {
    std::size_t topic = 0;
    std::vector<std::size_t> places;  // of its messages that count, in order
  };
  struct Topic {
    std::size_t stream = 0;
    std::string name;
    int files = 0;  // how many hold messages that count; 0: the topic is left out
  };
  // A message that is there more than once.
  struct Copy {
    std::int64_t message = 0;
    int count = 0;  // of those that do not count
  };

  std::vector<ImportedPerson> people;                      // by time of the first post
  std::unordered_map<std::string, std::size_t> by_sender;  // places of people, by full name
  // Those without participants hold nothing and are left out.
  std::vector<ImportedStream> streams;  // as the archive has them first
  std::vector<Topic> topics;            // as the archive has them first
  std::vector<File> files;              // in the order of the archive
  std::vector<Copy> copies;             // by number
  std::vector<std::string> others;      // paths of files that hold no topic of a stream
  int topic_count = 0;                  // of those that are not left out
  int post_count = 0;                   // of messages that count
  int folder_count = 0;                 // of streams; renamed ones have several
  int copy_count = 0;                   // of messages that do not
};

// "84 folders, 5463 files, …": what was read and what of it counts, in one line for people.
std::string Describe(const Plan& plan);

// Makes a plan of the files of an archive, whatever their order.
//
// An archive that has grown over years holds copies: streams under an old and a new name, messages
// that have moved to another topic, whole topics written into their file twice. A message counts
// once: in the topic that has newer messages, there in the file that has, there the last time.
// A stream has the name of its newest messages. Memory: about 50 bytes a message; no texts are
// kept.
class Survey {
 public:
  void Add(const TopicPath& path, const std::vector<RawPost>& posts);
  void AddOther(std::string path) { plan_.others.push_back(std::move(path)); }
  Plan Finish() &&;

 private:
  struct Message {
    std::int64_t id;
    std::int64_t timestamp;
    std::size_t sender;
    std::size_t file;
    std::size_t place;
  };
  struct FileFacts {
    std::int64_t newest = 0;
    std::string stream_name;
  };
  // Newest message and name: the greater one wins.
  using Freshness = std::pair<std::int64_t, std::string>;

  std::size_t StreamOf(const TopicPath& path);
  std::size_t TopicOf(const TopicPath& path);
  bool CountsRather(const Message& a, const Message& b) const;
  void Count(const Message& message);
  void CountCopies();

  Plan plan_;
  std::vector<Message> messages_;
  std::vector<FileFacts> files_;
  std::vector<std::int64_t> newest_in_topic_;
  std::vector<Freshness> stream_names_;
  std::vector<std::string> senders_;
  std::unordered_map<std::string, std::size_t> sender_places_;
  std::map<std::int64_t, std::size_t> stream_places_;
  std::map<std::pair<std::int64_t, std::string>, std::size_t> topic_places_;
  std::set<std::pair<std::size_t, std::size_t>> participants_;  // stream and sender
};

}  // namespace guildhall::zulip
