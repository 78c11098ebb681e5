#pragma once

#include "guildhall/identity/v1/access_token_service.pb.h"
#include "guildhall/identity/v1/account_invitation_service.pb.h"
#include "guildhall/identity/v1/account_service.pb.h"
#include "guildhall/identity/v1/email_change_service.pb.h"
#include "guildhall/identity/v1/identity_service.pb.h"
#include "guildhall/identity/v1/internal_identity_service.pb.h"
#include "guildhall/identity/v1/password_service.pb.h"
#include "libs/base/random.h"
#include "libs/feeds/access_owner.h"
#include "libs/postgres/database.h"
#include "libs/resources/page_tokens.h"
#include "libs/rpc/call.h"
#include "libs/rpc/server.h"
#include "services/identity/api/key_ring.h"
#include "services/identity/api/passwords.h"
#include "services/identity/api/session_uses.h"
#include "services/identity/settings.h"
#include "services/identity/store/master_key.h"

namespace guildhall::identity {

// What the handlers work with. Outlives the server.
struct Identity {
  postgres::Database& database;
  Random& random;
  const IdentitySettings& settings;
  const MasterKey& master_key;
  Passwords& passwords;
  const KeyRing& keys;
  SessionUses& uses;
  feeds::AccessOwner& access;
  const resources::PageTokens& page_tokens;
};

// One function per RPC, each in the file of its name. What each does, costs and fails with stands
// in the contract, protos/guildhall/identity/v1.
absl::StatusOr<v1::SignInOptions> GetSignInOptions(Identity&, const rpc::Call&,
                                                   const v1::GetSignInOptionsRequest&);
absl::StatusOr<v1::Account> SignUp(Identity&, const rpc::Call&, const v1::SignUpRequest&);
absl::StatusOr<v1::SignInResponse> SignIn(Identity&, const rpc::Call&, const v1::SignInRequest&);
absl::StatusOr<v1::SignOutResponse> SignOut(Identity&, const rpc::Call&, const v1::SignOutRequest&);
absl::StatusOr<v1::Account> GetMe(Identity&, const rpc::Call&, const v1::GetMeRequest&);
absl::StatusOr<v1::ChangePasswordResponse> ChangePassword(Identity&, const rpc::Call&,
                                                          const v1::ChangePasswordRequest&);
absl::StatusOr<v1::ListSessionsResponse> ListSessions(Identity&, const rpc::Call&,
                                                      const v1::ListSessionsRequest&);
absl::StatusOr<v1::RevokeSessionResponse> RevokeSession(Identity&, const rpc::Call&,
                                                        const v1::RevokeSessionRequest&);
absl::StatusOr<v1::RevokeSessionsResponse> RevokeSessions(Identity&, const rpc::Call&,
                                                          const v1::RevokeSessionsRequest&);

absl::StatusOr<v1::Account> GetAccount(Identity&, const rpc::Call&, const v1::GetAccountRequest&);
absl::StatusOr<v1::Account> GetAccountByEmail(Identity&, const rpc::Call&,
                                              const v1::GetAccountByEmailRequest&);
absl::StatusOr<v1::ListAccountsResponse> ListAccounts(Identity&, const rpc::Call&,
                                                      const v1::ListAccountsRequest&);
absl::StatusOr<v1::ListAdministratorsResponse> ListAdministrators(
    Identity&, const rpc::Call&, const v1::ListAdministratorsRequest&);
absl::StatusOr<v1::Account> GrantAdministrator(Identity&, const rpc::Call&,
                                               const v1::GrantAdministratorRequest&);
absl::StatusOr<v1::Account> RevokeAdministrator(Identity&, const rpc::Call&,
                                                const v1::RevokeAdministratorRequest&);
absl::StatusOr<v1::Account> ClaimAdministrator(Identity&, const rpc::Call&,
                                               const v1::ClaimAdministratorRequest&);
absl::StatusOr<v1::Account> SuspendAccount(Identity&, const rpc::Call&,
                                           const v1::SuspendAccountRequest&);
absl::StatusOr<v1::Account> ReactivateAccount(Identity&, const rpc::Call&,
                                              const v1::ReactivateAccountRequest&);

absl::StatusOr<v1::CreateAccessTokenResponse> CreateAccessToken(
    Identity&, const rpc::Call&, const v1::CreateAccessTokenRequest&);
absl::StatusOr<v1::ListAccessTokensResponse> ListAccessTokens(Identity&, const rpc::Call&,
                                                              const v1::ListAccessTokensRequest&);
absl::StatusOr<v1::RevokeAccessTokenResponse> RevokeAccessToken(
    Identity&, const rpc::Call&, const v1::RevokeAccessTokenRequest&);

absl::StatusOr<v1::BeginPasswordResetResponse> BeginPasswordReset(
    Identity&, const rpc::Call&, const v1::BeginPasswordResetRequest&);
absl::StatusOr<v1::IssuePasswordResetResponse> IssuePasswordReset(
    Identity&, const rpc::Call&, const v1::IssuePasswordResetRequest&);
absl::StatusOr<v1::FinishPasswordResetResponse> FinishPasswordReset(
    Identity&, const rpc::Call&, const v1::FinishPasswordResetRequest&);
absl::StatusOr<v1::ListPasswordResetsResponse> ListPasswordResets(
    Identity&, const rpc::Call&, const v1::ListPasswordResetsRequest&);

absl::StatusOr<v1::BeginEmailChangeResponse> BeginEmailChange(Identity&, const rpc::Call&,
                                                              const v1::BeginEmailChangeRequest&);
absl::StatusOr<v1::Account> FinishEmailChange(Identity&, const rpc::Call&,
                                              const v1::FinishEmailChangeRequest&);
absl::StatusOr<v1::Account> ChangeAccountEmail(Identity&, const rpc::Call&,
                                               const v1::ChangeAccountEmailRequest&);
absl::StatusOr<v1::ListEmailChangesResponse> ListEmailChanges(Identity&, const rpc::Call&,
                                                              const v1::ListEmailChangesRequest&);

absl::StatusOr<v1::CreateInvitationResponse> CreateInvitation(Identity&, const rpc::Call&,
                                                              const v1::CreateInvitationRequest&);
absl::StatusOr<v1::ListInvitationsResponse> ListInvitations(Identity&, const rpc::Call&,
                                                            const v1::ListInvitationsRequest&);
absl::StatusOr<v1::RevokeInvitationResponse> RevokeInvitation(Identity&, const rpc::Call&,
                                                              const v1::RevokeInvitationRequest&);

absl::StatusOr<v1::IssueTokensResponse> IssueTokens(Identity&, const rpc::Call&,
                                                    const v1::IssueTokensRequest&);
absl::StatusOr<v1::GetKeysResponse> GetKeys(Identity&, const rpc::Call&, const v1::GetKeysRequest&);
absl::StatusOr<v1::BatchGetSessionFactsResponse> BatchGetSessionFacts(
    Identity&, const rpc::Call&, const v1::BatchGetSessionFactsRequest&);
absl::StatusOr<v1::ListSuspendedAccountsResponse> ListSuspendedAccounts(
    Identity&, const rpc::Call&, const v1::ListSuspendedAccountsRequest&);

// Puts all of them into the table of a server that has not started.
void Register(Identity& identity, rpc::Server& server);

}  // namespace guildhall::identity
