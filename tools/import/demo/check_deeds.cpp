#include "libs/base/strings.h"
#include "tools/import/demo/check.h"
#include "tools/import/demo/deeds.h"
#include "tools/import/demo/findings.h"

namespace guildhall::demo {
namespace {

using directory::v1::Role;

// The limits of protos/guildhall/{directory,discussions}/v1.
constexpr TextRule kName{.max_length = 100};
constexpr TextRule kPurpose{.max_length = 2000, .shape = TextRule::kLines};
constexpr TextRule kCadence{.max_length = 200};
constexpr TextRule kWelcome{.max_length = 4000, .shape = TextRule::kLines};
constexpr TextRule kReason{.min_length = 1, .max_length = 500, .shape = TextRule::kLines};

class Checker {
 public:
  explicit Checker(const Organization& organization) : organization_(organization) {}

  std::vector<std::string> Run() && {
    for (const Community& community : organization_.communities) {
      CheckRenaming(community);
      CheckCharter(community);
      CheckNotes(community);
      for (const Topic& topic : community.topics) CheckOrder(community, topic);
    }
    return std::move(findings_).Take();
  }

 private:
  void CheckRenaming(const Community& community) {
    if (community.former_name.empty()) return;
    findings_.CheckText(community.file, 1, "`formerly`", community.former_name, kName);
    if (community.former_name == community.display_name) {
      findings_.Add(community.file, 1, "was never called otherwise");
    }
    if (WhoOwns(organization_, community) == nullptr) {
      findings_.Add(community.file, 1, "no owner can sign in to rename it");
    }
  }

  void CheckCharter(const Community& community) {
    const Charter& charter = community.charter;
    if (!charter.written()) return;
    findings_.CheckText(community.file, 1, "the purpose", charter.purpose, kPurpose);
    findings_.CheckText(community.file, 1, "`meets`", charter.cadence, kCadence);
    findings_.CheckText(community.file, 1, "the welcome", charter.welcome, kWelcome);
    if (!charter.sponsor.empty()) CheckKnown(community, charter.sponsor);
    if (WhoOwns(organization_, community) == nullptr) {
      findings_.Add(community.file, 1, "no owner can sign in to write the charter");
    }
  }

  void CheckNotes(const Community& community) {
    for (const auto* notes : {&community.requests, &community.declined_requests}) {
      for (const Note& note : *notes) {
        if (!CheckNote(community, note)) continue;
        if (organization_.FindMember(note.member)->email.empty()) {
          findings_.Add(community.file, 1, "`", note.member, "` cannot sign in to ask");
        }
        if (community.visibility != directory::v1::VISIBILITY_CLOSED) {
          findings_.Add(community.file, 1, "takes no requests: it is not CLOSED");
        }
      }
    }
    for (const auto* notes : {&community.invitations, &community.bans}) {
      for (const Note& note : *notes) CheckNote(community, note);
    }
    const bool any_decided = !community.declined_requests.empty() ||
                             !community.invitations.empty() || !community.bans.empty();
    if (any_decided) CheckOrdered(community, 1);
  }

  // True when the note is about a member who does not belong to the community.
  bool CheckNote(const Community& community, const Note& note) {
    findings_.CheckText(community.file, 1, "what is said", note.text, kReason);
    if (!CheckKnown(community, note.member)) return false;
    if (community.RoleOf(note.member) == Role{}) return true;
    findings_.Add(community.file, 1, "`", note.member, "` belongs to it");
    return false;
  }

  void CheckOrder(const Community& community, const Topic& topic) {
    for (std::size_t i = 0; i < topic.posts.size(); ++i) {
      const Post& post = topic.posts[i];
      if (post.removed.empty()) continue;
      findings_.CheckText(community.file, post.line, "the reason", post.removed, kReason);
      CheckOrdered(community, post.line);
      if (i == 0) findings_.Add(community.file, post.line, "goes with its topic");
    }
    if (!topic.removed.empty()) {
      findings_.CheckText(community.file, topic.line, "the reason", topic.removed, kReason);
      CheckOrdered(community, topic.line);
    }
    if (!topic.moved_to.empty()) CheckMove(community, topic);
  }

  void CheckMove(const Community& community, const Topic& topic) {
    const Community* destination = organization_.FindCommunity(topic.moved_to);
    if (destination == nullptr) {
      findings_.Add(community.file, topic.line, "there is no communities/", topic.moved_to, ".md");
    } else if (WhoMoves(organization_, community, *destination) == nullptr) {
      findings_.Add(community.file, topic.line, "nobody who can sign in keeps order in both");
    }
  }

  void CheckOrdered(const Community& community, int line) {
    if (WhoActs(organization_, community, Role::ROLE_MODERATOR) != nullptr) return;
    findings_.Add(community.file, line, "nobody who can sign in keeps order here");
  }

  bool CheckKnown(const Community& community, const std::string& member) {
    if (organization_.FindMember(member) != nullptr) return true;
    findings_.Add(community.file, 1, "`", member, "` is not among the members");
    return false;
  }

  const Organization& organization_;
  Findings findings_;
};

}  // namespace

std::vector<std::string> CheckDeeds(const Organization& organization) {
  return Checker(organization).Run();
}

}  // namespace guildhall::demo
