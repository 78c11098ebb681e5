#include "services/discussions/api/mentioning.h"

#include "guildhall/change/v1/change.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/mention_store.h"

namespace guildhall::discussions {

Mentioning::Mentioning(absl::Time now, CommunityId decided, Mentions mentions)
    : mentions_(std::move(mentions)), now_(now), decided_(decided) {}

absl::StatusOr<Mentioning> Mentioning::Of(Discussions& discussions, const rpc::Call& call,
                                          std::string_view field, std::string_view html) {
  GUILDHALL_ASSIGN(Mentions mentions, NewMentions(field, html, call.grant().member()));
  Mentioning mentioning(call.now(), *call.grant().community(), std::move(mentions));
  if (!mentioning.mentions_.groups.contains(MentionKind::kEveryone)) return mentioning;
  const access::Demand demand{.permission = access::Permission::kContentModerate,
                              .community = mentioning.decided_};
  mentioning.may_call_ =
      discussions.authorizer.AuthorizeAndWait(demand, call.caller(), call.deadline()).status();
  return mentioning;
}

absl::StatusOr<Mentioning> Mentioning::InNameOf(MemberId author, const rpc::Call& call,
                                                CommunityId community, std::string_view field,
                                                std::string_view html) {
  GUILDHALL_ASSIGN(Mentions mentions, NewMentions(field, html, author));
  return Mentioning(call.now(), community, std::move(mentions));
}

absl::Status Mentioning::Call(postgres::Work& work, CommunityId community) const {
  if (community != decided_) {
    return Refusal(policy::reasons::kBusy, "The topic has been moved.");
  }
  GUILDHALL_TRY(may_call_);
  GUILDHALL_ASSIGN(const int before, CountCall(work, community, now_, now_ - kCallsTime));
  return CheckCalls(before);
}

absl::Status Mentioning::Store(postgres::Work& work, const Post& post, CommunityId community,
                               const Mentions& before) const {
  const Mentions gone = Without(before, mentions_), added = Without(mentions_, before);
  if (!gone.empty()) ForgetMentions(work, post.id, gone);
  if (added.empty()) return absl::OkStatus();
  if (added.groups.contains(MentionKind::kEveryone)) GUILDHALL_TRY(Call(work, community));
  StoreMentions(work, post, community, added, now_);
  AppendChange(work, change::v1::KIND_POST_MENTIONS, post);
  return absl::OkStatus();
}

}  // namespace guildhall::discussions
