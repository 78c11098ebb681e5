#include "services/gateway/clients/sessions.h"

#include <algorithm>
#include <utility>

#include "guildhall/gateway/v1/reasons.h"
#include "guildhall/identity/v1/internal_identity_service.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/sha256.h"

namespace guildhall::gateway {
namespace {

constexpr char kIssueTokens[] = "/guildhall.identity.v1.InternalIdentityService/IssueTokens";
// Identity answers in a millisecond; a caller's own deadline may be sooner.
constexpr absl::Duration kExchangeTimeout = absl::Seconds(2);
// A token must outlive the queue of the service that is called, and clocks differ.
constexpr absl::Duration kLeastLife = absl::Seconds(10);
// From then on it is renewed, while calls go on with what is there.
constexpr absl::Duration kRenewBefore = absl::Seconds(30);
constexpr absl::Duration kTick = absl::Milliseconds(20);

}  // namespace

SecretDigest DigestOf(std::string_view secret) { return Sha256(secret); }

Sessions::Sessions(http::Loop& loop, http::Upstream& identity, access::ServiceKey key,
                   Options options, const Clock& clock)
    : loop_(loop),
      identity_(identity),
      key_(std::move(key)),
      options_(std::move(options)),
      clock_(clock),
      cache_(options_.capacity) {}

Sessions::Tokens Sessions::Cached(std::string_view secret, const SecretDigest& digest) {
  const absl::Time now = clock_.Now();
  Tokens tokens = cache_.Find(digest, now + kLeastLife);
  if (tokens && tokens->expire_time < now + kRenewBefore) Begin(secret, digest);
  return tokens;
}

void Sessions::Exchange(std::string_view secret, const SecretDigest& digest, Deadline deadline,
                        Waiter& waiter) {
  Begin(secret, digest).waiting.push_back({&waiter, deadline});
  if (!ticker_) {
    ticker_ = std::make_unique<http::Ticker>(loop_, kTick, [this] { SweepDeadlines(); });
  }
}

void Sessions::Leave(const SecretDigest& digest, Waiter& waiter) {
  const auto found = flights_.find(digest);
  if (found == flights_.end()) return;
  std::erase_if(found->second->waiting,
                [&](const Waiting& waiting) { return waiting.waiter == &waiter; });
}

void Sessions::Drop(const SecretDigest& digest) {
  cache_.Drop(digest);
  const auto found = flights_.find(digest);
  if (found != flights_.end()) found->second->dropped = true;
}

Sessions::Flight& Sessions::Begin(std::string_view secret, const SecretDigest& digest) {
  std::unique_ptr<Flight>& flight = flights_[digest];
  if (flight) return *flight;
  flight = std::make_unique<Flight>();
  identity::v1::IssueTokensRequest request;
  request.set_session_secret(std::string(secret));
  for (const std::string& audience : options_.audiences) request.add_audiences(audience);
  flight->call = std::make_unique<UnaryCall>(
      identity_, kIssueTokens, request.SerializeAsString(),
      std::vector<UnaryCall::OwnField>{{"guildhall-service", ServiceToken()}},
      Deadline::After(kExchangeTimeout),
      [this, digest](absl::StatusOr<std::string> reply) { Land(digest, std::move(reply)); });
  return *flight;
}

void Sessions::Land(const SecretDigest& digest, absl::StatusOr<std::string> reply) {
  // The call is on the stack until the end of this function.
  const std::unique_ptr<Flight> flight = std::move(flights_.extract(digest).mapped());
  const absl::StatusOr<Tokens> tokens = Read(reply);
  if (tokens.ok() && !flight->dropped) cache_.Put(digest, *tokens);
  while (!flight->waiting.empty()) {
    Waiter* const waiter = flight->waiting.back().waiter;
    flight->waiting.pop_back();
    waiter->OnTokens(tokens);
  }
}

absl::StatusOr<Sessions::Tokens> Sessions::Read(const absl::StatusOr<std::string>& reply) const {
  if (!reply.ok()) {
    if (Is(reply.status(), policy::reasons::kSessionEnded)) return reply.status();
    return Refusal(reasons::kUpstreamAway, "The session could not be looked up; try again.");
  }
  identity::v1::IssueTokensResponse response;
  if (!response.ParseFromString(*reply)) return absl::InternalError("Identity's answer is broken.");
  auto tokens = std::make_shared<SessionTokens>();
  for (const identity::v1::Token& token : response.tokens()) {
    tokens->tokens.emplace_back(token.audience(), token.token());
  }
  tokens->expire_time = absl::FromUnixSeconds(response.expire_time().seconds());
  tokens->member = response.member();
  tokens->session = response.session();
  return tokens;
}

void Sessions::SweepDeadlines() {
  std::vector<Waiter*> late;
  bool waiting = false;
  for (auto& [digest, flight] : flights_) {
    std::erase_if(flight->waiting, [&](const Waiting& one) {
      if (one.deadline.Passed()) late.push_back(one.waiter);
      return one.deadline.Passed();
    });
    waiting |= !flight->waiting.empty();
  }
  if (!waiting) ticker_ = nullptr;
  for (Waiter* const waiter : late) {
    waiter->OnTokens(
        Refusal(policy::reasons::kDeadlinePassed, "The session was not looked up in time."));
  }
}

const std::string& Sessions::ServiceToken() {
  const absl::Time now = clock_.Now();
  if (now >= service_token_until_) {
    service_token_ = access::MintServiceToken(key_, "gateway", "identity", now);
    service_token_until_ = now + access::kServiceTokenLife / 2;
  }
  return service_token_;
}

}  // namespace guildhall::gateway
