#include "tools/import/slack/slack_source.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "libs/base/text.h"
#include "tools/import/archive/html_text.h"
#include "tools/import/archive/json_elements.h"
#include "tools/import/archive/loss_words.h"
#include "tools/import/html/html_to_markdown.h"
#include "tools/import/slack/message_html.h"
#include "tools/import/slack/slack_outline.h"

namespace guildhall::slack {
namespace {

using importing::Loss;
using importing::MemberOf;
using importing::SourceKind;
using importing::SourceMessage;
using importing::SourceThread;
using importing::TextOf;
using nlohmann::json;

constexpr int kTitleLength = 80;

// As permalinks have it: "p1577836800000100".
std::string AddressOf(const std::string& channel, std::string_view timestamp) {
  std::string digits(timestamp);
  std::erase(digits, '.');
  return absl::StrCat("/archives/", channel, "/p", digits);
}

class SlackSource : public importing::Source {
 public:
  explicit SlackSource(SlackExport read)
      : export_(std::move(read)), to_markdown_(""), name_of_(NamesOf(export_)) {
    SlackOutline outline = OutlineOf(export_, name_of_, to_markdown_);
    outline_ = std::move(outline.outline);
    is_place_ = std::move(outline.is_place);
    losses_ = std::move(outline.losses);
    read_ = outline.read;
    for (const auto& [folder, ts] : export_.repeated) {
      ++read_.messages;
      Lose(SourceKind::kMessage, absl::StrCat(KeyOf(folder), "/", ts), "a message is there twice");
    }
    SortGroups();
  }

  std::string_view name() const override { return "slack"; }
  const importing::SourceOutline& outline() const override { return outline_; }

  absl::StatusOr<std::optional<SourceThread>> Next() override {
    while (next_group_ < order_.size()) {
      const std::size_t group = order_[next_group_++];
      GUILDHALL_ASSIGN(std::vector<json> messages, MessagesOf(group));
      const std::string* const place = PlaceOf(export_.groups[group].folder);
      if (place == nullptr) {
        LoseMessages(group, messages);
        continue;
      }
      SourceThread thread = ThreadOf(group, *place, messages);
      if (thread.messages.empty()) continue;
      ++read_.threads;
      return std::optional<SourceThread>(std::move(thread));
    }
    return std::optional<SourceThread>();
  }

 private:
  void Lose(SourceKind kind, std::string key, std::string what) {
    losses_.push_back({kind, std::move(key), std::move(what), true});
  }
  void Miss(std::string key, std::string what) {
    losses_.push_back({SourceKind::kMessage, std::move(key), std::move(what), false});
  }

  // The conversation's id, or the folder's name where no list has it.
  const std::string& KeyOf(std::size_t folder) const {
    const SlackExport::Folder& of = export_.folders[folder];
    return of.conversation ? export_.conversations[*of.conversation].id : of.name;
  }
  // The key of the place that the messages of a folder are in; none where they are in none.
  const std::string* PlaceOf(std::size_t folder) const {
    const std::optional<std::size_t> conversation = export_.folders[folder].conversation;
    return conversation && is_place_[*conversation] ? &KeyOf(folder) : nullptr;
  }

  void SortGroups();

  absl::StatusOr<std::vector<json>> MessagesOf(std::size_t group);
  void LoseMessages(std::size_t group, const std::vector<json>& messages);
  void LoseMessage(const json& message, std::string key, const char* why);
  SourceThread ThreadOf(std::size_t group, const std::string& place,
                        const std::vector<json>& messages);
  SourceMessage MessageOf(const json& message, const std::string& html, std::string key);
  void AddReactions(const json& message, SourceMessage& given);
  void TellFiles(const json& message, const std::string& key);

  SlackExport export_;
  html::HtmlToMarkdown to_markdown_;
  NameOf name_of_;
  importing::SourceOutline outline_;
  std::vector<bool> is_place_;      // by number of conversation
  std::vector<std::size_t> order_;  // of groups
  std::size_t next_group_ = 0;
};

// Places as the lists have them, threads by their first message; what has no place at the end.
void SlackSource::SortGroups() {
  for (std::size_t i = 0; i < export_.groups.size(); ++i) {
    order_.push_back(i);
    if (PlaceOf(export_.groups[i].folder) != nullptr) {
      outline_.message_count += static_cast<std::int64_t>(export_.messages.CountOf(i));
    }
  }
  const auto rank = [this](std::size_t i) {
    const MessageGroup& group = export_.groups[i];
    const std::size_t place =
        export_.folders[group.folder].conversation.value_or(export_.conversations.size());
    return std::tuple(place, KeyOf(group.folder), group.first_us, group.name);
  };
  std::sort(order_.begin(), order_.end(),
            [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
}

absl::StatusOr<std::vector<json>> SlackSource::MessagesOf(std::size_t group) {
  GUILDHALL_ASSIGN(const std::vector<importing::Spool::Record> records,
                   export_.messages.Read(group));
  std::vector<json> messages;
  messages.reserve(records.size());
  for (const auto& record : records) messages.push_back(json::parse(record[0]));
  std::sort(messages.begin(), messages.end(), [](const json& a, const json& b) {
    return ParseTimestamp(TextOf(a, "ts")) < ParseTimestamp(TextOf(b, "ts"));
  });
  return messages;
}

void SlackSource::LoseMessages(std::size_t group, const std::vector<json>& messages) {
  const std::size_t folder = export_.groups[group].folder;
  const auto conversation = export_.folders[folder].conversation;
  const char* why = "a message of a channel that no list has";
  if (conversation) {
    const bool direct = export_.conversations[*conversation].kind == Conversation::kDirect;
    why = direct ? "a direct message" : "a message of a channel that does not come along";
  }
  for (const json& message : messages) {
    ++read_.messages;
    LoseMessage(message, absl::StrCat(KeyOf(folder), "/", TextOf(message, "ts")), why);
  }
}

// With its reactions.
void SlackSource::LoseMessage(const json& message, std::string key, const char* why) {
  for (const json& reaction : MemberOf(message, "reactions")) {
    for (const json& user : MemberOf(reaction, "users")) {
      if (!user.is_string() || user.get_ref<const std::string&>().empty()) continue;
      ++read_.reactions;
      Lose(SourceKind::kReaction, key, "a reaction to a message that is lost");
    }
  }
  Lose(SourceKind::kMessage, std::move(key), why);
}

SourceThread SlackSource::ThreadOf(std::size_t group, const std::string& place,
                                   const std::vector<json>& messages) {
  const MessageGroup& of = export_.groups[group];
  SourceThread thread;
  thread.key = absl::StrCat(place, "/", of.name);
  thread.place = place;
  for (const json& message : messages) {
    ++read_.messages;
    std::string key = absl::StrCat(place, "/", TextOf(message, "ts"));
    if (TextOf(message, "subtype") == "tombstone") {
      LoseMessage(message, std::move(key), "a message that was deleted there");
      continue;
    }
    const std::string html = HtmlOfMessage(message, name_of_);
    if (thread.messages.empty() && !of.is_day) {
      const std::string words = importing::WordsOfHtml(html);
      const std::string_view shown = CutText(words, kTitleLength);
      thread.title = std::string(shown) + (shown.size() < words.size() ? "…" : "");
    }
    thread.messages.push_back(MessageOf(message, html, std::move(key)));
    thread.messages.back().address = AddressOf(place, TextOf(message, "ts"));
  }
  if (thread.title.empty()) {
    const std::string day =
        absl::FormatTime("%Y-%m-%d", absl::FromUnixMicros(of.first_us), absl::UTCTimeZone());
    thread.title = absl::StrCat(
        export_.conversations[*export_.folders[of.folder].conversation].name, ", ", day);
  }
  return thread;
}

SourceMessage SlackSource::MessageOf(const json& message, const std::string& html,
                                     std::string key) {
  SourceMessage given;
  given.person = AuthorOf(message);
  given.time = absl::FromUnixMicros(*ParseTimestamp(TextOf(message, "ts")));
  given.markdown = html.empty() ? "" : to_markdown_.Convert(html);
  for (std::string& lost : to_markdown_.TakeLost()) Miss(key, std::move(lost));
  TellFiles(message, key);
  if (!MemberOf(message, "edited").is_null()) Miss(key, "when it was edited");
  given.key = std::move(key);
  AddReactions(message, given);
  return given;
}

void SlackSource::TellFiles(const json& message, const std::string& key) {
  for (const json& file : MemberOf(message, "files")) {
    const json& size = MemberOf(file, "size");
    Miss(key, importing::FileLoss(NameOfFile(file),
                                  size.is_number_unsigned() ? size.get<std::uint64_t>() : 0));
  }
  for (const json& attachment : MemberOf(message, "attachments")) {
    if (MemberOf(attachment, "is_msg_unfurl") == true) Miss(key, "the message that it shares");
  }
}

void SlackSource::AddReactions(const json& message, SourceMessage& given) {
  absl::flat_hash_set<std::pair<std::string, std::string>> seen;
  for (const json& reaction : MemberOf(message, "reactions")) {
    const std::string& written = TextOf(reaction, "name");
    const std::string name = written.substr(0, written.find("::"));  // without the colour of skin
    std::uint64_t named = 0;
    for (const json& user : MemberOf(reaction, "users")) {
      if (!user.is_string() || user.get_ref<const std::string&>().empty()) continue;
      ++named;
      ++read_.reactions;
      if (seen.emplace(user.get<std::string>(), name).second) {
        given.reactions.push_back({user.get<std::string>(), name});
      } else {
        Lose(SourceKind::kReaction, given.key, "a reaction is there twice");
      }
    }
    const json& count = MemberOf(reaction, "count");
    if (count.is_number_unsigned() && count.get<std::uint64_t>() > named) {
      Miss(given.key, absl::StrCat(count.get<std::uint64_t>() - named, " reactions :", name,
                                   ": of people that the export does not name"));
    }
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<importing::Source>> SlackSourceOf(SlackExport read) {
  return std::make_unique<SlackSource>(std::move(read));
}

absl::StatusOr<std::unique_ptr<importing::Source>> OpenSlack(const std::string& path) {
  GUILDHALL_ASSIGN(auto files, importing::ArchiveFiles::Open(path, importing::EndsIn(".json")));
  GUILDHALL_ASSIGN(SlackExport read, SlackExport::Create());
  for (;;) {
    GUILDHALL_ASSIGN(const std::optional<importing::ArchiveFiles::File> file, files->Next());
    if (!file) break;
    GUILDHALL_TRY(read.Add(*file));
  }
  GUILDHALL_TRY(read.Finish());
  return SlackSourceOf(std::move(read));
}

}  // namespace guildhall::slack
