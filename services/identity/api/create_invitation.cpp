#include "guildhall/change/v1/change.pb.h"
#include "guildhall/identity/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/administering.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/domain/email.h"
#include "services/identity/store/invitation_store.h"
#include "services/identity/store/letter_secret.h"
#include "services/identity/store/secret.h"

namespace guildhall::identity {
namespace {

using Response = v1::CreateInvitationResponse;

absl::StatusOr<Invitation> NewInvitation(Identity& identity, const rpc::Call& call,
                                         const v1::Invitation& asked) {
  Invitation invitation;
  invitation.create_time = call.now();
  invitation.id = InvitationId(NewUuidV7(invitation.create_time, identity.random));
  invitation.creator = call.caller().member;
  GUILDHALL_ASSIGN(invitation.email, NormalizeEmail("invitation.email", asked.email()));
  invitation.expire_time = FromProto(asked.expire_time());
  return invitation;
}

// Administrators are held, so that no two of them count at once.
absl::StatusOr<Response> Invite(const rpc::Call& call, postgres::Work& work,
                                const Invitation& invitation, std::string_view secret,
                                InvitationWay way) {
  // Here, because a repeat may come after the end.
  GUILDHALL_TRY(CheckEnd(invitation));
  GUILDHALL_TRY(LockAdministratorsAs(call, work).status());
  GUILDHALL_ASSIGN(const InvitingFacts facts,
                   GetInvitingFacts(work, invitation.email, invitation.create_time));
  GUILDHALL_TRY(CheckInviting(facts));
  PutInvitation(work, invitation, *HashOfSecret(SecretKind::kInvitation, secret), way);
  AppendInvitationChange(work, change::v1::KIND_ACCOUNT_INVITATION_CREATED, invitation.id);
  Response made;
  *made.mutable_invitation() = ToProto(invitation);
  return made;
}

// Leaves the secret to the worker who sends it.
absl::StatusOr<Response> Send(Identity& identity, const rpc::Call& call,
                              const idempotency::OnceKey& key, const Invitation& invitation) {
  if (!identity.settings.sends_invitations()) {
    return Refusal(reasons::kNoMail, "This deployment sends no invitations.");
  }
  const std::string secret = LetterSecret(identity.master_key, invitation.id);
  return idempotency::Once<Response>(
      identity.database, call.context(), key, [&](postgres::Work& work) {
        return Invite(call, work, invitation, secret, InvitationWay::kLetter);
      });
}

}  // namespace

absl::StatusOr<Response> CreateInvitation(Identity& identity, const rpc::Call& call,
                                          const v1::CreateInvitationRequest& request) {
  GUILDHALL_ASSIGN(const Invitation invitation,
                   NewInvitation(identity, call, request.invitation()));
  const idempotency::OnceKey key = call.OnceKey(request.request_id());
  if (request.by_letter()) return Send(identity, call, key, invitation);
  const std::string secret = NewSecret(SecretKind::kInvitation, identity.random);
  GUILDHALL_ASSIGN(Response response,
                   idempotency::OnceSecret<Response>(
                       identity.database, call.context(), key, [&](postgres::Work& work) {
                         return Invite(call, work, invitation, secret, InvitationWay::kShown);
                       }));
  response.set_secret(secret);
  return response;
}

}  // namespace guildhall::identity
