#include "tools/import/slack/slack_export.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "tools/import/archive/json_elements.h"

namespace guildhall::slack {
namespace {

using importing::MemberOf;
using importing::TextOf;
using nlohmann::json;

constexpr std::string_view kNobody = "nobody";

// "2020-01-31.json"
bool IsDay(std::string_view file) {
  constexpr std::string_view kForm = "0000-00-00.json";
  return std::equal(file.begin(), file.end(), kForm.begin(), kForm.end(), [](char c, char form) {
    return form == '0' ? c >= '0' && c <= '9' : c == form;
  });
}

bool FlagOf(const json& object, const char* name) { return MemberOf(object, name) == true; }

// The first that is not empty.
std::string FirstOf(std::initializer_list<std::string> texts) {
  const auto* const found = std::find_if(texts.begin(), texts.end(),
                                         [](const std::string& text) { return !text.empty(); });
  return found == texts.end() ? std::string() : *found;
}

std::string NameOfAuthor(const json& message) {
  const json& profile = MemberOf(message, "user_profile");
  return FirstOf({TextOf(message, "username"), TextOf(MemberOf(message, "bot_profile"), "name"),
                  TextOf(profile, "real_name"), TextOf(profile, "name")});
}

std::string DayOf(std::int64_t time_us) {
  return absl::FormatTime("%Y-%m-%d", absl::FromUnixMicros(time_us), absl::UTCTimeZone());
}

}  // namespace

std::optional<std::int64_t> ParseTimestamp(std::string_view text) {
  const std::size_t dot = text.find('.');
  constexpr std::size_t kMostSeconds = 10, kDigits = 6;  // 10 digits last until 2286
  if (dot == 0 || dot > kMostSeconds || text.size() != dot + 1 + kDigits) return std::nullopt;
  std::int64_t time_us = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == dot) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    time_us = time_us * 10 + (text[i] - '0');
  }
  return time_us;
}

std::string AuthorOf(const json& message) {
  const std::string& name = TextOf(message, "username");
  return FirstOf({TextOf(message, "user"), TextOf(message, "bot_id"),
                  name.empty() ? "" : "bot:" + name, TextOf(MemberOf(message, "comment"), "user"),
                  std::string(kNobody)});
}

bool IsNotice(const json& message) {
  constexpr std::array<std::string_view, 22> kNotices = {
      "channel_join", "channel_leave",   "channel_topic",     "channel_purpose",
      "channel_name", "channel_archive", "channel_unarchive", "channel_convert_to_private",
      "group_join",   "group_leave",     "group_topic",       "group_purpose",
      "group_name",   "group_archive",   "group_unarchive",   "bot_add",
      "bot_remove",   "pinned_item",     "unpinned_item",     "reminder_add",
      "bot_enable",   "bot_disable"};
  const std::string& subtype = TextOf(message, "subtype");
  return std::find(kNotices.begin(), kNotices.end(), subtype) != kNotices.end();
}

absl::StatusOr<SlackExport> SlackExport::Create() {
  GUILDHALL_ASSIGN(importing::Spool spool, importing::Spool::Create());
  return SlackExport(std::move(spool));
}

absl::Status SlackExport::Add(const importing::ArchiveFiles::File& file) {
  const std::string_view path = file.path;
  const std::size_t slash = path.rfind('/');
  const std::string_view name = path.substr(slash + 1);
  importing::TakeElement take;
  std::size_t folder = 0;
  if (name == "users.json") {
    take = [this](const json& element) { return AddPerson(element); };
  } else if (name == "channels.json" || name == "groups.json") {
    const auto kind = name == "groups.json" ? Conversation::kPrivate : Conversation::kChannel;
    take = [this, kind](const json& element) { return AddConversation(kind, element); };
  } else if (name == "dms.json" || name == "mpims.json") {
    take = [this](const json& element) { return AddConversation(Conversation::kDirect, element); };
  } else if (IsDay(name) && slash != std::string_view::npos) {
    const std::string_view above = path.substr(0, slash);
    folder = FolderOf(above.substr(above.rfind('/') + 1));
    take = [this, folder](const json& element) { return AddMessage(folder, element); };
  } else {
    return absl::OkStatus();
  }
  if (!IsDay(name) && !lists_.insert(std::string(name)).second) {
    return absl::InvalidArgumentError(absl::StrCat(file.path, ": there is another one"));
  }
  std::int64_t count = 0;
  return importing::ForEachElement(file.path, file.bytes, [&](const json& element) {
    ++count;
    const absl::Status status = take(element);
    if (!absl::IsInvalidArgument(status)) return status;
    return absl::InvalidArgumentError(
        absl::StrCat(file.path, ": element ", count, " ", status.message()));
  });
}

absl::Status SlackExport::AddPerson(const json& user) {
  const std::string& id = TextOf(user, "id");
  if (id.empty()) return absl::InvalidArgumentError("has no id");
  if (!people_ids_.insert(id).second) return absl::InvalidArgumentError("is there twice");
  const json& profile = MemberOf(user, "profile");
  people.push_back({id,
                    FirstOf({TextOf(profile, "real_name"), TextOf(user, "real_name"),
                             TextOf(profile, "display_name"), TextOf(user, "name"), id}),
                    FlagOf(user, "is_restricted") || FlagOf(user, "is_ultra_restricted") ||
                        FlagOf(user, "is_stranger")});
  return absl::OkStatus();
}

absl::Status SlackExport::AddConversation(Conversation::Kind kind, const json& channel) {
  // Lists made by others than Slack have conversations of several kinds in one.
  if (FlagOf(channel, "is_im") || FlagOf(channel, "is_mpim")) {
    kind = Conversation::kDirect;
  } else if (kind == Conversation::kChannel && FlagOf(channel, "is_private")) {
    kind = Conversation::kPrivate;
  }
  Conversation conversation{kind, TextOf(channel, "id")};
  if (conversation.id.empty()) return absl::InvalidArgumentError("has no id");
  if (!conversation_ids_.insert(conversation.id).second) {
    return absl::InvalidArgumentError("is there twice");
  }
  conversation.name = FirstOf({TextOf(channel, "name"), conversation.id});
  conversation.topic = TextOf(MemberOf(channel, "topic"), "value");
  conversation.purpose = TextOf(MemberOf(channel, "purpose"), "value");
  conversation.creator = TextOf(channel, "creator");
  conversation.archived = FlagOf(channel, "is_archived");
  const json& created = MemberOf(channel, "created");
  constexpr std::uint64_t kYear2286 = 10'000'000'000;
  if (created.is_number_unsigned() && created.get<std::uint64_t>() < kYear2286) {
    conversation.created = created.get<std::int64_t>();
  }
  absl::flat_hash_set<std::string> seen;
  for (const json& member : MemberOf(channel, "members")) {
    if (!member.is_string()) return absl::InvalidArgumentError("has a member that is no text");
    const auto& id = member.get_ref<const std::string&>();
    if (id.empty() || !seen.insert(id).second) continue;
    conversation.members.push_back(id);
    if (kind != Conversation::kDirect) Mention(kListed, id, "");
  }
  if (kind != Conversation::kDirect) Mention(kListed, conversation.creator, "");
  conversations.push_back(std::move(conversation));
  return absl::OkStatus();
}

absl::Status SlackExport::AddMessage(std::size_t folder, json message) {
  if (IsNotice(message)) return absl::OkStatus();
  const std::string& ts = TextOf(message, "ts");
  const std::optional<std::int64_t> time_us = ParseTimestamp(ts);
  if (!time_us) return absl::InvalidArgumentError("has no time");
  if (!seen_.emplace(folder, *time_us).second) {
    repeated.emplace_back(folder, ts);
    return absl::OkStatus();
  }
  const std::string& thread = TextOf(message, "thread_ts");
  if (!thread.empty() && !ParseTimestamp(thread)) {
    return absl::InvalidArgumentError("has no time of its thread");
  }
  const std::size_t group =
      GroupOf(folder, thread.empty() ? DayOf(*time_us) : thread, thread.empty());
  groups[group].first_us = std::min(groups[group].first_us, *time_us);
  const std::string author = AuthorOf(message);
  Mention(folder, author, NameOfAuthor(message));
  if (*time_us < folders[folder].first_us) {
    folders[folder].first_author = author;
    folders[folder].first_us = *time_us;
  }
  for (const json& reaction : MemberOf(message, "reactions")) {
    for (const json& user : MemberOf(reaction, "users")) {
      if (user.is_string()) Mention(folder, user.get<std::string>(), "");
    }
  }
  // They say it once more.
  if (!TextOf(message, "text").empty()) message.erase("blocks");
  return messages.Add(group, {message.dump()});
}

std::size_t SlackExport::FolderOf(std::string_view name) {
  const auto [found, is_new] = folder_numbers_.try_emplace(std::string(name), folders.size());
  if (is_new) folders.push_back({std::string(name), ""});
  return found->second;
}

std::size_t SlackExport::GroupOf(std::size_t folder, const std::string& name, bool is_day) {
  const auto [found, is_new] =
      group_numbers_.try_emplace(absl::StrCat(folder, "/", name), groups.size());
  if (is_new) groups.push_back({folder, name, is_day});
  return found->second;
}

void SlackExport::Mention(std::size_t folder, const std::string& person, const std::string& name) {
  if (person.empty() || !mentioned_ids_.emplace(folder, person).second) return;
  // Accounts that users.json does not have are those of other workspaces.
  const bool guest = person.starts_with('U') || person.starts_with('W');
  mentioned_.push_back(
      {folder, {person, FirstOf({name, person == kNobody ? "Unknown" : person}), guest}});
}

void SlackExport::FindConversations() {
  absl::flat_hash_map<std::string, std::size_t> numbers;
  for (std::size_t i = 0; i < conversations.size(); ++i) {
    numbers.try_emplace(conversations[i].name, i);
  }
  for (std::size_t i = 0; i < conversations.size(); ++i) {
    if (conversations[i].kind == Conversation::kDirect) {
      numbers.try_emplace(conversations[i].id, i);
    }
  }
  for (Folder& folder : folders) {
    const auto found = numbers.find(folder.name);
    if (found != numbers.end()) folder.conversation = found->second;
  }
}

absl::Status SlackExport::Finish() {
  for (const char* const list : {"users.json", "channels.json"}) {
    if (!lists_.contains(list)) {
      return absl::InvalidArgumentError(absl::StrCat("no export of Slack: there is no ", list));
    }
  }
  FindConversations();
  for (Mentioned& mentioned : mentioned_) {
    if (mentioned.folder != kListed) {
      // Who is in direct messages alone stays there with them.
      const std::optional<std::size_t> of = folders[mentioned.folder].conversation;
      if (!of || conversations[*of].kind == Conversation::kDirect) continue;
    }
    if (people_ids_.insert(mentioned.person.id).second) {
      people.push_back(std::move(mentioned.person));
    }
  }
  mentioned_.clear();
  return absl::OkStatus();
}

}  // namespace guildhall::slack
