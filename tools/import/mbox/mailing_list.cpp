#include "tools/import/mbox/mailing_list.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "libs/base/sha256.h"
#include "libs/base/strings.h"

namespace guildhall::mbox {
namespace {

// Longer ids are told by their hash.
constexpr std::size_t kLongestId = 250;

std::string HexSha256(std::string_view text) {
  const auto digest = Sha256(text);
  return absl::BytesToHexString({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

// When a message was written: by its author's clock, unless that was more than a day ahead of the
// server's, or by that.
absl::Time TimeOf(Mail& mail, const RawMail& raw, const MailingList& list) {
  const bool ahead = mail.time && raw.postmarked && *mail.time > *raw.postmarked + absl::Hours(24);
  if (mail.time && !ahead) return *mail.time;
  mail.lost.push_back("when it was written");
  if (raw.postmarked) return *raw.postmarked;
  return list.messages.empty() ? absl::UnixEpoch() : list.messages.back().time;
}

}  // namespace

std::size_t Writers::NumberOf(const Mail& mail, absl::Time time) {
  const auto [found, is_new] = numbers_.try_emplace(mail.address, all_.size());
  if (is_new) {
    const bool known = !mail.address.empty();
    all_.push_back({known ? HexSha256(mail.address) : "nobody",
                    mail.author.empty() || !known ? "Unknown" : mail.author, time});
  }
  Writer& writer = all_[found->second];
  writer.since = std::min(writer.since, time);
  return found->second;
}

absl::Status ReadList(importing::LineStream& lines, MailingList& list, Writers& writers,
                      importing::Spool& spool, std::vector<importing::Loss>& losses) {
  list.offset = spool.size();
  const absl::Status status = ForEachMail(lines, [&](RawMail raw) {
    Mail mail = ParseMail(raw.bytes);
    std::string id = mail.message_id;
    if (id.empty()) id = absl::StrCat("sha256:", HexSha256(raw.bytes));
    if (id.size() > kLongestId) id = absl::StrCat("sha256:", HexSha256(id));
    std::string key = absl::StrCat(list.key, "/", id);
    std::vector<IdHash> references;
    for (const std::string& reference : mail.references) references.push_back(HashOf(reference));
    const bool has_id = !mail.message_id.empty();
    if (!list.threads.Add(HashOf(has_id ? mail.message_id : id), std::move(references))) {
      losses.push_back(
          {importing::SourceKind::kMessage, std::move(key), "a message is there twice", true});
      return absl::OkStatus();
    }
    const absl::Time time = TimeOf(mail, raw, list);
    if (raw.cut) mail.lost.push_back("all behind 8 MiB of it");
    const std::size_t writer = writers.NumberOf(mail, time);
    const auto [since, is_new] = list.writers.try_emplace(writer, time);
    since->second = std::min(since->second, time);
    list.messages.push_back({writer, time});
    importing::Spool::Record record = {std::move(key), std::move(mail.subject),
                                       std::move(mail.html), std::move(mail.archived_at)};
    std::move(mail.lost.begin(), mail.lost.end(), std::back_inserter(record));
    return spool.Add(list.offset + list.messages.size() - 1, record);
  });
  list.threads.Finish();
  return status;
}

}  // namespace guildhall::mbox
