#include "tools/import/discourse/discourse_dump.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "tools/import/discourse/copy_reader.h"

namespace guildhall::discourse {
namespace {

constexpr std::int64_t kLikeAction = 2;          // post_action_types
constexpr std::int64_t kSmallAction = 3;         // post_type: notes of the system
constexpr std::int64_t kWhisper = 4;             // post_type: seen by who keeps order
constexpr std::string_view kLikeName = "heart";  // as which the reactions plugin shows it

// Takes the rows of one dump.
class DumpReader {
 public:
  DumpReader(CopyReader copy, DiscourseDump& dump) : copy_(std::move(copy)), dump_(dump) {}

  absl::Status Read() {
    for (;;) {
      GUILDHALL_ASSIGN(const std::optional<std::string> table, copy_.NextTable());
      if (!table) break;
      const auto found = kTables.find(*table);
      if (found == kTables.end()) continue;
      tables_.insert(*table);
      for (;;) {
        GUILDHALL_ASSIGN(const bool more, copy_.NextRow());
        if (!more) break;
        GUILDHALL_TRY((this->*found->second)());
      }
    }
    for (const char* const table : {"users", "categories", "topics", "posts"}) {
      if (!tables_.contains(table)) {
        return absl::InvalidArgumentError(
            absl::StrCat("no dump of Discourse: there is no table ", table));
      }
    }
    return Finish();
  }

 private:
  using Take = absl::Status (DumpReader::*)();
  static const std::map<std::string, Take> kTables;

  // The id of the row, which no other row of the table has.
  template <typename Map>
  Id NewId(const Map& rows) {
    const Id id = copy_.NeedNumber("id");
    if (rows.count(id) > 0) copy_.Wrong("has an id that another row has");
    return id;
  }

  absl::Status TakeUser() {
    const Id id = NewId(dump_.users);
    User& user = dump_.users[id];
    user.username = copy_.NeedText("username");
    user.name = copy_.Text("name").value_or("");
    user.time = copy_.NeedTime("created_at");
    user.admin = copy_.Flag("admin");
    user.moderator = copy_.Flag("moderator");
    return absl::OkStatus();
  }

  absl::Status TakeCategory() {
    const Id id = NewId(dump_.categories);
    Category& category = dump_.categories[id];
    category.name = copy_.NeedText("name");
    category.slug = copy_.Text("slug").value_or("");
    category.description = copy_.Text("description").value_or("");
    category.parent = copy_.Number("parent_category_id");
    category.creator = copy_.Number("user_id");
    category.time = copy_.NeedTime("created_at");
    category.restricted = copy_.Flag("read_restricted");
    return absl::OkStatus();
  }

  absl::Status TakeCategoryGroup() {
    const Id category = copy_.NeedNumber("category_id");
    dump_.category_groups[category].insert(copy_.NeedNumber("group_id"));
    return absl::OkStatus();
  }

  absl::Status TakeGroupUser() {
    const Id group = copy_.NeedNumber("group_id");
    const absl::Time time = copy_.Time("created_at").value_or(absl::UnixEpoch());
    dump_.group_users[group].emplace(copy_.NeedNumber("user_id"), time);
    return absl::OkStatus();
  }

  absl::Status TakeTopic() {
    const Id id = NewId(dump_.topics);
    Topic& topic = dump_.topics[id];
    topic.title = copy_.NeedText("title");
    topic.slug = copy_.Text("slug").value_or("");
    const std::optional<Id> category = copy_.Number("category_id");
    topic.category = category.value_or(0);
    topic.pinned = copy_.Text("pinned_at").has_value();
    topic.closed = copy_.Flag("closed") || copy_.Flag("archived");
    topic.kind = copy_.NeedText("archetype") == "private_message" ? Topic::kPrivate
                 : copy_.Text("deleted_at")                       ? Topic::kDeleted
                 : copy_.Text("visible") == "f"                   ? Topic::kUnlisted
                 : !category                                      ? Topic::kUnplaced
                                                                  : Topic::kPublic;
    return absl::OkStatus();
  }

  absl::Status TakePost() {
    const std::int64_t type = copy_.Number("post_type").value_or(1);
    const Id id = copy_.NeedNumber("id");
    if (type == kSmallAction) {
      notes_.insert(id);
      return absl::OkStatus();
    }
    if (!post_ids_.insert(id).second) copy_.Wrong("has an id that another row has");
    const Id topic = copy_.NeedNumber("topic_id");
    // Who has gone leaves no id.
    const Id user = copy_.Number("user_id").value_or(0);
    const absl::Time time = copy_.NeedTime("created_at");
    const PostState state = copy_.Text("deleted_at") || copy_.Flag("user_deleted")
                                ? PostState::kDeleted
                            : copy_.Flag("hidden") ? PostState::kHidden
                            : type == kWhisper     ? PostState::kWhisper
                                                   : PostState::kStands;
    if (state == PostState::kStands) {
      const auto [first, is_new] = dump_.writers.try_emplace({topic, user}, time);
      if (!is_new) first->second = std::min(first->second, time);
    }
    const std::size_t group = dump_.spooled.try_emplace(topic, dump_.spooled.size()).first->second;
    return dump_.posts.Add(
        group, {absl::StrCat(id), absl::StrCat(copy_.NeedNumber("post_number")), absl::StrCat(user),
                absl::StrCat(absl::ToUnixMicros(time)), copy_.NeedText("raw"),
                absl::StrCat(copy_.Number("reply_to_post_number").value_or(0)),
                absl::StrCat(static_cast<int>(state))});
  }

  absl::Status TakePostAction() {
    if (copy_.NeedNumber("post_action_type_id") != kLikeAction) return absl::OkStatus();
    if (copy_.Text("deleted_at")) return absl::OkStatus();
    const Id post = copy_.NeedNumber("post_id");
    dump_.likes[post].push_back({copy_.NeedNumber("user_id"), 0});
    return absl::OkStatus();
  }

  absl::Status TakeReaction() {
    const Id id = NewId(reaction_names_);
    reaction_names_[id] = dump_.reactions.size();
    dump_.reactions.push_back(copy_.NeedText("reaction_value"));
    return absl::OkStatus();
  }

  absl::Status TakeReactionUser() {
    const Id reaction = copy_.NeedNumber("reaction_id");
    const Id user = copy_.NeedNumber("user_id");
    reacted_.push_back({reaction, user, copy_.NeedNumber("post_id")});
    return absl::OkStatus();
  }

  absl::Status TakeTopicField() {
    if (copy_.NeedText("name") != "accepted_answer_post_id") return absl::OkStatus();
    const std::optional<std::string> value = copy_.Text("value");
    Id post = 0;
    if (value && absl::SimpleAtoi(*value, &post)) answers_[copy_.NeedNumber("topic_id")] = post;
    return absl::OkStatus();
  }

  absl::Status TakeSolvedTopic() {
    const Id topic = copy_.NeedNumber("topic_id");
    answers_[topic] = copy_.NeedNumber("answer_post_id");
    return absl::OkStatus();
  }

  absl::Status TakeTag() {
    const Id id = NewId(dump_.tags);
    dump_.tags[id] = copy_.NeedText("name");
    return absl::OkStatus();
  }

  absl::Status TakeTopicTag() {
    const Id topic = copy_.NeedNumber("topic_id");
    topic_tags_.emplace_back(topic, copy_.NeedNumber("tag_id"));
    return absl::OkStatus();
  }

  // What refers to rows of other tables, which may have come later.
  absl::Status Finish() {
    for (const auto& [reaction, user, post] : reacted_) {
      const auto name = reaction_names_.find(reaction);
      if (name == reaction_names_.end()) {
        return absl::InvalidArgumentError("a reaction has a kind that is not there");
      }
      dump_.likes[post].push_back({user, name->second});
    }
    SetStraysAside();
    for (const auto& [topic, post] : answers_) {
      if (const auto found = dump_.topics.find(topic); found != dump_.topics.end()) {
        found->second.answer = post;
      }
    }
    for (const auto& [topic, tag] : topic_tags_) {
      const auto found = dump_.topics.find(topic);
      if (found != dump_.topics.end()) found->second.tags.push_back(tag);
    }
    return absl::OkStatus();
  }

  void SetStraysAside() {
    for (auto at = dump_.likes.begin(); at != dump_.likes.end();) {
      const auto liked = at++;
      if (post_ids_.contains(liked->first)) continue;
      dump_.strays[liked->first] = {notes_.contains(liked->first), std::move(liked->second)};
      dump_.likes.erase(liked);
    }
  }

  struct Reacted {
    Id reaction, user, post;
  };

  CopyReader copy_;
  DiscourseDump& dump_;
  absl::flat_hash_set<std::string> tables_;
  absl::flat_hash_set<Id> post_ids_;
  absl::flat_hash_set<Id> notes_;  // posts of the system
  absl::flat_hash_map<Id, std::size_t> reaction_names_;
  std::vector<Reacted> reacted_;
  std::map<Id, Id> answers_;  // by topic
  std::vector<std::pair<Id, Id>> topic_tags_;
};

const std::map<std::string, DumpReader::Take> DumpReader::kTables = {
    {"users", &DumpReader::TakeUser},
    {"categories", &DumpReader::TakeCategory},
    {"category_groups", &DumpReader::TakeCategoryGroup},
    {"group_users", &DumpReader::TakeGroupUser},
    {"topics", &DumpReader::TakeTopic},
    {"posts", &DumpReader::TakePost},
    {"post_actions", &DumpReader::TakePostAction},
    {"discourse_reactions_reactions", &DumpReader::TakeReaction},
    {"discourse_reactions_reaction_users", &DumpReader::TakeReactionUser},
    {"topic_custom_fields", &DumpReader::TakeTopicField},
    {"discourse_solved_solved_topics", &DumpReader::TakeSolvedTopic},
    {"tags", &DumpReader::TakeTag},
    {"topic_tags", &DumpReader::TakeTopicTag}};

}  // namespace

absl::StatusOr<DiscourseDump> DiscourseDump::Read(std::unique_ptr<importing::LineStream> lines) {
  GUILDHALL_ASSIGN(importing::Spool spool, importing::Spool::Create());
  DiscourseDump dump(std::move(spool));
  dump.reactions.emplace_back(kLikeName);
  GUILDHALL_TRY(DumpReader(CopyReader(std::move(lines)), dump).Read());
  return dump;
}

}  // namespace guildhall::discourse
