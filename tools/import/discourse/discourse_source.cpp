#include "tools/import/discourse/discourse_source.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "tools/import/discourse/discourse_outline.h"
#include "tools/import/discourse/markup.h"

namespace guildhall::discourse {
namespace {

using importing::SourceKind;
using importing::SourceMessage;
using importing::SourceThread;
using importing::Spool;

// A post as the dump has it.
struct RawPost {
  Id id = 0;
  std::int64_t number = 0;
  Id user = 0;
  absl::Time time;
  std::string raw;
  std::int64_t reply_to = 0;
  PostState state = PostState::kStands;
};

// Of a field that this program wrote.
std::int64_t NumberOf(const std::string& field) {
  std::int64_t number = 0;
  GUILDHALL_CHECK(absl::SimpleAtoi(field, &number));
  return number;
}

// What a topic is that is left out; empty: it is not.
std::string WhyLost(const Topic* topic) {
  if (topic == nullptr) return "a topic that is not there";
  switch (topic->kind) {
    case Topic::kPublic:
      return "";
    case Topic::kPrivate:
      return "a private conversation";
    case Topic::kDeleted:
      return "a topic that was deleted there";
    case Topic::kUnlisted:
      return "a topic that is not listed there";
    case Topic::kUnplaced:
      return "a topic without a category";
  }
  return "";
}

std::string WhyLost(PostState state) {
  switch (state) {
    case PostState::kStands:
      return "";
    case PostState::kDeleted:
      return "a post that was deleted there";
    case PostState::kHidden:
      return "a post that moderators hid";
    case PostState::kWhisper:
      return "a whisper among those who keep order";
  }
  return "";
}

// What people did: the reactions plugin notes a like beside most reactions, which is the same act,
// told by the name of the reaction.
std::vector<Like> ActsOf(const std::vector<Like>& likes) {
  absl::flat_hash_set<Id> reacted;
  for (const Like& like : likes) {
    if (like.reaction != 0) reacted.insert(like.user);
  }
  std::vector<Like> acts;
  std::copy_if(likes.begin(), likes.end(), std::back_inserter(acts), [&](const Like& like) {
    return like.reaction != 0 || !reacted.contains(like.user);
  });
  return acts;
}

class DiscourseSource : public importing::Source {
 public:
  explicit DiscourseSource(DiscourseDump dump) : dump_(std::move(dump)) {
    DiscourseOutline outline = OutlineOf(dump_);
    outline_ = std::move(outline.outline);
    losses_ = std::move(outline.losses);
    read_ = outline.read;
    for (const importing::SourcePlace& place : outline_.places) places_.insert(place.key);
    for (const auto& [id, topic] : dump_.topics) order_.push_back(id);
    for (const auto& [topic, group] : dump_.spooled) {
      if (dump_.topics.count(topic) == 0) {
        order_.push_back(topic);
      } else if (dump_.topics.at(topic).kind == Topic::kPublic) {
        outline_.message_count += static_cast<std::int64_t>(dump_.posts.CountOf(group));
      }
    }
    std::sort(order_.begin(), order_.end());
    for (const auto& [post, stray] : dump_.strays) {
      LoseReactions(post, stray.likes,
                    stray.to_note ? "a reaction to a note of the system"
                                  : "a reaction to a post that is not there");
    }
  }

  std::string_view name() const override { return "discourse"; }
  const importing::SourceOutline& outline() const override { return outline_; }

  absl::StatusOr<std::optional<SourceThread>> Next() override {
    while (next_topic_ < order_.size()) {
      const Id id = order_[next_topic_++];
      GUILDHALL_ASSIGN(const std::vector<RawPost> posts, PostsOf(id));
      const auto found = dump_.topics.find(id);
      const Topic* const topic = found == dump_.topics.end() ? nullptr : &found->second;
      std::string why = WhyLost(topic);
      if (why.empty() && !places_.contains(absl::StrCat(topic->category))) {
        why = "a topic whose category does not come along";
      }
      if (!why.empty()) {
        LoseTopic(id, topic, posts, why);
        continue;
      }
      SourceThread thread = ThreadOf(id, *topic, posts);
      ++read_.threads;
      if (!thread.messages.empty()) return std::optional<SourceThread>(std::move(thread));
      Lose(SourceKind::kThread, thread.key, "a topic of which no post comes along");
    }
    return std::optional<SourceThread>();
  }

 private:
  void Lose(SourceKind kind, std::string key, std::string what) {
    losses_.push_back({kind, std::move(key), std::move(what), true});
  }

  absl::StatusOr<std::vector<RawPost>> PostsOf(Id topic) {
    std::vector<RawPost> posts;
    const auto group = dump_.spooled.find(topic);
    if (group == dump_.spooled.end()) return posts;
    GUILDHALL_ASSIGN(std::vector<Spool::Record> records, dump_.posts.Read(group->second));
    for (Spool::Record& record : records) {
      posts.push_back(
          {NumberOf(record[kPostId]), NumberOf(record[kPostNumber]), NumberOf(record[kPostUser]),
           absl::FromUnixMicros(NumberOf(record[kPostTime])), std::move(record[kPostRaw]),
           NumberOf(record[kPostReplyTo]), static_cast<PostState>(NumberOf(record[kPostState]))});
    }
    // Posts that were moved here may be older than those before them.
    std::sort(posts.begin(), posts.end(), [](const RawPost& a, const RawPost& b) {
      return std::tuple(a.time, a.number, a.id) < std::tuple(b.time, b.number, b.id);
    });
    return posts;
  }

  void LoseTopic(Id id, const Topic* topic, const std::vector<RawPost>& posts,
                 const std::string& why) {
    if (topic != nullptr) {
      ++read_.threads;
      Lose(SourceKind::kThread, absl::StrCat(id), why);
    }
    for (const RawPost& post : posts) LosePost(post, "a post of " + why);
  }

  void LosePost(const RawPost& post, const std::string& why) {
    ++read_.messages;
    Lose(SourceKind::kMessage, absl::StrCat(post.id), why);
    const auto likes = dump_.likes.find(post.id);
    if (likes == dump_.likes.end()) return;
    LoseReactions(post.id, likes->second, "a reaction to a post that is lost");
  }

  void LoseReactions(Id post, const std::vector<Like>& likes, const char* why) {
    for (std::size_t left = ActsOf(likes).size(); left > 0; --left) {
      ++read_.reactions;
      Lose(SourceKind::kReaction, absl::StrCat(post), why);
    }
  }

  SourceThread ThreadOf(Id id, const Topic& topic, const std::vector<RawPost>& posts) {
    SourceThread thread;
    thread.key = absl::StrCat(id);
    thread.place = absl::StrCat(topic.category);
    thread.title = topic.title;
    thread.pinned = topic.pinned;
    thread.closed = topic.closed;
    thread.address = absl::StrCat("/t/", topic.slug.empty() ? "-" : topic.slug, "/", id);
    absl::flat_hash_map<std::int64_t, std::string> earlier;  // keys by number
    for (const RawPost& post : posts) {
      if (const std::string why = WhyLost(post.state); !why.empty()) {
        LosePost(post, why);
        continue;
      }
      SourceMessage& message = thread.messages.emplace_back(MessageOf(post));
      message.address = absl::StrCat(thread.address, "/", post.number);
      if (post.reply_to != 0) {
        const auto found = earlier.find(post.reply_to);
        if (found == earlier.end()) {
          Miss(message.key, "what it replied to");
        } else {
          message.reply_to = found->second;
        }
      }
      message.accepted = topic.answer == post.id && thread.messages.size() > 1;
      thread.question = thread.question || message.accepted;
      earlier.try_emplace(post.number, message.key);
    }
    TellTags(topic, thread);
    return thread;
  }

  void Miss(const std::string& key, std::string what, SourceKind kind = SourceKind::kMessage) {
    losses_.push_back({kind, key, std::move(what), false});
  }

  void TellTags(const Topic& topic, const SourceThread& thread) {
    if (thread.messages.empty()) return;
    if (topic.answer && !thread.question) {
      Miss(thread.key, "its answer, which does not come along", SourceKind::kThread);
    }
    for (const Id tag : topic.tags) {
      const auto found = dump_.tags.find(tag);
      if (found == dump_.tags.end()) continue;
      std::string name = found->second;
      std::replace(name.begin(), name.end(), '\n', ' ');
      Miss(thread.key, "the tag " + name, SourceKind::kThread);
    }
  }

  SourceMessage MessageOf(const RawPost& post) {
    ++read_.messages;
    SourceMessage message;
    message.key = absl::StrCat(post.id);
    message.person = KeyOfUser(dump_, post.user);
    message.time = post.time;
    Markup markup = FromDiscourse(post.raw);
    message.markdown = std::move(markup.markdown);
    for (std::string& lost : markup.lost) Miss(message.key, std::move(lost));
    AddReactions(post.id, message);
    return message;
  }

  void AddReactions(Id post, SourceMessage& message) {
    const auto likes = dump_.likes.find(post);
    if (likes == dump_.likes.end()) return;
    absl::flat_hash_set<std::pair<Id, std::string>> seen;
    for (const Like& like : ActsOf(likes->second)) {
      ++read_.reactions;
      const std::string& name = dump_.reactions[like.reaction];
      if (dump_.users.count(like.user) == 0) {
        Lose(SourceKind::kReaction, message.key, "a reaction of somebody who is not there");
      } else if (seen.emplace(like.user, name).second) {
        message.reactions.push_back({absl::StrCat(like.user), name});
      } else {
        Lose(SourceKind::kReaction, message.key, "a reaction is there twice");
      }
    }
  }

  DiscourseDump dump_;
  importing::SourceOutline outline_;
  absl::flat_hash_set<std::string> places_;
  std::vector<Id> order_;  // of topics
  std::size_t next_topic_ = 0;
};

}  // namespace

std::unique_ptr<importing::Source> DiscourseSourceOf(DiscourseDump dump) {
  return std::make_unique<DiscourseSource>(std::move(dump));
}

absl::StatusOr<std::unique_ptr<importing::Source>> OpenDiscourse(const std::string& path) {
  const auto is_dump = [](std::string_view file) {
    const std::string_view name = file.substr(file.rfind('/') + 1);
    return name == "dump.sql" || name == "dump.sql.gz";
  };
  GUILDHALL_ASSIGN(std::unique_ptr<importing::LineStream> lines,
                   importing::LineStream::Open(path, is_dump));
  GUILDHALL_ASSIGN(DiscourseDump dump, DiscourseDump::Read(std::move(lines)));
  return DiscourseSourceOf(std::move(dump));
}

}  // namespace guildhall::discourse
