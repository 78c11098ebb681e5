#include <algorithm>
#include <set>

#include "libs/base/strings.h"
#include "tools/import/demo/check.h"
#include "tools/import/demo/findings.h"

namespace guildhall::demo {
namespace {

using discussions::v1::TOPIC_KIND_ANNOUNCEMENT;
using discussions::v1::TOPIC_KIND_PRAISE;
using discussions::v1::TOPIC_KIND_QUESTION;

// The limits of protos/guildhall/discussions/v1.
constexpr TextRule kTitle{.min_length = 1, .max_length = 200};
constexpr std::size_t kMaxPraised = 10;

class Checker {
 public:
  explicit Checker(const Organization& organization) : organization_(organization) {}

  std::vector<std::string> Run() && {
    for (const Community& community : organization_.communities) {
      for (const Topic& topic : community.topics) CheckTopic(community, topic);
      CheckOpenings(community);
    }
    return std::move(findings_).Take();
  }

 private:
  void CheckTopic(const Community& community, const Topic& topic) {
    findings_.CheckText(community.file, topic.line, "the title", topic.title, kTitle);
    if (topic.posts.empty()) findings_.Add(community.file, topic.line, "has no posts");
    CheckKind(community, topic);
    if (!topic.closer.empty()) CheckBelongs(community, topic.line, topic.closer);
    absl::Time last = absl::InfinitePast();
    int number = 0;
    for (const Post& post : topic.posts) {
      CheckPost(community, post);
      CheckReactions(community, post);
      if (post.reply_to > number) {
        findings_.Add(community.file, post.line, "answers a post that does not stand before it");
      }
      if (post.time <= last) {
        findings_.Add(community.file, post.line, "is not later than the post before");
      }
      last = post.time;
      ++number;
    }
  }

  void CheckKind(const Community& community, const Topic& topic) {
    const auto find = [&](const auto&... words) {
      findings_.Add(community.file, topic.line, words...);
    };
    if (topic.answer != 0) {
      if (topic.kind != TOPIC_KIND_QUESTION) find("is no QUESTION and has an answer");
      if (topic.answer == 1 || topic.answer > static_cast<int>(topic.posts.size())) {
        find("has no post ", topic.answer, " that could be its answer");
      }
    }
    if ((topic.kind == TOPIC_KIND_PRAISE) == topic.praised.empty()) {
      find("a PRAISE, and nothing else, praises somebody");
    }
    if (topic.praised.size() > kMaxPraised) find("praises more than ", kMaxPraised);
    for (const std::string& member : topic.praised) CheckBelongs(community, topic.line, member);
    if (topic.kind == TOPIC_KIND_ANNOUNCEMENT && !topic.posts.empty() &&
        community.RoleOf(topic.posts.front().author) < directory::v1::ROLE_MODERATOR) {
      find("is announced by somebody who does not keep order here");
    }
  }

  void CheckPost(const Community& community, const Post& post) {
    if (post.markdown.empty()) findings_.Add(community.file, post.line, "has no text");
    if (!IsStorableUtf8(post.markdown)) findings_.Add(community.file, post.line, "is not UTF-8");
    if (!CheckBelongs(community, post.line, post.author)) return;
    if (post.time < MembershipTime(community, *organization_.FindMember(post.author))) {
      findings_.Add(community.file, post.line, "`", post.author, "` had not joined yet");
    }
  }

  void CheckReactions(const Community& community, const Post& post) {
    std::set<std::pair<std::string, int>> seen;
    for (const Reaction& reaction : post.reactions) {
      CheckBelongs(community, post.line, reaction.member);
      if (!seen.emplace(reaction.member, reaction.kind).second) {
        findings_.Add(community.file, post.line, "`", reaction.member, "` reacts twice");
      }
    }
  }

  bool CheckBelongs(const Community& community, int line, const std::string& member) {
    if (organization_.FindMember(member) != nullptr &&
        community.RoleOf(member) != directory::v1::Role{}) {
      return true;
    }
    findings_.Add(community.file, line, "`", member, "` does not belong to this community");
    return false;
  }

  void CheckOpenings(const Community& community) {
    std::set<std::pair<std::string, absl::Time>> openings;
    for (const Topic& topic : community.topics) {
      if (topic.posts.empty()) continue;
      const Post& first = topic.posts.front();
      if (!openings.emplace(first.author, first.time).second) {
        findings_.Add(community.file, topic.line,
                      "its author opened another topic in the same minute");
      }
    }
  }

  const Organization& organization_;
  Findings findings_;
};

}  // namespace

std::vector<std::string> CheckTopics(const Organization& organization) {
  return Checker(organization).Run();
}

}  // namespace guildhall::demo
