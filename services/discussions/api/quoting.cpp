#include "services/discussions/api/quoting.h"

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

constexpr std::string_view kQuotes = "post.quotes", kPost = "post.quotes.post",
                           kText = "post.quotes.text";

// The same for what stands elsewhere, what is deleted and what never was.
absl::Status NotThere() { return WrongField(kPost, "names no post that stands in the topic"); }

}  // namespace

absl::StatusOr<Quoting> Quoting::Of(Discussions& discussions, const rpc::Call& call, TopicId topic,
                                    const v1::Post& asked) {
  Quoting quoting(*call.grant().community());
  if (asked.quotes().empty()) return quoting;
  if (asked.quotes_size() > kMaxQuotes) {
    return WrongField(kQuotes, absl::StrCat("takes at most ", kMaxQuotes));
  }
  for (const v1::Quote& quote : asked.quotes()) {
    GUILDHALL_ASSIGN(const resources::PostRef ref, PostById(kPost, quote.post()));
    Quote& added = quoting.quotes_.emplace_back().quote;
    added.post = *ref.post;
    GUILDHALL_ASSIGN(added.text, PassageFrom(kText, quote.text()));
    if (ref.topic != topic) quoting.found_ = NotThere();
  }
  if (quoting.found_.ok()) quoting.found_ = quoting.Find(discussions, call, topic);
  return quoting;
}

absl::Status Quoting::Find(Discussions& discussions, const rpc::Call& call, TopicId topic) {
  std::vector<PostId> ids;
  for (const FoundQuote& found : quotes_) ids.push_back(found.quote.post);
  GUILDHALL_ASSIGN(const std::vector<Post> posts,
                   GetPostsToQuote(discussions.database, call.context(), call.grant(), topic, ids));
  absl::flat_hash_map<PostId, const Post*> sources;
  absl::flat_hash_map<PostId, std::string> said;
  for (const Post& post : posts) {
    sources[post.id] = &post;
    said[post.id] = SaidIn(Render(post));
  }
  for (FoundQuote& found : quotes_) {
    const auto source = sources.find(found.quote.post);
    if (source == sources.end()) return NotThere();
    GUILDHALL_TRY(CheckSaid(kText, found.quote.text, said[found.quote.post]));
    found.quote.post_number = source->second->number;
    found.quote.author = source->second->author;
    found.version = source->second->version;
  }
  return absl::OkStatus();
}

absl::Status Quoting::Store(postgres::Work& work, Post& post, CommunityId community) const {
  if (quotes_.empty()) return absl::OkStatus();
  if (community != decided_) {
    return Refusal(policy::reasons::kBusy, "The topic has been moved.");
  }
  GUILDHALL_TRY(found_);
  for (const FoundQuote& found : quotes_) {
    post.quotes.push_back(found.quote);
    post.quoted_bytes += static_cast<int>(found.quote.text.size());
  }
  GUILDHALL_ASSIGN(const bool stored, StoreQuotes(work, post, quotes_));
  if (stored) return absl::OkStatus();
  return Refusal(policy::reasons::kBusy, "What is quoted is being edited.");
}

}  // namespace guildhall::discussions
