#include <algorithm>

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/session_secret.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {
namespace {

constexpr std::size_t kMaxAudienceBytes = 64;

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

// The live session of a secret. Fails with: SESSION_ENDED, whatever the cause.
absl::StatusOr<OwnedSession> LiveSession(Identity& identity, const rpc::Call& call,
                                         const std::string& secret, absl::Time now) {
  const absl::Status ended =
      Refusal(policy::reasons::kSessionEnded, "The session was revoked or has run out.");
  const std::optional<std::string> hash = HashOfSecret(secret);
  if (!hash) return ended;
  GUILDHALL_ASSIGN(std::optional<OwnedSession> owned,
                   GetSessionBySecret(identity.database, call.context(), *hash));
  if (!owned || !IsLive(owned->session, identity.settings.session_limits(), now)) return ended;
  return *std::move(owned);
}

}  // namespace

absl::StatusOr<v1::IssueTokensResponse> IssueTokens(Identity& identity, const rpc::Call& call,
                                                    const v1::IssueTokensRequest& request) {
  GUILDHALL_TRY(CheckAudiences(request));
  const absl::Time now = call.now();
  GUILDHALL_ASSIGN(const OwnedSession owned,
                   LiveSession(identity, call, request.session_secret(), now));
  const auto signer = identity.keys.Current(now);
  if (signer == nullptr) {
    return Refusal(policy::reasons::kDependencyAway, "There is no key to sign with yet.");
  }
  identity.uses.Note(owned.session.id, owned.session.last_used_time, now);
  const access::Caller caller{.kind = access::Caller::Kind::kMember,
                              .member = owned.session.account,
                              .session = owned.session.id,
                              .display_name = owned.display_name,
                              .affiliation = owned.affiliation};
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
