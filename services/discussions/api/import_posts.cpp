#include <set>

#include "absl/strings/str_cat.h"
#include "guildhall/change/v1/change.pb.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
#include "libs/rpc/import_outcomes.h"
#include "libs/rpc/times.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/import_writes.h"

namespace guildhall::discussions {
namespace {

// OK when members will get to see the text; an import is told of a field in every case.
absl::Status CheckText(const std::string& field, const std::string& markdown) {
  const absl::Status status = RenderNew(field, markdown).status();
  if (!Is(status, reasons::kRenderedTooLarge)) return status;
  return WrongField(field, "renders to too much HTML");
}

absl::StatusOr<std::vector<Reaction>> ReactionsFrom(const std::string& field,
                                                    const v1::ImportedPost& imported) {
  std::vector<Reaction> reactions;
  for (const v1::ImportedReaction& wanted : imported.reactions()) {
    const std::string place = absl::StrCat(field, ".reactions[", reactions.size(), "]");
    Reaction& reaction = reactions.emplace_back();
    GUILDHALL_ASSIGN(reaction.member, resources::ParseMember(place + ".member", wanted.member()));
    GUILDHALL_ASSIGN(reaction.kind, ReactionKindFrom(place + ".kind", wanted.kind()));
  }
  return reactions;
}

absl::StatusOr<std::optional<PostId>> AnsweredFrom(const std::string& field,
                                                   const v1::ImportedPost& imported,
                                                   TopicId topic) {
  if (imported.reply_to().empty()) return std::nullopt;
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById(field, imported.reply_to()));
  if (ref.topic != topic) return WrongField(field, "is in another topic");
  if (imported.reply_to_number() != 0) return WrongField(field, "is told by number, too");
  return ref.post;
}

absl::StatusOr<ImportedPost> PostFrom(const std::string& field, const v1::ImportedPost& imported,
                                      absl::Time now) {
  ImportedPost wanted;
  Post& post = wanted.post;
  GUILDHALL_ASSIGN(const resources::PostRef ref, PostById(field + ".name", imported.name()));
  post.topic = ref.topic;
  post.id = *ref.post;
  GUILDHALL_TRY(CheckImportedId(field + ".name", post.topic.uuid()));
  GUILDHALL_TRY(CheckImportedId(field + ".name", post.id.uuid()));
  post.number = imported.number();
  if (post.number < 0) return WrongField(field + ".number", "is 0 or more");
  GUILDHALL_ASSIGN(post.author, resources::ParseMember(field + ".author", imported.author()));
  GUILDHALL_TRY(CheckText(field + ".markdown", imported.markdown()));
  post.markdown = imported.markdown();
  GUILDHALL_ASSIGN(post.create_time, rpc::TimeFrom(field + ".create_time", imported.create_time()));
  GUILDHALL_TRY(CheckImportedTime(field + ".create_time", post.create_time, now));
  if (imported.reply_to_number() != 0) post.reply_to = imported.reply_to_number();
  GUILDHALL_ASSIGN(wanted.answered, AnsweredFrom(field + ".reply_to", imported, post.topic));
  wanted.accepted = imported.accepted();
  if (!imported.community().empty()) {
    GUILDHALL_ASSIGN(wanted.community,
                     resources::ParseCommunity(field + ".community", imported.community()));
  }
  GUILDHALL_ASSIGN(wanted.reactions, ReactionsFrom(field, imported));
  return wanted;
}

std::vector<TopicId> TopicsOf(const std::vector<ImportedPost>& posts) {
  std::set<TopicId> topics;
  for (const ImportedPost& imported : posts) topics.insert(imported.post.topic);
  return {topics.begin(), topics.end()};
}

// What the log is told of an import.
struct Told {
  const ImportedPosts& imported;
  const std::vector<CountedReplies>& counted;
  const ImportTargets& targets;

  static changelog::Change ChangeOf(int kind, const Post& post) {
    return {.kind = kind,
            .key = post.topic.uuid(),
            .resource = post.id.uuid(),
            .version = post.version,
            .origin = changelog::Origin::kImport};
  }
  static changelog::Change ChangeOf(int kind, const Topic& topic) {
    return {.kind = kind,
            .key = topic.id.uuid(),
            .resource = topic.id.uuid(),
            .version = topic.version,
            .origin = changelog::Origin::kImport};
  }

  std::vector<changelog::Change> Changes() const {
    std::vector<changelog::Change> changes;
    for (const CountedReplies& answered : counted) {
      changes.push_back({.kind = change::v1::KIND_POST_COUNTED,
                         .key = answered.topic.uuid(),
                         .resource = answered.post.uuid(),
                         .version = answered.version,
                         .origin = changelog::Origin::kImport});
    }
    for (const ImportedPost& created : imported.created) {
      const Topic& topic = targets.at(created.post.topic).topic;
      // With its first post a topic comes into sight.
      if (created.post.number == 1) {
        Topic opened = topic;
        opened.version = 1;
        changes.push_back(ChangeOf(change::v1::KIND_TOPIC_CREATED, opened));
      }
      changes.push_back(ChangeOf(change::v1::KIND_POST_CREATED, created.post));
      AddAnswer(created.post, changes);
    }
    for (const FollowingPost& following : imported.following) {
      if (following.rewritten) {
        changes.push_back(ChangeOf(change::v1::KIND_POST_UPDATED, following.post));
      } else if (!following.reactions.empty()) {
        changes.push_back(ChangeOf(change::v1::KIND_POST_COUNTED, following.post));
      }
      AddAnswer(following.post, changes);
    }
    return changes;
  }

  // Where it became the answer to its question.
  void AddAnswer(const Post& post, std::vector<changelog::Change>& changes) const {
    const ImportTarget& target = targets.at(post.topic);
    if (!target.answered || target.topic.accepted_post != post.number) return;
    changes.push_back(ChangeOf(change::v1::KIND_TOPIC_UPDATED, target.topic));
  }
};

// A request as far as it can be taken, and what is known of the rest.
struct Asked {
  std::vector<ImportedPost> posts;
  std::vector<ImportOutcome> outcomes;
  ImportManner manner = ImportManner::kCreateOnly;
  bool validate_only = false;

  bool answers_outcomes() const { return validate_only || manner == ImportManner::kFollowSource; }
};

// Renders each text once, before anything is locked.
absl::StatusOr<Asked> AskedOf(const v1::ImportPostsRequest& request, absl::Time now) {
  Asked asked{.outcomes = std::vector<ImportOutcome>(request.posts_size()),
              .validate_only = request.validate_only()};
  if (request.follow_source()) asked.manner = ImportManner::kFollowSource;
  std::set<PostId> seen;
  for (int place = 0; place < request.posts_size(); ++place) {
    const std::string field = absl::StrCat("posts[", place, "]");
    absl::StatusOr<ImportedPost> post = PostFrom(field, request.posts(place), now);
    if (post.ok() && asked.answers_outcomes() && !seen.insert(post->post.id).second) {
      asked.outcomes[place] = RefusedAlone(WrongField(field + ".name", "comes twice"));
    } else if (post.ok()) {
      post->place = place;
      asked.posts.push_back(*std::move(post));
    } else if (asked.manner == ImportManner::kFollowSource) {
      asked.outcomes[place] = RefusedAlone(post.status());
    } else {
      return post.status();
    }
  }
  return asked;
}

// A dry run has imported no topics: those that are not there count as empty ones that take
// anything.
void AddMissing(const std::vector<ImportedPost>& posts, ImportTargets& targets) {
  for (const ImportedPost& imported : posts) {
    ImportTarget missing;
    missing.topic.id = imported.post.topic;
    missing.topic.kind = TopicKind::kQuestion;
    missing.topic.community = imported.community.value_or(CommunityId());
    targets.try_emplace(imported.post.topic, missing);
  }
}

// Stores what follows from `asked`, unless it is only to be validated; `touched` gets the tags of
// the replies that may hold it.
absl::StatusOr<ImportedPosts> Import(postgres::Work& work, const Asked& asked,
                                     cache::Tags& touched) {
  GUILDHALL_ASSIGN(ImportTargets targets, LockTargets(work, TopicsOf(asked.posts)));
  for (const auto& [id, target] : targets) {
    touched.push_back(id.uuid());
    touched.push_back(target.topic.community.uuid());
  }
  if (asked.validate_only) AddMissing(asked.posts, targets);
  GUILDHALL_ASSIGN(StandingPosts standing, GetStandingPosts(work, asked.posts));
  GUILDHALL_ASSIGN(ImportedPosts imported,
                   DecideImport(asked.posts, std::move(standing), targets, asked.manner));
  if (asked.validate_only) return imported;
  GUILDHALL_TRY(ImportPosts(work, imported.created));
  StoreFollowing(work, imported.following);
  StoreImportedAnswers(work, targets);
  GUILDHALL_ASSIGN(const std::vector<CountedReplies> counted,
                   CountImportedReplies(work, imported.created));
  changelog::Append(work, Told{imported, counted, targets}.Changes());
  StoreImportedEnds(work, targets);
  return imported;
}

v1::ImportPostsResponse ResponseOf(Asked asked, ImportedPosts imported) {
  v1::ImportPostsResponse response;
  response.set_created_count(static_cast<int>(imported.created.size()));
  if (!asked.answers_outcomes()) return response;
  for (auto& [place, outcome] : imported.outcomes) asked.outcomes[place] = std::move(outcome);
  for (const PostElsewhere& post : imported.elsewhere) {
    asked.outcomes[post.place].stands_as = resources::PostName(post.topic, post.post);
  }
  for (ImportOutcome& outcome : asked.outcomes) {
    // What would be created does not stand yet.
    if (asked.validate_only && outcome.result == ImportResult::kCreated) {
      outcome.content_hash.reset();
      outcome.reactions_hash.reset();
    }
    rpc::Put(outcome, *response.add_outcomes());
  }
  return response;
}

}  // namespace

absl::StatusOr<v1::ImportPostsResponse> ImportPosts(Discussions& discussions, const rpc::Call& call,
                                                    const v1::ImportPostsRequest& request) {
  if (request.posts_size() > kMaxImportedPosts) {
    return WrongField("posts", absl::StrCat("takes at most ", kMaxImportedPosts));
  }
  GUILDHALL_ASSIGN(Asked asked, AskedOf(request, call.now()));
  cache::Tags touched;
  absl::StatusOr<ImportedPosts> imported = discussions.database.Transact<ImportedPosts>(
      call.context(), [&](postgres::Work& work) { return Import(work, asked, touched); });
  if (!asked.validate_only) discussions.replies.Invalidate(touched);
  if (!imported.ok()) return imported.status();
  return ResponseOf(std::move(asked), *std::move(imported));
}

}  // namespace guildhall::discussions
