#include <set>

#include "absl/strings/str_cat.h"
#include "guildhall/change/v1/change.pb.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/changelog/change_log.h"
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
  if (post.number < 1) return WrongField(field + ".number", "is 1 or more");
  GUILDHALL_ASSIGN(post.author, resources::ParseMember(field + ".author", imported.author()));
  GUILDHALL_TRY(CheckText(field + ".markdown", imported.markdown()));
  post.markdown = imported.markdown();
  GUILDHALL_ASSIGN(post.create_time, rpc::TimeFrom(field + ".create_time", imported.create_time()));
  GUILDHALL_TRY(CheckImportedTime(field + ".create_time", post.create_time, now));
  if (imported.reply_to_number() != 0) post.reply_to = imported.reply_to_number();
  wanted.accepted = imported.accepted();
  GUILDHALL_ASSIGN(wanted.reactions, ReactionsFrom(field, imported));
  return wanted;
}

std::vector<TopicId> TopicsOf(const std::vector<ImportedPost>& posts) {
  std::set<TopicId> topics;
  for (const ImportedPost& imported : posts) topics.insert(imported.post.topic);
  return {topics.begin(), topics.end()};
}

// Whether a post became the answer to its question.
bool Answers(const ImportedPost& imported, const ImportTarget& target) {
  return imported.accepted && target.answered && target.topic.accepted_post == imported.post.number;
}

std::vector<changelog::Change> ChangesOf(const std::vector<ImportedPost>& created,
                                         const std::vector<CountedReplies>& counted,
                                         const ImportTargets& targets) {
  std::vector<changelog::Change> changes;
  for (const CountedReplies& answered : counted) {
    changes.push_back({.kind = change::v1::KIND_POST_COUNTED,
                       .key = answered.topic.uuid(),
                       .resource = answered.post.uuid(),
                       .version = answered.version,
                       .origin = changelog::Origin::kImport});
  }
  for (const ImportedPost& imported : created) {
    const Post& post = imported.post;
    // With its first post a topic comes into sight.
    if (post.number == 1) {
      changes.push_back({.kind = change::v1::KIND_TOPIC_CREATED,
                         .key = post.topic.uuid(),
                         .resource = post.topic.uuid(),
                         .origin = changelog::Origin::kImport});
    }
    changes.push_back({.kind = change::v1::KIND_POST_CREATED,
                       .key = post.topic.uuid(),
                       .resource = post.id.uuid(),
                       .origin = changelog::Origin::kImport});
    const ImportTarget& target = targets.at(post.topic);
    if (Answers(imported, target)) {
      changes.push_back({.kind = change::v1::KIND_TOPIC_UPDATED,
                         .key = post.topic.uuid(),
                         .resource = post.topic.uuid(),
                         .version = target.topic.version,
                         .origin = changelog::Origin::kImport});
    }
  }
  return changes;
}

// Stores those that do not exist yet and says how many they were; `touched` gets the tags of the
// replies that may hold them.
absl::StatusOr<int> Store(postgres::Work& work, const std::vector<ImportedPost>& posts,
                          cache::Tags& touched) {
  GUILDHALL_ASSIGN(ImportTargets targets, LockTargets(work, TopicsOf(posts)));
  for (const auto& [id, target] : targets) {
    touched.push_back(id.uuid());
    touched.push_back(target.topic.community.uuid());
  }
  GUILDHALL_ASSIGN(TakenNumbers taken, GetTakenNumbers(work, posts, targets));
  GUILDHALL_ASSIGN(const std::vector<ImportedPost> created,
                   AddImported(posts, std::move(taken), targets));
  GUILDHALL_TRY(ImportPosts(work, created, targets));
  GUILDHALL_ASSIGN(const std::vector<CountedReplies> counted, CountImportedReplies(work, created));
  changelog::Append(work, ChangesOf(created, counted, targets));
  StoreImportedEnds(work, targets);
  return static_cast<int>(created.size());
}

}  // namespace

absl::StatusOr<v1::ImportPostsResponse> ImportPosts(Discussions& discussions, const rpc::Call& call,
                                                    const v1::ImportPostsRequest& request) {
  if (request.posts_size() > kMaxImportedPosts) {
    return WrongField("posts", absl::StrCat("takes at most ", kMaxImportedPosts));
  }
  std::vector<ImportedPost> posts;
  for (const v1::ImportedPost& imported : request.posts()) {
    const std::string field = absl::StrCat("posts[", posts.size(), "]");
    GUILDHALL_ASSIGN(posts.emplace_back(), PostFrom(field, imported, call.now()));
  }
  cache::Tags touched;
  const absl::StatusOr<int> created = discussions.database.Transact<int>(
      call.context(), [&](postgres::Work& work) { return Store(work, posts, touched); });
  discussions.replies.Invalidate(touched);
  if (!created.ok()) return created.status();
  v1::ImportPostsResponse response;
  response.set_created_count(*created);
  return response;
}

}  // namespace guildhall::discussions
