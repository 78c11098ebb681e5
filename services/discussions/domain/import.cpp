#include "services/discussions/domain/import.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

// The parts of AddedBits.
constexpr std::uint32_t kAcceptedBit = 1, kReactionBits = ~kAcceptedBit;

std::vector<ReactionKey> KeysOf(const std::vector<Reaction>& reactions) {
  std::vector<ReactionKey> keys;
  for (const Reaction& reaction : reactions) keys.emplace_back(reaction.member, reaction.kind);
  std::sort(keys.begin(), keys.end());
  return keys;
}

void AddTo(RecordHash& hash, const std::vector<ReactionKey>& keys) {
  for (const auto& [member, kind] : keys) hash.Name(member).Number(static_cast<int>(kind));
}

RecordHash::Digest ContentOf(const Post& post) {
  return RecordHash().Name(post.author).Text(post.markdown).Time(post.create_time).Finish();
}

RecordHash::Digest DigestOf(const std::vector<ReactionKey>& keys) {
  RecordHash hash;
  AddTo(hash, keys);
  return hash.Finish();
}

// The work of DecideImport, post by post.
class Importer {
 public:
  Importer(StandingPosts standing, ImportTargets& targets, ImportManner manner)
      : standing_(std::move(standing)), targets_(targets), manner_(manner) {}

  // Fails where the record cannot be taken.
  absl::StatusOr<ImportOutcome> Take(ImportedPost imported) {
    const std::string field = absl::StrCat("posts[", imported.place, "]");
    const auto found = targets_.find(imported.post.topic);
    if (found == targets_.end()) {
      return WrongField(field + ".name", "names a topic that does not exist");
    }
    const auto standing = standing_.posts.find(imported.post.id);
    if (found->second.deleted) return Left(imported, standing);
    if (manner_ == ImportManner::kCreateOnly) {
      GUILDHALL_ASSIGN(const bool there, IsThere(field, imported.post, found->second));
      if (there) return ImportOutcome{ImportResult::kUnchanged};
    }
    if (standing != standing_.posts.end()) {
      return Compare(field, imported, standing->second, found->second);
    }
    if (standing_.moved.contains(imported.post.id)) return ImportOutcome{ImportResult::kGone};
    return Create(field, std::move(imported), found->second);
  }

  ImportedPosts& result() { return result_; }

 private:
  using Found = absl::flat_hash_map<PostId, StandingPost>::const_iterator;

  // Of a topic that is gone: where the post has gone into another one, it stands there.
  ImportOutcome Left(const ImportedPost& imported, Found standing) {
    const bool stands = standing != standing_.posts.end() && !standing->second.post.delete_time &&
                        standing->second.post.topic != imported.post.topic;
    if (!stands) return ImportOutcome{ImportResult::kGone};
    return Elsewhere(imported, standing->second.post);
  }

  ImportOutcome Elsewhere(const ImportedPost& imported, const Post& post) {
    result_.elsewhere.push_back({imported.place, post.topic, post.id});
    return {.result = ImportResult::kElsewhere, .content_hash = ContentOf(post)};
  }

  // Whether the post is there already; a refusal when its number cannot be given to it.
  absl::StatusOr<bool> IsThere(const std::string& field, const Post& post,
                               const ImportTarget& target) const {
    const auto standing = standing_.posts.find(post.id);
    const bool stands_here = standing != standing_.posts.end() &&
                             standing->second.post.topic == post.topic &&
                             (post.number == 0 || standing->second.post.number == post.number);
    if (stands_here || standing_.left.contains({post.id, {post.topic, post.number}})) return true;
    if (standing != standing_.posts.end() ||
        (post.number != 0 && post.number <= target.topic.last_post_number)) {
      return WrongField(field + ".number", "belongs to another post");
    }
    return false;
  }

  absl::StatusOr<ImportOutcome> Create(const std::string& field, ImportedPost imported,
                                       ImportTarget& target) {
    if (imported.community && *imported.community != target.topic.community) {
      if (manner_ == ImportManner::kFollowSource) {
        return ImportOutcome{ImportResult::kRefused, "topic: stands in another community"};
      }
      return WrongField(field + ".community", "is another than that of its topic");
    }
    GUILDHALL_TRY(CheckNumber(field, imported.post, target.topic));
    GUILDHALL_TRY(CountReactions(field, imported));
    if (manner_ == ImportManner::kCreateOnly) GUILDHALL_TRY(CheckAccepted(field, imported, target));
    ImportOutcome outcome{ImportResult::kCreated};
    GUILDHALL_ASSIGN(const std::optional<int> reply_to, ReplyTo(field, imported, target.topic));
    if (imported.answered && !reply_to) outcome.asides.push_back(ImportAside::kReply);
    const absl::Time sent_time = imported.post.create_time;
    const bool all_imported = target.imported_post_number == target.topic.last_post_number;
    const ReactionCounts reactions = imported.post.reactions;
    GUILDHALL_ASSIGN(imported.post, AddPost(target.topic, {.id = imported.post.id,
                                                           .author = imported.post.author,
                                                           .markdown = imported.post.markdown,
                                                           .time = sent_time,
                                                           .reply_to = reply_to}));
    imported.post.reactions = reactions;
    for (Reaction& reaction : imported.reactions) reaction.create_time = imported.post.create_time;
    if (all_imported) target.imported_post_number = imported.post.number;
    target.grows = true;
    Accept(imported, imported.post.number, true, target, outcome);
    Show(imported, sent_time, KeysOf(imported.reactions), imported.post, outcome);
    imported.mark = {HalfOf(TextDigest(imported.post)), AddedBits(imported)};
    const std::optional<PostId> answered = reply_to ? imported.answered : std::nullopt;
    const auto keys = KeysOf(imported.reactions);
    standing_.posts[imported.post.id] = {
        imported.post, answered, imported.mark, {keys.begin(), keys.end()}};
    result_.created.push_back(std::move(imported));
    return outcome;
  }

  absl::StatusOr<ImportOutcome> Compare(const std::string& field, const ImportedPost& imported,
                                        StandingPost& standing, ImportTarget& target) {
    Post& post = standing.post;
    if (post.delete_time) return ImportOutcome{ImportResult::kGone};
    if (post.topic != imported.post.topic) return Elsewhere(imported, post);
    ImportOutcome outcome;
    if (post.author != imported.post.author) {
      return WrongField(field + ".author", "is another than that of the post, which stays");
    }
    outcome.result =
        Follow(TextDigest(imported.post), TextDigest(post), standing.mark, post.version);
    if (post.create_time < imported.post.create_time) outcome.result = ImportResult::kKept;
    FollowingPost following{.post = post, .mark = standing.mark.value_or(ImportMark())};
    following.rewritten = outcome.result == ImportResult::kUpdated;
    if (following.rewritten) {
      following.post.markdown = imported.post.markdown;
      ++following.post.version;
    }
    if (outcome.result != ImportResult::kKept) {
      following.mark.replaced = HalfOf(TextDigest(imported.post));
    }
    const std::uint32_t added_bits = AddedBits(imported);
    following.mark.added = added_bits;
    GUILDHALL_TRY(AddReactions(field, imported,
                               SourceAdded(added_bits, standing.mark, kReactionBits), standing,
                               following));
    const bool answers =
        Accept(imported, post.number, SourceAdded(added_bits, standing.mark, kAcceptedBit), target,
               outcome);
    if (imported.answered != standing.answered) outcome.asides.push_back(ImportAside::kReply);
    const bool added = answers || !following.reactions.empty();
    if (added && outcome.result == ImportResult::kUnchanged) {
      outcome.result = ImportResult::kUpdated;
    }
    Show(imported, imported.post.create_time, standing.reacted, following.post, outcome);
    const bool marks = standing.mark ? following.mark != *standing.mark : following.rewritten;
    post = following.post;
    if (marks) standing.mark = following.mark;
    if (marks || added) result_.following.push_back(std::move(following));
    return outcome;
  }

  static absl::Status CheckNumber(const std::string& field, const Post& post, const Topic& topic) {
    const int next = topic.last_post_number + 1;
    if (post.number != 0 && post.number != next) {
      return WrongField(field + ".number", absl::StrCat("leaves a gap: the next is ", next));
    }
    if (next > kMaxPostsPerTopic) {
      return WrongField(field + ".number", absl::StrCat("is at most ", kMaxPostsPerTopic));
    }
    return absl::OkStatus();
  }

  static absl::Status CheckAccepted(const std::string& field, const ImportedPost& imported,
                                    const ImportTarget& target) {
    const bool first = target.topic.last_post_number == 0;
    if (!imported.accepted || (target.topic.kind == TopicKind::kQuestion && !first)) {
      return absl::OkStatus();
    }
    return WrongField(field + ".accepted", "is for what answers a question");
  }

  static absl::Status CountReactions(const std::string& field, ImportedPost& imported) {
    std::set<ReactionKey> seen;
    for (const Reaction& reaction : imported.reactions) {
      if (!seen.emplace(reaction.member, reaction.kind).second) {
        return WrongField(field + ".reactions", "holds one twice");
      }
      imported.post.reactions.Add(reaction.kind);
    }
    return absl::OkStatus();
  }

  // By its number or by its id; of what stands, for ids.
  absl::StatusOr<std::optional<int>> ReplyTo(const std::string& field, const ImportedPost& imported,
                                             const Topic& topic) const {
    if (!imported.answered) {
      return ReplyToFrom(field + ".reply_to_number", imported.post.reply_to.value_or(0), topic);
    }
    const auto found = standing_.posts.find(*imported.answered);
    const bool stands = found != standing_.posts.end() &&
                        found->second.post.topic == imported.post.topic &&
                        !found->second.post.delete_time;
    return stands ? std::optional(found->second.post.number) : std::nullopt;
  }

  // Whether the post becomes the answer of its question.
  static bool Accept(const ImportedPost& imported, int number, bool source_added,
                     ImportTarget& target, ImportOutcome& outcome) {
    Topic& topic = target.topic;
    if (!imported.accepted || topic.accepted_post == number) return false;
    if (!source_added || topic.kind != TopicKind::kQuestion || number == 1 || topic.accepted_post) {
      outcome.asides.push_back(ImportAside::kAccepted);
      return false;
    }
    topic.accepted_post = number;
    ++topic.version;
    target.answered = true;
    return true;
  }

  static absl::Status AddReactions(const std::string& field, const ImportedPost& imported,
                                   bool source_added, StandingPost& standing,
                                   FollowingPost& following) {
    ImportedPost counted = imported;
    GUILDHALL_TRY(CountReactions(field, counted));
    for (const Reaction& reaction : imported.reactions) {
      if (!source_added || !standing.reacted.emplace(reaction.member, reaction.kind).second) {
        continue;
      }
      following.reactions.push_back({reaction.member, reaction.kind, following.post.create_time});
      following.post.reactions.Add(reaction.kind);
    }
    return absl::OkStatus();
  }

  // Tells of what stands.
  static void Show(const ImportedPost& imported, absl::Time sent_time, const auto& reacted,
                   const Post& post, ImportOutcome& outcome) {
    outcome.content_hash = ContentOf(post);
    if (post.create_time > sent_time) outcome.late_time = post.create_time;
    if (imported.reactions.empty()) return;
    const std::set<ReactionKey> there(reacted.begin(), reacted.end());
    std::vector<ReactionKey> standing;
    for (std::size_t i = 0; i < imported.reactions.size(); ++i) {
      const ReactionKey key{imported.reactions[i].member, imported.reactions[i].kind};
      if (there.contains(key)) {
        standing.push_back(key);
      } else {
        outcome.missing_reactions.push_back(static_cast<int>(i));
      }
    }
    std::sort(standing.begin(), standing.end());
    outcome.reactions_hash = DigestOf(standing);
  }

  StandingPosts standing_;
  ImportTargets& targets_;
  const ImportManner manner_;
  ImportedPosts result_;
};

}  // namespace

std::uint32_t AddedBits(const ImportedPost& imported) {
  const std::uint32_t reactions = HalfOf(DigestOf(KeysOf(imported.reactions))) & kReactionBits;
  return reactions | (imported.accepted ? kAcceptedBit : 0);
}

absl::StatusOr<ImportedPosts> DecideImport(std::vector<ImportedPost> wanted, StandingPosts standing,
                                           ImportTargets& targets, ImportManner manner) {
  Importer importer(std::move(standing), targets, manner);
  for (ImportedPost& imported : wanted) {
    const int place = imported.place;
    absl::StatusOr<ImportOutcome> outcome = importer.Take(std::move(imported));
    if (!outcome.ok()) {
      if (manner == ImportManner::kCreateOnly) return outcome.status();
      outcome = RefusedAlone(outcome.status());
    }
    importer.result().outcomes.emplace_back(place, *std::move(outcome));
  }
  return std::move(importer.result());
}

}  // namespace guildhall::discussions
