#include "services/gateway/api/live_call.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "guildhall/gateway/v1/live_service.pb.h"
#include "guildhall/gateway/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/access/flat_json.h"
#include "libs/base/base64url.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/gateway/domain/limits.h"

namespace guildhall::gateway {
namespace {

constexpr std::size_t kLongestToken = 1024;

// What a token says of somebody who has not called before. It came from identity and goes to
// directory, so nobody verifies it here.
void ReadClaims(std::string_view token, access::Caller& caller) {
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return;
  token.remove_prefix(first + 1);
  const auto text = Base64UrlDecode(token.substr(0, token.find('.')));
  const auto claims = text ? access::FlatJson::Parse(*text) : std::nullopt;
  if (!claims) return;
  if (const std::string* name = claims->String("name")) caller.display_name = *name;
  if (const std::int64_t* affiliation = claims->Integer("aff")) {
    caller.affiliation = *affiliation == 1   ? Affiliation::kEmployee
                         : *affiliation == 2 ? Affiliation::kExternal
                                             : Affiliation::kNone;
  }
}

}  // namespace

absl::StatusOr<LiveStreamPtr> LiveCall::Read(std::string_view message,
                                             const SessionTokens& tokens) {
  v1::SubscribeRequest request;
  if (!request.ParseFromArray(message.data(), static_cast<int>(message.size()))) {
    return Refusal(policy::reasons::kMessageMalformed, "The request is no SubscribeRequest.");
  }
  if (request.communities_size() > kMaxStreamedCommunities) {
    return WrongField("communities", absl::StrCat("takes at most ", kMaxStreamedCommunities));
  }
  if (request.resume_token().size() > kLongestToken) {
    return WrongField("resume_token", "is none of ours");
  }
  auto stream = std::make_shared<LiveStream>();
  for (const std::string& name : request.communities()) {
    GUILDHALL_ASSIGN(const CommunityId id, resources::ParseCommunity("communities", name));
    stream->only.insert(id);
  }
  stream->resume_token = request.resume_token();
  const auto member = resources::ParseMember("member", tokens.member);
  const auto session = resources::ParseSession("session", tokens.session);
  if (!member.ok() || !session.ok()) {
    return Refusal(reasons::kUpstreamAway, "Identity did not say whose session this is.");
  }
  stream->caller = {.kind = access::Caller::Kind::kMember, .member = *member, .session = *session};
  ReadClaims(tokens.For("directory"), stream->caller);
  return stream;
}

LiveCall::LiveCall(LiveHub& hub, http::Exchange& exchange, LiveStreamPtr stream)
    : hub_(hub), stream_(std::move(stream)) {
  stream_->exchange = &exchange;
  hub_.Join(stream_);
}

LiveCall::~LiveCall() {
  stream_->exchange = nullptr;
  hub_.Leave(stream_);
}

}  // namespace guildhall::gateway
