#include "services/discussions/api/writing.h"

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/changelog/change_log.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/store/post_writes.h"

namespace guildhall::discussions {

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

absl::StatusOr<Post> HoldPermitted(postgres::Work& work, Permit& permit,
                                   const resources::PostRef& ref) {
  GUILDHALL_ASSIGN(std::optional<HeldPost> held, HoldPost(work, ref.topic, *ref.post));
  if (!held || held->post.delete_time) return access::NotFound();
  GUILDHALL_TRY(permit.Check({held->community, held->post.author}));
  return std::move(held->post);
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

Contribution ContributionOf(Discussions& discussions, const rpc::Call& call,
                            const std::string& markdown) {
  const absl::Time now = call.now();
  return {.id = PostId(NewUuidV7(now, discussions.random)),
          .author = call.grant().member(),
          .markdown = markdown,
          .time = now};
}

}  // namespace guildhall::discussions
