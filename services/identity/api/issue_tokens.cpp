#include <algorithm>

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/access/authorizer.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/access_token_store.h"
#include "services/identity/store/secret.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {
namespace {

bool IsServiceName(const std::string& name) {
  return !name.empty() && name.size() <= kMaxAudienceBytes &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

absl::Status CheckAudiences(const v1::IssueTokensRequest& request) {
  if (request.audiences().empty() || request.audiences_size() > kMaxAudiences) {
    return WrongField("audiences", absl::StrCat("takes 1 to ", kMaxAudiences));
  }
  if (!std::all_of(request.audiences().begin(), request.audiences().end(), IsServiceName)) {
    return WrongField("audiences", "holds names of services, such as directory");
  }
  return absl::OkStatus();
}

// Who shows a secret that holds.
struct Shown {
  access::Caller caller;
  absl::Time last_used_time;
};

Shown ShownBy(const OwnedSession& owned) {
  return {{.kind = access::Caller::Kind::kMember,
           .member = owned.session.account,
           .session = owned.session.id,
           .display_name = owned.display_name,
           .affiliation = owned.affiliation},
          owned.session.last_used_time};
}

// An access token stands in the place of a session: it is watched, and ends, under the same lease.
Shown ShownBy(const OwnedAccessToken& owned) {
  return {{.kind = access::Caller::Kind::kMember,
           .member = owned.token.account,
           .session = SessionId(owned.token.id.uuid()),
           .scope = owned.token.scope == TokenScope::kWrite ? access::Scope::kWrite
                                                            : access::Scope::kRead,
           .display_name = owned.owner_name,
           .affiliation = owned.affiliation},
          owned.token.last_used_time.value_or(absl::InfinitePast())};
}

// Fails with: SESSION_ENDED, whatever the cause.
absl::StatusOr<Shown> WhoShows(Identity& identity, const rpc::Call& call, const std::string& secret,
                               absl::Time now) {
  if (const auto hash = HashOfSecret(SecretKind::kSession, secret)) {
    GUILDHALL_ASSIGN(const std::optional<OwnedSession> owned,
                     GetSessionBySecret(identity.database, call.context(), *hash));
    if (owned && IsLive(owned->session, identity.settings.session_limits(), now)) {
      return ShownBy(*owned);
    }
  } else if (const auto token_hash = HashOfSecret(SecretKind::kAccessToken, secret)) {
    GUILDHALL_ASSIGN(const std::optional<OwnedAccessToken> owned,
                     GetAccessTokenBySecret(identity.database, call.context(), *token_hash));
    if (owned && Holds(owned->token, now)) return ShownBy(*owned);
  }
  return access::SessionEnded();
}

}  // namespace

absl::StatusOr<v1::IssueTokensResponse> IssueTokens(Identity& identity, const rpc::Call& call,
                                                    const v1::IssueTokensRequest& request) {
  GUILDHALL_TRY(CheckAudiences(request));
  const absl::Time now = call.now();
  GUILDHALL_ASSIGN(const Shown shown, WhoShows(identity, call, request.session_secret(), now));
  const auto signer = identity.keys.Current(now);
  if (signer == nullptr) {
    return Refusal(policy::reasons::kDependencyAway, "There is no key to sign with yet.");
  }
  const access::Caller& caller = shown.caller;
  identity.uses.Note(caller.session, shown.last_used_time, now);
  v1::IssueTokensResponse response;
  for (const std::string& audience : request.audiences()) {
    v1::Token& token = *response.add_tokens();
    token.set_audience(audience);
    token.set_token(signer->Mint(caller, audience, now, identity.random));
  }
  const absl::Time whole_second = absl::FromUnixSeconds(absl::ToUnixSeconds(now));
  *response.mutable_expire_time() = ToProto(whole_second + access::kTokenLife);
  response.set_session(resources::Name(caller.session));
  response.set_member(resources::Name(caller.member));
  return response;
}

}  // namespace guildhall::identity
