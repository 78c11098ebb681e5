#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/discussions/v1/internal_discussions_service.pb.h"
#include "libs/base/ids.h"
#include "tools/import/source/source.h"

namespace guildhall::importing {

// A record as it is sent, and where the source has it.
template <typename Record>
struct Sent {
  Record record;
  std::string key;
  std::string address;
};

struct SentThread {
  Sent<discussions::v1::ImportedTopic> topic;
  std::vector<Sent<discussions::v1::ImportedPost>> posts;
};

// Makes records of what a source holds. Ids are ImportedUuid(time, source, type, key), so that each
// import of it makes the same. The time is a message's own; that of people, places and threads is
// the epoch, because a later export may hold something of them that is earlier, or lack what was
// first. What cannot come along, or not as it is, becomes a loss.
//
// People are EMPLOYEES unless the source says otherwise, places communities of kind INTEREST. A
// place is as open as what it is in at most, and stands at most 5 deep.
class Records {
 public:
  Records(std::string_view source, const SourceOutline& outline);

  std::vector<Sent<directory::v1::Member>> Members() const;
  // Parents before children, in runs of siblings as far as the source has them so.
  std::vector<Sent<directory::v1::Community>> Communities();
  // Keys are the place's and the person's with a slash between them. Roles are those of the source.
  std::vector<Sent<directory::v1::ImportedMembership>> Memberships();

  // Nothing where its place is not among those above; then all of it is lost.
  std::optional<SentThread> Of(const SourceThread& thread);

  // What was lost since this was asked last.
  std::vector<Loss> TakeLosses() { return std::exchange(losses_, {}); }

 private:
  struct Place {
    const SourcePlace* source;
    CommunityId id;
    std::string parent;  // its key; where it stands in the end
    SourceVisibility visibility;
    bool admits_externals;
    int depth;
  };

  // Of a person, a place or a thread.
  Uuid IdOf(std::string_view type, const std::string& key) const;
  void Lose(SourceKind kind, const std::string& key, std::string what, bool whole);
  // What `fit` keeps of a text, Fitting or FittingLines; what it cuts off is told.
  std::string Kept(SourceKind kind, const std::string& key, const std::string& what,
                   std::string (*fit)(std::string_view, int), const std::string& text, int most);
  void AddPlace(const SourcePlace& place);
  std::string NameIn(const std::string& parent, const SourcePlace& place);
  std::optional<discussions::v1::ImportedPost> PostOf(const SourceMessage& message, TopicId topic);
  void AddReactions(const SourceMessage& message, discussions::v1::ImportedPost& post);
  void LoseMessage(const SourceMessage& message, const std::string& why);
  void LoseThread(const SourceThread& thread, const std::string& why);

  const std::string source_;
  const SourceOutline& outline_;
  std::unordered_map<std::string, MemberId> people_;
  std::unordered_map<std::string, Place> places_;
  std::set<std::pair<std::string, std::string>> names_;  // parents and names in lower case
  std::vector<Loss> losses_;
};

}  // namespace guildhall::importing
