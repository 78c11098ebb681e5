#include "guildhall/change/v1/change.pb.h"
#include "libs/access/authorizer.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/owner_proof.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/access_token_store.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/secret.h"

namespace guildhall::identity {
namespace {

absl::StatusOr<AccessToken> NewToken(Identity& identity, const rpc::Call& call,
                                     const v1::AccessToken& asked) {
  AccessToken token;
  token.account = call.caller().member;
  token.create_time = call.now();
  token.id = AccessTokenId(NewUuidV7(token.create_time, identity.random));
  token.display_name = asked.display_name();
  GUILDHALL_ASSIGN(token.scope, ScopeFrom("access_token.scope", asked.scope()));
  token.expire_time = FromProto(asked.expire_time());
  GUILDHALL_TRY(TidyAccessToken(token));
  return token;
}

// Fails with SESSION_ENDED when the account was suspended, or the session revoked, since the call
// was let in: else what ends all that calls in an account's name could be survived by a token.
absl::Status Make(const rpc::Call& call, postgres::Work& work, const OwnerProof& proof,
                  const AccessToken& token, std::string_view secret) {
  GUILDHALL_TRY(CheckEnd(token));
  GUILDHALL_ASSIGN(const std::optional<Account> account, LockAccount(work, token.account));
  if (!account || account->suspend_time) return access::SessionEnded();
  GUILDHALL_TRY(proof.Check(work, call));
  GUILDHALL_ASSIGN(const int held, CountAccessTokens(work, token.account, token.create_time));
  GUILDHALL_TRY(CheckAnotherToken(held));
  InsertAccessToken(work, token, *HashOfSecret(SecretKind::kAccessToken, secret));
  AppendTokenChange(work, change::v1::KIND_ACCESS_TOKEN_CREATED, token.account, token.id);
  return proof.Forgive(work, call);
}

}  // namespace

absl::StatusOr<v1::CreateAccessTokenResponse> CreateAccessToken(
    Identity& identity, const rpc::Call& call, const v1::CreateAccessTokenRequest& request) {
  GUILDHALL_ASSIGN(const AccessToken token, NewToken(identity, call, request.access_token()));
  GUILDHALL_ASSIGN(const OwnerProof proof,
                   OwnerProof::Of(identity, call, request.current_password()));
  const std::string secret = NewSecret(SecretKind::kAccessToken, identity.random);
  using Response = v1::CreateAccessTokenResponse;
  GUILDHALL_ASSIGN(Response response,
                   idempotency::OnceSecret<Response>(
                       identity.database, call.context(), call.OnceKey(request.request_id()),
                       [&](postgres::Work& work) -> absl::StatusOr<Response> {
                         GUILDHALL_TRY(Make(call, work, proof, token, secret));
                         Response made;
                         *made.mutable_access_token() = ToProto(token);
                         return made;
                       }));
  response.set_secret(secret);
  return response;
}

}  // namespace guildhall::identity
