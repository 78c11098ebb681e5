#include "services/discussions/store/reaction_store.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"

namespace guildhall::discussions {
namespace {

std::int32_t NumberOf(ReactionKind kind) { return static_cast<std::int32_t>(kind); }

}  // namespace

absl::StatusOr<StoredReaction> InsertReaction(postgres::Work& work, PostId post,
                                              const Reaction& reaction) {
  const std::int32_t kind = NumberOf(reaction.kind);
  GUILDHALL_ASSIGN(
      const postgres::Rows stored,
      work.Run(sql::kInsertReaction, post, reaction.member, kind, reaction.create_time));
  if (!stored.empty()) return StoredReaction{stored[0].Get<absl::Time>(0), true};
  GUILDHALL_ASSIGN(const postgres::Rows found,
                   work.Run(sql::kGetReactionTime, post, reaction.member, kind));
  return StoredReaction{found[0].Get<absl::Time>(0), false};
}

absl::StatusOr<bool> DeleteReaction(postgres::Work& work, PostId post, MemberId member,
                                    ReactionKind kind) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   work.Run(sql::kDeleteReaction, post, member, NumberOf(kind)));
  return !rows.empty();
}

void SetReactionCounts(postgres::Work& work, const Post& post) {
  const std::vector<std::int32_t>& counts = post.reactions.stored();
  work.Defer(sql::kSetReactionCounts, post.topic, post.number,
             counts.empty() ? std::nullopt : std::optional(counts));
}

absl::StatusOr<std::vector<Reaction>> ListReactions(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant, TopicId topic,
                                                    PostId post, const ReactionPosition& after,
                                                    int count) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Read(context, sql::kListReactions, *grant.community(), topic, post,
                                 after.member, after.kind, count));
  std::vector<Reaction> reactions;
  for (const postgres::Row row : rows) {
    reactions.push_back({row.Get<MemberId>(0), static_cast<ReactionKind>(row.Get<std::int32_t>(1)),
                         row.Get<absl::Time>(2)});
  }
  return reactions;
}

absl::StatusOr<absl::flat_hash_map<PostId, std::vector<ReactionKind>>> GetOwnReactions(
    postgres::Database& database, const postgres::Context& context,
    const access::VisibleCommunities& visible, std::span<const resources::PostRef> posts) {
  absl::flat_hash_map<PostId, std::vector<ReactionKind>> own;
  if (visible.empty()) return own;
  std::vector<TopicId> topics;
  std::vector<PostId> ids;
  for (const resources::PostRef& post : posts) {
    topics.push_back(post.topic);
    ids.push_back(*post.post);
  }
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kGetOwnReactions, visible.member(), topics, ids, visible.ids()));
  for (const postgres::Row row : rows) {
    own[row.Get<PostId>(0)].push_back(static_cast<ReactionKind>(row.Get<std::int32_t>(1)));
  }
  return own;
}

}  // namespace guildhall::discussions
