#include "libs/access/authorizer.h"

#include <memory>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"

namespace guildhall::access {
namespace {

namespace reasons = policy::reasons;

absl::Status AsStatus(Decision decision) {
  switch (decision) {
    case Decision::kAllow:
      return absl::OkStatus();
    case Decision::kDenied:
      return Refusal(reasons::kNotPermitted, "The caller may not do this here.");
    case Decision::kSessionEnded:
      return SessionEnded();
    case Decision::kReadOnly:
      return Refusal(reasons::kTokenReadOnly, "The access token may only read.");
    case Decision::kSessionRequired:
      return Refusal(reasons::kSessionRequired, "This needs a session, not an access token.");
    case Decision::kArchived:
      return CommunityArchived();
    case Decision::kMuted:
      return Refusal(reasons::kMemberMuted, "The caller is muted here.");
    case Decision::kHidden:
      break;
  }
  return NotFound();
}

// The answers to several questions, and how many are still out.
struct Gathering {
  absl::Mutex mutex;
  std::vector<Answer> answers;
  std::size_t missing = 0;
  absl::Status failure;
};

}  // namespace

absl::Status SessionEnded() {
  return Refusal(reasons::kSessionEnded, "The session was revoked or has run out.");
}

absl::Status CommunityArchived() {
  return Refusal(reasons::kCommunityArchived, "The community, or one above it, is archived.");
}

absl::Status NotFound() { return Refusal(reasons::kNotFound, "There is nothing of this name."); }

absl::Status Authorizer::CheckAudience(Audience audience, const Caller& caller) {
  if (audience == Audience::kService && caller.kind != Caller::Kind::kService) {
    return Refusal(reasons::kServiceOnly, "Only other services may call this.");
  }
  if (audience == Audience::kSignedIn && caller.kind != Caller::Kind::kMember) {
    return Refusal(reasons::kSignInRequired, "This needs a session.");
  }
  return absl::OkStatus();
}

absl::StatusOr<Grant> Authorizer::Admit(Audience audience, const Caller& caller) {
  GUILDHALL_CHECK(audience != Audience::kSignedIn);
  GUILDHALL_TRY(CheckAudience(audience, caller));
  return Grant(Permission::kNone, caller, Viewer(caller.member, Affiliation::kNone), std::nullopt);
}

absl::StatusOr<Grant> Authorizer::Judge(const Demand& demand, const Caller& caller,
                                        const Answer& answer) {
  GUILDHALL_TRY(CheckAudience(Audience::kSignedIn, caller));
  const CommunityFacts* community = demand.community ? &answer.community : nullptr;
  const Decision decision = Decide(demand.permission, {caller.member, answer.subject}, community,
                                   demand.item ? &*demand.item : nullptr);
  // That the session has ended is told first, what there is and is not last.
  if (decision != Decision::kSessionEnded) {
    GUILDHALL_TRY(AsStatus(DecideScope(caller.scope, demand.permission, demand.effect)));
  }
  GUILDHALL_TRY(AsStatus(decision));
  GUILDHALL_TRY(AsStatus(DecideRest(demand.permission, demand.effect, community)));
  const Viewer viewer(caller.member, answer.subject.affiliation);
  return Grant(demand.permission, caller, viewer, demand.community);
}

absl::StatusOr<VisibleCommunities> Authorizer::Visible(Permission permission, const Caller& caller,
                                                       std::span<const CommunityId> asked,
                                                       std::span<const Answer> answers) {
  GUILDHALL_CHECK(asked.size() == answers.size());
  GUILDHALL_TRY(CheckAudience(Audience::kSignedIn, caller));
  std::vector<CommunityId> visible;
  absl::flat_hash_set<CommunityId> archived;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const Decision decision =
        Decide(permission, {caller.member, answers[i].subject}, &answers[i].community, nullptr);
    if (decision == Decision::kSessionEnded) return SessionEnded();
    if (decision != Decision::kAllow) continue;
    visible.push_back(asked[i]);
    if (answers[i].community.archived) archived.insert(asked[i]);
  }
  return VisibleCommunities(permission, caller.member, std::move(visible), std::move(archived));
}

void Authorizer::Authorize(const Demand& demand, const Caller& caller, Deadline deadline,
                           Done done) {
  if (absl::Status status = CheckAudience(Audience::kSignedIn, caller); !status.ok()) {
    return done(std::move(status));
  }
  facts_.Ask(
      {caller, demand.community}, deadline,
      [demand, caller, done = std::move(done)](absl::StatusOr<Answer> answer) {
        done(answer.ok() ? Judge(demand, caller, *answer) : absl::StatusOr<Grant>(answer.status()));
      });
}

absl::StatusOr<Grant> Authorizer::AuthorizeAndWait(const Demand& demand, const Caller& caller,
                                                   Deadline deadline) {
  GUILDHALL_TRY(CheckAudience(Audience::kSignedIn, caller));
  GUILDHALL_ASSIGN(const Answer answer, facts_.AskAndWait({caller, demand.community}, deadline));
  return Judge(demand, caller, answer);
}

absl::StatusOr<VisibleCommunities> Authorizer::VisibleAmong(Permission permission,
                                                            const Caller& caller,
                                                            std::span<const CommunityId> asked,
                                                            Deadline deadline) {
  auto gathering = std::make_shared<Gathering>();
  gathering->answers.resize(asked.size());
  gathering->missing = asked.size();
  for (std::size_t i = 0; i < asked.size(); ++i) {
    facts_.Ask({caller, asked[i]}, deadline, [gathering, i](absl::StatusOr<Answer> answer) {
      const absl::MutexLock lock(&gathering->mutex);
      --gathering->missing;
      if (answer.ok()) {
        gathering->answers[i] = *answer;
      } else {
        gathering->failure = answer.status();
      }
    });
  }
  const absl::MutexLock lock(&gathering->mutex);
  const auto complete = [&] { return gathering->missing == 0; };
  if (!gathering->mutex.AwaitWithTimeout(absl::Condition(&complete), deadline.Remaining())) {
    return Refusal(reasons::kDeadlinePassed, "Access facts did not arrive in time.");
  }
  GUILDHALL_TRY(gathering->failure);
  return Visible(permission, caller, asked, gathering->answers);
}

}  // namespace guildhall::access
