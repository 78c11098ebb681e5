#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/directory/api/convert.h"
#include "services/directory/api/directory.h"
#include "services/directory/store/facts_store.h"
#include "services/directory/store/proposal_store.h"

namespace guildhall::directory {
namespace {

using access::CommunityFacts;
using access::Decision;
using access::Effect;
using access::Permission;

// What it lets its holder do: nearly every one lets it change something.
Effect EffectOf(Permission permission) {
  const bool reads = permission == Permission::kCommunityRead ||
                     permission == Permission::kMembershipList ||
                     permission == Permission::kContentRead;
  return reads ? Effect::kReads : Effect::kWrites;
}

// Whether every gate of a call would let it pass.
bool May(Permission permission, access::Scope scope, const access::Subject& subject,
         const CommunityFacts& community) {
  const Effect effect = EffectOf(permission);
  return access::DecideScope(scope, permission, effect) == Decision::kAllow &&
         access::Decide(permission, subject, &community, nullptr) == Decision::kAllow &&
         access::DecideRest(permission, effect, &community) == Decision::kAllow;
}

// Whether who may come in has to ask.
bool HasToAsk(Affiliation affiliation, const CommunityFacts& community) {
  const CommunityProfile profile{.visibility = community.visibility, .admits = community.admits};
  const Rank rank = RankOf(affiliation, profile, community.role, community.owns_ancestor);
  return community.role == Role::kNone && !CheckJoining(community.visibility, rank).ok();
}

void AddPermissions(access::Scope scope, const access::Subject& subject,
                    const CommunityFacts& community, v1::Standing& standing) {
  for (int number = 0; number < access::kPermissionEnd; ++number) {
    if (!access::IsPermission(number)) continue;
    const auto permission = static_cast<Permission>(number);
    if (!access::IsAboutCommunity(permission)) continue;
    if (!May(permission, scope, subject, community)) continue;
    standing.add_permissions(static_cast<policy::v1::Permission>(number));
    if (permission != Permission::kCommunityJoin) continue;
    standing.set_joins_by_request(HasToAsk(subject.facts.affiliation, community));
  }
}

}  // namespace

absl::StatusOr<v1::Standing> GetStanding(Directory& directory, const rpc::Call& call,
                                         const v1::GetStandingRequest&) {
  const CommunityId id = *call.grant().community();
  const FactsQuestion question{call.grant().member(), id};
  GUILDHALL_ASSIGN(const auto facts, GetFacts(directory.database, call.context(), {&question, 1}));
  const CommunityFacts& community = facts[0].community;
  const access::Subject subject{question.member,
                                {.session_live = true, .affiliation = facts[0].affiliation}};
  const Decision seen = access::Decide(Permission::kCommunityRead, subject, &community, nullptr);
  if (seen != Decision::kAllow) return access::NotFound();
  v1::Standing standing;
  standing.set_community(resources::Name(id));
  standing.set_role(ToProto(community.role));
  standing.set_owns_above(community.owns_ancestor);
  standing.set_muted(community.muted);
  standing.set_archived(community.archived);
  GUILDHALL_ASSIGN(const WaitingProposals waiting,
                   GetWaitingProposals(directory.database, call.context(), call.grant()));
  if (waiting.request) {
    standing.set_join_request(resources::JoinRequestName(id, question.member));
  }
  if (waiting.invitation) standing.set_invitation(resources::InvitationName(id, question.member));
  AddPermissions(call.caller().scope, subject, community, standing);
  return standing;
}

}  // namespace guildhall::directory
