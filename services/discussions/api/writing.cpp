#include "services/discussions/api/writing.h"

#include "guildhall/change/v1/change.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/changelog/change_log.h"
#include "libs/resources/etag.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/store/post_writes.h"
#include "services/discussions/store/quote_store.h"
#include "services/discussions/store/revision_store.h"

namespace guildhall::discussions {
namespace {

absl::Status CheckAccepting(postgres::Work& work, const Topic& topic, int number) {
  constexpr std::string_view kField = "topic.accepted_post_number";
  GUILDHALL_TRY(CheckAnswer(kField, topic, number));
  if (number == 0) return absl::OkStatus();
  GUILDHALL_ASSIGN(const bool stands, PostStands(work, topic.id, number));
  return stands ? absl::OkStatus() : WrongField(kField, "is the number of a deleted post");
}

// Tells of the posts of its topic that quote a held post, which is about to go.
absl::Status TellQuoting(postgres::Work& work, const Post& post) {
  GUILDHALL_ASSIGN(const std::vector<Post> quoting, ListQuotingPosts(work, post.topic, post.id));
  AppendChanges(work, change::v1::KIND_POST_COUNTED, quoting);
  return absl::OkStatus();
}

}  // namespace

absl::Status Permit::Check(const Place& place) {
  found_.reset();
  const bool edits = call_.grant().permission() == access::Permission::kContentEdit;
  const bool lost = edits && place.author != call_.grant().member();
  if (place.community == community_ && !lost) return absl::OkStatus();
  found_ = place;
  return Refusal(policy::reasons::kBusy, "The topic is being moved.");
}

absl::Status Permit::DecideAgain(access::Authorizer& authorizer) {
  const access::Demand demand{.permission = call_.grant().permission(),
                              .community = found_->community,
                              .item = access::ItemFacts{true, found_->author}};
  GUILDHALL_TRY(authorizer.AuthorizeAndWait(demand, call_.caller(), call_.deadline()).status());
  community_ = found_->community;
  communities_.push_back(community_.uuid());
  return absl::OkStatus();
}

absl::StatusOr<LockedTopic> LockPermitted(postgres::Work& work, Permit& permit, TopicId id) {
  GUILDHALL_ASSIGN(std::optional<LockedTopic> locked, LockTopic(work, id));
  if (!locked) return access::NotFound();
  GUILDHALL_TRY(permit.Check({locked->topic.community, locked->topic.author}));
  return *std::move(locked);
}

absl::StatusOr<LockedTopic> LockToEdit(postgres::Work& work, Permit& permit, TopicId id,
                                       std::string_view etag) {
  GUILDHALL_ASSIGN(LockedTopic locked, LockPermitted(work, permit, id));
  GUILDHALL_TRY(resources::CheckEtag(etag, locked.topic.version));
  return locked;
}

absl::StatusOr<v1::Topic> Edited(postgres::Work& work, const rpc::Call& call, Topic& topic,
                                 const TopicEdit& edit) {
  GUILDHALL_TRY(CheckEdit("topic", topic, edit));
  const bool changes = EditTopic(topic, edit, call.grant().member());
  // An answer is accepted to what the topic is then; what becomes no question has none.
  const bool none = edit.kind && edit.accepted_post == 0;
  if (edit.accepted_post && !none) GUILDHALL_TRY(CheckAccepting(work, topic, *edit.accepted_post));
  if (!changes) return ToProto(topic);
  UpdateTopic(work, topic);
  AppendChange(work, change::v1::KIND_TOPIC_UPDATED, topic);
  return ToProto(topic);
}

absl::StatusOr<HeldPost> HoldToDelete(postgres::Work& work, Permit& permit,
                                      const resources::PostRef& ref) {
  GUILDHALL_ASSIGN(std::optional<HeldPost> held, HoldPost(work, ref.topic, *ref.post));
  if (!held || held->post.delete_time) return access::NotFound();
  GUILDHALL_TRY(permit.Check({held->community, held->post.author}));
  return *std::move(held);
}

absl::StatusOr<Post> HoldPermitted(postgres::Work& work, Permit& permit,
                                   const resources::PostRef& ref) {
  GUILDHALL_ASSIGN(HeldPost held, HoldToDelete(work, permit, ref));
  return std::move(held.post);
}

absl::Status TellDeleted(postgres::Work& work, const HeldPost& held) {
  GUILDHALL_TRY(CountAsReply(work, held.post, -1).status());
  if (held.quoted) GUILDHALL_TRY(TellQuoting(work, held.post));
  DeleteRevisions(work, held.post.id);
  if (!held.accepted) return absl::OkStatus();
  GUILDHALL_ASSIGN(const std::int64_t version, ForgetAnswer(work, held.post.topic));
  changelog::Append(work, {.kind = change::v1::KIND_TOPIC_UPDATED,
                           .key = held.post.topic.uuid(),
                           .resource = held.post.topic.uuid(),
                           .version = version});
  return absl::OkStatus();
}

absl::Status TellEnd(postgres::Work& work, const HeldPost& held) {
  if (held.post.number < held.standing_number) return absl::OkStatus();
  GUILDHALL_ASSIGN(const Topic topic, ResetEnd(work, held.post.topic, held.post.number));
  AppendChange(work, change::v1::KIND_TOPIC_UPDATED, topic);
  return absl::OkStatus();
}

void AppendChange(postgres::Work& work, int kind, const Topic& topic) {
  changelog::Append(work, {.kind = kind,
                           .key = topic.id.uuid(),
                           .resource = topic.id.uuid(),
                           .version = topic.version});
}

void AppendChange(postgres::Work& work, int kind, const Post& post) {
  changelog::Append(work, {.kind = kind,
                           .key = post.topic.uuid(),
                           .resource = post.id.uuid(),
                           .version = post.version});
}

void AppendChanges(postgres::Work& work, int kind, std::span<const Post> posts) {
  std::vector<changelog::Change> changes;
  for (const Post& post : posts) {
    changes.push_back({.kind = kind,
                       .key = post.topic.uuid(),
                       .resource = post.id.uuid(),
                       .version = post.version});
  }
  // As many as one statement takes; a topic has at most 10,000 posts.
  constexpr std::size_t kAtOnce = 5'000;
  for (std::span<const changelog::Change> rest = changes; !rest.empty();
       rest = rest.subspan(std::min(kAtOnce, rest.size()))) {
    changelog::Append(work, rest.first(std::min(kAtOnce, rest.size())));
  }
}

absl::StatusOr<bool> CountAsReply(postgres::Work& work, const Post& post, int more) {
  if (!post.reply_to) return true;
  GUILDHALL_ASSIGN(const AnsweredPost counted, CountReply(work, post.topic, *post.reply_to, more));
  changelog::Append(work, {.kind = change::v1::KIND_POST_COUNTED,
                           .key = post.topic.uuid(),
                           .resource = counted.post.id.uuid(),
                           .version = counted.post.version});
  return counted.stands;
}

Contribution ContributionOf(Discussions& discussions, const rpc::Call& call,
                            const std::string& markdown) {
  const absl::Time now = call.now();
  return {.id = PostId(NewUuidV7(now, discussions.random)),
          .author = call.grant().member(),
          .markdown = markdown,
          .time = now};
}

Removal NewRemoval(Discussions& discussions, const rpc::Call& call, const std::string& reason) {
  const absl::Time now = call.now();
  return {.id = NewUuidV7(now, discussions.random),
          .remover = call.grant().member(),
          .time = now,
          .reason = reason};
}

Removal NewRemoval(Discussions& discussions, const rpc::Call& call, const std::string& reason,
                   const HeldPost& held) {
  Removal removal = NewRemoval(discussions, call, reason);
  removal.community = held.community;
  removal.topic = held.post.topic;
  removal.post = held.post.id;
  removal.author = held.post.author;
  return removal;
}

}  // namespace guildhall::discussions
