#include "tools/import/mbox/mbox_source.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "tools/import/archive/loss_words.h"
#include "tools/import/html/html_to_markdown.h"
#include "tools/import/mbox/mailing_list.h"

namespace guildhall::mbox {
namespace {

namespace fs = std::filesystem;
using importing::SourceKind;
using importing::SourceMessage;
using importing::SourcePlace;
using importing::SourceThread;

// Without what says how it is packed, and that it is an mbox.
std::string_view ListName(std::string_view file) {
  for (const std::string_view ending : {".gz", ".bz2", ".xz", ".zst", ".mbox", ".mbx", ".txt"}) {
    if (file.ends_with(ending) && file.size() > ending.size()) file.remove_suffix(ending.size());
  }
  return file;
}

// "Re: Re: Fwd: Plans" is about plans.
std::string_view TopicOf(std::string_view subject) {
  for (;;) {
    subject = Std(absl::StripLeadingAsciiWhitespace(Absl(subject)));
    const std::size_t colon = subject.find(':');
    const std::string prefix = absl::AsciiStrToLower(Absl(subject.substr(0, colon)));
    if (prefix != "re" && prefix != "aw" && prefix != "fwd" && prefix != "fw") return subject;
    if (colon == std::string_view::npos) return subject;
    subject.remove_prefix(colon + 1);
  }
}

// A message's place in its thread: never before what it replies to, whatever the clocks say.
struct Placed {
  absl::Time time;
  std::size_t depth = 0;
  std::size_t message = 0;
};

class MboxSource : public importing::Source {
 public:
  MboxSource(importing::Spool spool) : spool_(std::move(spool)), to_markdown_("") {}

  absl::Status Read(const std::string& file, std::string key) {
    MailingList list;
    list.name = key.substr(key.rfind('/') + 1);
    list.key = std::move(key);
    if (!keys_.insert(list.key).second) {
      return absl::InvalidArgumentError(absl::StrCat(file, ": another file has this list"));
    }
    std::error_code error;
    if (fs::is_regular_file(file, error) && fs::file_size(file, error) == 0) {
      lists_.push_back(std::move(list));
      return absl::OkStatus();
    }
    const auto no_archive = [](std::string_view) { return false; };
    GUILDHALL_ASSIGN(auto lines, importing::LineStream::Open(file, no_archive));
    GUILDHALL_TRY(ReadList(*lines, list, writers_, spool_, losses_));
    lists_.push_back(std::move(list));
    return absl::OkStatus();
  }

  void Finish() {
    read_.messages = static_cast<std::int64_t>(losses_.size());  // that are there twice
    for (const Writer& writer : writers_.all()) {
      outline_.people.push_back({writer.key, writer.name, false, writer.since, ""});
    }
    read_.people = static_cast<std::int64_t>(outline_.people.size());
    for (const MailingList& list : lists_) AddPlace(list);
  }

  std::string_view name() const override { return "mbox"; }
  const importing::SourceOutline& outline() const override { return outline_; }

  absl::StatusOr<std::optional<SourceThread>> Next() override {
    for (; next_list_ < lists_.size(); ++next_list_, next_thread_ = 0) {
      const MailingList& list = lists_[next_list_];
      if (next_thread_ == list.threads.threads().size()) continue;
      return ThreadOf(list, list.threads.threads()[next_thread_++]);
    }
    return std::optional<SourceThread>();
  }

 private:
  void AddPlace(const MailingList& list) {
    ++read_.places;
    if (list.messages.empty()) {
      losses_.push_back({SourceKind::kPlace, list.key, "a list without messages", true});
      return;
    }
    SourcePlace place;
    place.key = list.key;
    place.name = list.name;
    std::vector<std::pair<absl::Time, std::size_t>> order;
    for (const auto& [writer, since] : list.writers) order.emplace_back(since, writer);
    std::sort(order.begin(), order.end());
    place.time = order.front().first;
    for (const auto& [since, writer] : order) {
      place.participations.push_back(
          {writers_.all()[writer].key, importing::SourceRole::kMember, since});
    }
    read_.participations += static_cast<std::int64_t>(order.size());
    outline_.message_count += static_cast<std::int64_t>(list.messages.size());
    outline_.places.push_back(std::move(place));
  }

  static std::vector<Placed> InOrder(const MailingList& list,
                                     const std::vector<std::size_t>& messages) {
    absl::flat_hash_map<std::size_t, Placed> placed;
    std::vector<std::size_t> open;
    for (const std::size_t message : messages) {
      // Up to what has its place, then down again.
      for (std::optional<std::size_t> at = message; at && !placed.contains(*at);) {
        open.push_back(*at);
        at = list.threads.ParentOf(*at);
      }
      for (; !open.empty(); open.pop_back()) {
        const std::size_t at = open.back();
        Placed place{list.messages[at].time, 0, at};
        if (const std::optional<std::size_t> parent = list.threads.ParentOf(at)) {
          const Placed& above = placed.at(*parent);
          place.time = std::max(place.time, above.time);
          place.depth = above.depth + 1;
        }
        placed[at] = place;
      }
    }
    std::vector<Placed> order;
    for (const std::size_t message : messages) order.push_back(placed.at(message));
    std::sort(order.begin(), order.end(), [](const Placed& a, const Placed& b) {
      return std::tuple(a.time, a.depth, a.message) < std::tuple(b.time, b.depth, b.message);
    });
    return order;
  }

  absl::StatusOr<std::optional<SourceThread>> ThreadOf(const MailingList& list,
                                                       const std::vector<std::size_t>& messages) {
    SourceThread thread;
    thread.place = list.key;
    absl::flat_hash_map<std::size_t, std::string> keys;  // by message
    for (const Placed& placed : InOrder(list, messages)) {
      GUILDHALL_ASSIGN(const auto records, spool_.Read(list.offset + placed.message));
      const importing::Spool::Record& record = records.front();
      SourceMessage message;
      message.key = record[kMailKey];
      message.person = writers_.all()[list.messages[placed.message].writer].key;
      message.time = placed.time;
      if (!record[kMailHtml].empty()) message.markdown = to_markdown_.Convert(record[kMailHtml]);
      message.address = record[kMailArchivedAt];
      if (const auto parent = list.threads.ParentOf(placed.message)) {
        message.reply_to = keys.at(*parent);
      }
      for (std::string& lost : to_markdown_.TakeLost()) {
        losses_.push_back({SourceKind::kMessage, message.key, std::move(lost), false});
      }
      for (std::size_t i = kMailLost; i < record.size(); ++i) {
        losses_.push_back({SourceKind::kMessage, message.key, record[i], false});
      }
      if (thread.messages.empty()) {
        thread.key = message.key;
        thread.title = TopicOf(record[kMailSubject]);
        if (thread.title.empty()) thread.title = "No subject";
      }
      keys[placed.message] = message.key;
      ++read_.messages;
      thread.messages.push_back(std::move(message));
    }
    ++read_.threads;
    return std::optional<SourceThread>(std::move(thread));
  }

  importing::Spool spool_;
  html::HtmlToMarkdown to_markdown_;
  Writers writers_;
  std::vector<MailingList> lists_;
  std::set<std::string> keys_;
  importing::SourceOutline outline_;
  std::size_t next_list_ = 0, next_thread_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<importing::Source>> OpenMbox(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return absl::NotFoundError(absl::StrCat("there is no ", path));
  GUILDHALL_ASSIGN(importing::Spool spool, importing::Spool::Create());
  auto source = std::make_unique<MboxSource>(std::move(spool));
  std::vector<std::string> files = {path};
  fs::path root = fs::path(path).parent_path();
  if (fs::is_directory(status)) {
    root = path;
    const auto is_shown = [](std::string_view file) {
      return !file.substr(file.rfind('/') + 1).starts_with('.');
    };
    GUILDHALL_ASSIGN(files, importing::ListFolder(path, is_shown));
  }
  for (const std::string& file : files) {
    const std::string below = fs::path(file).lexically_relative(root).string();
    GUILDHALL_TRY(source->Read(file, importing::Storable(ListName(below))));
  }
  source->Finish();
  return source;
}

}  // namespace guildhall::mbox
