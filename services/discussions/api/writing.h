#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "libs/postgres/work.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/places.h"
#include "services/discussions/store/post_writes.h"
#include "services/discussions/store/topic_writes.h"

namespace guildhall::discussions {

// What the writes of discussions share.

// What a call was let in for: a community, and there, to edit, what the caller wrote. Whatever a
// lock finds is held against it, because both may have changed since. Facts of directory
// (visibility, roles) are those of the decision: how old they may be is their lease's to bound.
class Permit {
 public:
  explicit Permit(const rpc::Call& call)
      : call_(call), community_(*call.grant().community()), communities_({community_.uuid()}) {}

  // OK when what is locked, and stands at `place`, may be written. Fails with: BUSY when it has
  // moved or changed hands; then DecideAgain() says whether to try again.
  absl::Status Check(const Place& place);

  // Where it was let in, or found something since: tags of replies that it may have changed.
  const cache::Tags& communities() const { return communities_; }

  // The same of a community that the write reaches beside the one that it was let in for.
  void AlsoTouches(CommunityId community) { communities_.push_back(community.uuid()); }

  // Where it was let in last.
  CommunityId community() const { return community_; }

  // Whether the last Check found something that was not what was decided about.
  bool outdated() const { return found_.has_value(); }

  // Asks for the facts of what was found and decides. Not in a transaction.
  // Fails with: NOT_FOUND, NOT_PERMITTED, and as facts do.
  absl::Status DecideAgain(access::Authorizer& authorizer);

 private:
  const rpc::Call& call_;
  CommunityId community_;
  cache::Tags communities_;
  std::optional<Place> found_;
};

// What a write may have changed: its end makes the replies void that hold it, before the write is
// answered and whatever came of it. A repeated request counts as well: what it repeats may have
// been done by another process.
class Touch {
 public:
  Touch(Discussions& discussions, TopicId topic, const Permit& permit)
      : discussions_(discussions), topic_(topic), permit_(permit) {}
  ~Touch() {
    cache::Tags tags = permit_.communities();
    tags.push_back(topic_.uuid());
    discussions_.replies.Invalidate(tags);
  }
  Touch(const Touch&) = delete;
  Touch& operator=(const Touch&) = delete;

 private:
  Discussions& discussions_;
  const TopicId topic_;
  const Permit& permit_;
};

// Runs `unit`, a write into `topic`, once for the key, in a transaction (libs/idempotency).
// When the unit finds under its lock that the topic or post is not what the call was let in for,
// the transaction is rolled back, decided about what it is now, and tried again.
template <typename Response>
absl::StatusOr<Response> WriteOnce(
    Discussions& discussions, const rpc::Call& call, TopicId topic, const idempotency::OnceKey& key,
    absl::FunctionRef<absl::StatusOr<Response>(postgres::Work&, Permit&)> unit) {
  // Whoever moves a topic twice within one call moves it on; the caller may come back.
  constexpr int kAttempts = 3;
  Permit permit(call);
  const Touch touch(discussions, topic, permit);
  for (int attempt = 1;; ++attempt) {
    absl::StatusOr<Response> response =
        idempotency::Once<Response>(discussions.database, call.context(), key,
                                    [&](postgres::Work& work) { return unit(work, permit); });
    if (response.ok() || !permit.outdated() || attempt == kAttempts) return response;
    GUILDHALL_TRY(permit.DecideAgain(discussions.authorizer));
  }
}

// The same for the request id, and the whole request.
template <typename Response>
absl::StatusOr<Response> WriteOnce(
    Discussions& discussions, const rpc::Call& call, TopicId topic, std::string_view request_id,
    absl::FunctionRef<absl::StatusOr<Response>(postgres::Work&, Permit&)> unit) {
  return WriteOnce<Response>(discussions, call, topic, call.OnceKey(request_id), unit);
}

// Locks a topic that may be written. Fails with: NOT_FOUND, BUSY.
absl::StatusOr<LockedTopic> LockPermitted(postgres::Work& work, Permit& permit, TopicId id);

// The same for an edit of what was read (AIP-154). Fails with: NOT_FOUND, BUSY, ETAG_STALE.
absl::StatusOr<LockedTopic> LockToEdit(postgres::Work& work, Permit& permit, TopicId id,
                                       std::string_view etag);

// Stores an edit of a locked topic that changes anything, tells of it, and answers the topic. Fails
// with: NOT_A_QUESTION, FIELD_INVALID (an answer that is none, or what the topic cannot take).
absl::StatusOr<v1::Topic> Edited(postgres::Work& work, const rpc::Call& call, Topic& topic,
                                 const TopicEdit& edit);

// Locks the topic of a post and reads the post, which may be written. Fails with: NOT_FOUND (also
// when it is deleted), BUSY.
absl::StatusOr<Post> HoldPermitted(postgres::Work& work, Permit& permit,
                                   const resources::PostRef& ref);

// The same to delete it, and what TellDeleted needs to know.
absl::StatusOr<HeldPost> HoldToDelete(postgres::Work& work, Permit& permit,
                                      const resources::PostRef& ref);

// What else changes when a held post is deleted: its history goes, the post that it answers counts
// it no more, those that quote it do no more, and a question of which it is the answer has none.
// One round trip for each.
absl::Status TellDeleted(postgres::Work& work, const HeldPost& held);

// Stores how the topic ends of a held post that has gone or is there again, and tells of it, where
// that is another post than before: the topic shows then, and is unread, as if what has gone had
// never been. After what changed the post. Two round trips, where it does.
absl::Status TellEnd(postgres::Work& work, const HeldPost& held);

// Appends a change of a topic, or of a post, ordered by its topic; `kind` of
// guildhall.change.v1.Kind.
void AppendChange(postgres::Work& work, int kind, const Topic& topic);
void AppendChange(postgres::Work& work, int kind, const Post& post);

// The same of many posts, of which ids and versions count.
void AppendChanges(postgres::Work& work, int kind, std::span<const Post> posts);

// Counts `more` answers to the post that `post` answers, if it does, and tells of it; false where
// that one does not stand. In a topic that is held. One round trip where it does.
absl::StatusOr<bool> CountAsReply(postgres::Work& work, const Post& post, int more);

// What the caller wants to post now.
Contribution ContributionOf(Discussions& discussions, const rpc::Call& call,
                            const std::string& markdown);

// A removal by the caller, of nothing yet, or of a held post.
Removal NewRemoval(Discussions& discussions, const rpc::Call& call, const std::string& reason);
Removal NewRemoval(Discussions& discussions, const rpc::Call& call, const std::string& reason,
                   const HeldPost& held);

}  // namespace guildhall::discussions
