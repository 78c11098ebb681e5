#include "services/gateway/api/proxy_call.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "guildhall/gateway/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"
#include "libs/telemetry/log.h"
#include "services/gateway/api/json.h"
#include "services/gateway/domain/framing.h"
#include "services/gateway/domain/timeout.h"

namespace guildhall::gateway {
namespace {

constexpr std::size_t kMaxUserAgent = 256;
// One in so many answers that are OK goes into the log; all others do.
constexpr std::uint64_t kLoggedSample = 100;

bool IsIdentity(const RequestHead::Text& encoding) {
  return !encoding || absl::EqualsIgnoreCase(Absl(*encoding), "identity");
}

// At most 256 bytes of printable ASCII: it ends up in a list that people read.
std::string Printable(std::string_view text) {
  std::string out(text.substr(0, kMaxUserAgent));
  std::erase_if(out, [](char c) { return c < ' ' || c > '~'; });
  return out;
}

// Why no reply came, in words for the client.
absl::Status Presentable(const absl::Status& fault) {
  switch (fault.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kCancelled:
      return Refusal(reasons::kUpstreamAway, "The service cannot be reached; try again.");
    case absl::StatusCode::kDeadlineExceeded:
      return Refusal(policy::reasons::kDeadlinePassed,
                     "The deadline passed before the answer was ready.");
    case absl::StatusCode::kResourceExhausted:
      return Refusal(policy::reasons::kOverloaded, "Too many calls are under way.")
          .RetryAfter(absl::Seconds(1));
    default:
      return Refusal(policy::reasons::kInternal, "A fault of the server; the request id finds it.");
  }
}

// All sessions of a member together.
std::uint64_t HashOf(const SessionTokens& tokens) {
  return absl::HashOf(absl::string_view(tokens.member));
}

absl::Status TooLarge(Bytes limit) {
  return Refusal(reasons::kBodyTooLarge, "The body is too large.")
      .With("limit_bytes", absl::StrCat(Count(limit)));
}

}  // namespace

constexpr std::array<ProxyCall::Step, 12> ProxyCall::kSteps = {{
    // First, so that every answer carries an id by which its lines in the logs are found.
    {"trace", &ProxyCall::Trace},
    // Before anything that refuses: a refusal is written in the client's protocol.
    {"protocol", &ProxyCall::ChooseProtocol},
    // Before the origin, which counts for cookies more than for bearer tokens.
    {"credential", &ProxyCall::ReadCredential},
    // Before anything that a foreign page could learn from.
    {"origin", &ProxyCall::CheckOrigin},
    // Before work is done for a method that does not exist.
    {"route", &ProxyCall::CheckRoute},
    {"headers", &ProxyCall::CheckHeaders},
    // Before the first step that may wait.
    {"deadline", &ProxyCall::SetDeadline},
    // From memory alone, so that the rate is counted against the right caller.
    {"recognize", &ProxyCall::Recognize},
    // Before identity or a service has work with it.
    {"rate", &ProxyCall::LimitRate},
    // Before the body is looked at: strangers do not get JSON parsed. May wait for identity.
    {"session", &ProxyCall::FindSession},
    {"decode", &ProxyCall::Decode},
    {"forward", &ProxyCall::Forward},
}};

ProxyCall::ProxyCall(Shared& shared, http::Exchange& exchange, const Route* route)
    : shared_(shared),
      exchange_(exchange),
      route_(route),
      head_(RequestHead::Of(exchange.request())),
      began_(shared.clock.Monotonic()) {}

ProxyCall::~ProxyCall() {
  if (awaits_tokens_) shared_.sessions->Leave(digest_, *this);
  if (!answered_ && route_ != nullptr) {
    // The client has gone.
    route_->Answered(protocol_, absl::StatusCode::kCancelled, shared_.clock.Monotonic() - began_);
  }
}

void ProxyCall::Proceed() {
  while (next_step_ < kSteps.size() && (this->*kSteps[next_step_++].take)()) {
  }
}

bool ProxyCall::Trace() {
  const auto parent = telemetry::TraceContext::Parse(head_.traceparent.value_or(""));
  trace_ = parent ? parent->Child(shared_.random) : telemetry::TraceContext::Begin(shared_.random);
  std::uint32_t chance;  // our own span's id: no client knows it
  std::memcpy(&chance, trace_.span_id.data(), sizeof chance);
  trace_.flags = shared_.sampler.Decide(parent && parent->sampled(), chance, began_) ? 1 : 0;
  traceparent_ = trace_.Text();
  return true;
}

bool ProxyCall::ChooseProtocol() {
  const auto protocol = ProtocolOf(head_.content_type.value_or(""));
  if (protocol) {
    protocol_ = *protocol;
    return true;
  }
  return Refuse(Refusal(reasons::kContentTypeUnsupported,
                        "Send application/grpc-web+proto, application/grpc-web-text, "
                        "application/proto or application/json; for streams "
                        "application/connect+proto or application/connect+json."));
}

bool ProxyCall::ReadCredential() {
  const auto credential = CredentialIn(head_.authorization, head_.cookie, shared_.cookie_name);
  if (!credential.ok()) return Refuse(credential.status());
  credential_ = *credential;
  return true;
}

bool ProxyCall::CheckOrigin() {
  const auto verdict = shared_.origins.Judge(
      {.origin = head_.origin,
       .fetch_site = head_.sec_fetch_site,
       .host = head_.host.value_or(""),
       .cookie = credential_ && credential_->cookie,
       .custom_header = head_.x_grpc_web || head_.connect_protocol_version || head_.x_guildhall});
  cross_origin_ = verdict == OriginPolicy::Verdict::kCross;
  if (verdict != OriginPolicy::Verdict::kRefused) return true;
  return Refuse(Refusal(reasons::kOriginRefused,
                        "A page of this origin may not call, or the call lacks one of the headers "
                        "x-grpc-web, connect-protocol-version and x-guildhall."));
}

bool ProxyCall::CheckRoute() {
  if (route_ != nullptr && (route_->upstream != nullptr || route_->own)) return true;
  return Refuse(Refusal(policy::reasons::kMethodUnknown, "There is no such method."));
}

bool ProxyCall::CheckHeaders() {
  if (!Speaks(protocol_, route_->streams)) {
    return Refuse(Refusal(reasons::kContentTypeUnsupported,
                          route_->streams ? "This method streams: with Connect, send "
                                            "application/connect+proto or application/connect+json."
                                          : "This method does not stream: with Connect, send "
                                            "application/proto or application/json."));
  }
  if (!head_.repeated.empty()) {
    return Refuse(Refusal(reasons::kHeaderMalformed, "A header comes twice.")
                      .With("header", std::string(head_.repeated)));
  }
  if (head_.connect_protocol_version.value_or("1") != "1") {
    return Refuse(Refusal(reasons::kHeaderMalformed, "connect-protocol-version must be 1."));
  }
  if (!IsIdentity(head_.content_encoding) || !IsIdentity(head_.grpc_encoding)) {
    return Refuse(Refusal(reasons::kEncodingUnsupported, "Send messages uncompressed."));
  }
  return !exchange_.request().body_too_large || Refuse(TooLarge(shared_.settings.body_limit));
}

bool ProxyCall::SetDeadline() {
  std::optional<absl::Duration> wait = shared_.settings.default_deadline;
  if (IsConnect(protocol_) && head_.connect_timeout_ms) {
    wait = ParseConnectTimeout(*head_.connect_timeout_ms);
  } else if (!IsConnect(protocol_) && head_.grpc_timeout) {
    wait = ParseGrpcTimeout(*head_.grpc_timeout);
  }
  if (!wait) return Refuse(Refusal(reasons::kHeaderMalformed, "The timeout is malformed."));
  const bool named =
      IsConnect(protocol_) ? head_.connect_timeout_ms.has_value() : head_.grpc_timeout.has_value();
  if (named) stream_deadline_ = Deadline::After(*wait);
  if (*wait <= absl::ZeroDuration()) {
    return Refuse(Refusal(policy::reasons::kDeadlinePassed, "The deadline passed at once."));
  }
  deadline_ = Deadline::After(std::min(*wait, shared_.settings.longest_deadline));
  return true;
}

bool ProxyCall::Recognize() {
  client_address_ = shared_.proxies.ClientAddress(exchange_.request().peer, head_.x_forwarded_for);
  // What anybody may call needs no proof, and takes none.
  if (!credential_ || !route_->needs_session) return true;
  digest_ = DigestOf(credential_->secret);
  tokens_ = shared_.sessions->Cached(credential_->secret, digest_);
  return true;
}

bool ProxyCall::LimitRate() {
  // A session counts once it is known to be one: otherwise made-up secrets would be without limit.
  RateLimiter& limiter = tokens_ ? shared_.session_limiter : shared_.address_limiter;
  const std::uint64_t caller = tokens_ ? HashOf(*tokens_) : NetworkHash(client_address_);
  if (limiter.rate().per_second <= 0) return true;
  rate_verdict_ = limiter.Take(caller, began_);
  rate_limit_ = limiter.rate().burst;
  if (rate_verdict_->admitted) return true;
  return Refuse(
      Refusal(reasons::kRateLimited, "Too many calls.").RetryAfter(rate_verdict_->retry_after));
}

bool ProxyCall::FindSession() {
  if (!route_->needs_session || tokens_) return true;
  if (!credential_) {
    return Refuse(Refusal(policy::reasons::kSignInRequired, "This needs a session: sign in."));
  }
  awaits_tokens_ = true;
  shared_.sessions->Exchange(credential_->secret, digest_, deadline_, *this);
  return false;
}

void ProxyCall::OnTokens(absl::StatusOr<Sessions::Tokens> tokens) {
  awaits_tokens_ = false;
  if (!tokens.ok()) {
    Refuse(tokens.status());
    return;
  }
  tokens_ = *std::move(tokens);
  Proceed();
}

bool ProxyCall::Decode() {
  const http::Request& request = exchange_.request();
  absl::StatusOr<std::string_view> message = request.body;
  if (protocol_ == Protocol::kGrpcWebText) {
    absl::StatusOr<std::string> decoded = DecodeText(request.body);
    if (!decoded.ok()) return Refuse(decoded.status());
    decoded_ = *std::move(decoded);
    message = MessageIn(decoded_);
  } else if (protocol_ == Protocol::kGrpcWeb || IsConnectStream(protocol_)) {
    message = MessageIn(request.body);
  }
  if (message.ok() && IsJson(protocol_)) {
    if (message->size() > Count(shared_.settings.json_limit)) {
      return Refuse(TooLarge(shared_.settings.json_limit));
    }
    absl::StatusOr<std::string> decoded = JsonToMessage(*route_->method.input_type(), *message);
    if (!decoded.ok()) return Refuse(decoded.status());
    decoded_ = *std::move(decoded);
    message = decoded_;
  }
  if (!message.ok()) return Refuse(message.status());
  if (message->size() > Count(shared_.settings.body_limit)) {
    return Refuse(TooLarge(shared_.settings.body_limit));
  }
  frame_head_ = FrameHead(message->size());
  body_ = {std::string_view(frame_head_.data(), frame_head_.size()), *message};
  return true;
}

bool ProxyCall::Subscribe() {
  absl::StatusOr<LiveStreamPtr> stream = LiveCall::Read(body_[1], *tokens_);
  if (!stream.ok()) return Refuse(stream.status());
  (*stream)->protocol = protocol_;
  (*stream)->deadline = stream_deadline_;
  (*stream)->caller_hash = HashOf(*tokens_);
  http::Response head{.head = Note(absl::OkStatus())};
  answered_ = true;
  // From here on the request and all views of it are gone.
  exchange_.Begin(std::move(head));
  live_.emplace(shared_.live->hub(), exchange_, *std::move(stream));
  return false;
}

bool ProxyCall::Search() {
  absl::StatusOr<v1::SearchRequest> request = SearchCall::Read(body_[1]);
  if (!request.ok()) return Refuse(request.status());
  search_.emplace(shared_,
                  SearchCall::Asked{.request = *std::move(request),
                                    .tokens = tokens_,
                                    .has_renewed = has_renewed_,
                                    .traceparent = {traceparent_.data(), traceparent_.size()},
                                    .deadline = deadline_},
                  [this](const absl::StatusOr<v1::SearchResponse>& found) { OnFound(found); });
  return false;
}

void ProxyCall::OnFound(const absl::StatusOr<v1::SearchResponse>& found) {
  if (Renews(found.status())) return;
  if (!found.ok()) {
    Refuse(found.status());
    return;
  }
  const std::string message = found->SerializeAsString();
  const auto head = FrameHead(message.size());
  Reply({.http_status = 200,
         .grpc_status = 0,
         .frames = absl::StrCat(absl::string_view(head.data(), head.size()), message)});
}

void ProxyCall::OnWritable() {
  if (live_) live_->OnWritable();
}

void ProxyCall::OnDrain() {
  if (live_) live_->OnDrain();
}

bool ProxyCall::MustBeFresh() const {
  // RFC 9111 section 5.2.1.4: whoever asks for it.
  if (absl::StrContains(Absl(head_.cache_control.value_or("")), "no-cache")) return true;
  return tokens_ && shared_.fresh_callers.Has(HashOf(*tokens_), began_);
}

void ProxyCall::NoteWrite() {
  if (!tokens_ || !route_->writes) return;
  shared_.fresh_callers.Mark(HashOf(*tokens_), shared_.clock.Monotonic());
}

bool ProxyCall::Forward() {
  if (route_->streams) return Subscribe();
  if (route_->own) return Search();
  const auto add = [&](std::string_view name, std::string_view value, bool unique = false) {
    if (!value.empty()) fields_[field_count_++] = {name, value, unique};
  };
  // All that a service learns of the client. Nothing is copied from the request unseen.
  if (tokens_) add("guildhall-token", tokens_->For(route_->audience));
  add("traceparent", {traceparent_.data(), traceparent_.size()}, true);
  add("guildhall-client-address", client_address_);
  user_agent_ = Printable(head_.user_agent.value_or(""));
  add("guildhall-user-agent", user_agent_);
  if (!route_->writes && MustBeFresh()) add("guildhall-fresh", "1");
  NoteWrite();
  upstream_ = route_->upstream->Start({.path = route_->path,
                                       .fields = {fields_.data(), field_count_},
                                       .body = body_,
                                       .deadline = deadline_},
                                      *this);
  return false;
}

// The clocks of machines are apart, one of them has jumped, or a key is new: the client's session
// is none of that. The service has done nothing yet, so it may be asked once more.
bool ProxyCall::Renews(const absl::Status& answer) {
  if (!tokens_ || !Is(answer, policy::reasons::kTokenInvalid)) return false;
  shared_.sessions->Drop(digest_, tokens_);
  if (std::exchange(has_renewed_, true)) {
    telemetry::Log(telemetry::Severity::kError, "a service takes no token of identity's",
                   {{"upstream", route_->audience}, telemetry::Field(trace_)});
    Refuse(Presentable(absl::UnavailableError("")));
    return true;
  }
  tokens_ = nullptr;
  reply_ = {};
  field_count_ = 0;
  --next_step_;  // the last, which asks the service
  awaits_tokens_ = true;
  shared_.sessions->Exchange(credential_->secret, digest_, deadline_, *this);
  return true;
}

void ProxyCall::OnField(std::string_view name, std::string_view value) { reply_.Take(name, value); }

void ProxyCall::OnData(std::string_view bytes) {
  const Settings& settings = shared_.settings;
  std::uint64_t limit = Count(settings.reply_limit);
  if (protocol_ == Protocol::kConnectJson)
    limit = std::min(limit, Count(settings.json_reply_limit));
  if (reply_.frames.size() + bytes.size() > limit) {
    upstream_ = nullptr;
    Refuse(Refusal(reasons::kBodyTooLarge, "The reply is too large.")
               .With("limit_bytes", absl::StrCat(limit)));
    return;
  }
  reply_.frames.append(bytes);
  upstream_->Consume(bytes.size());
}

void ProxyCall::OnEnd(const absl::Status& transport) {
  if (!transport.ok() || reply_.grpc_status < 0) {
    Refuse(Presentable(transport.ok() ? reply_.status() : transport));
    return;
  }
  if (Renews(reply_.status())) return;
  // Only identity begins and ends sessions.
  if (route_->audience == "identity") {
    if (const auto session = ParseSetSession(reply_.set_session)) {
      set_cookie_ = SetCookieLine(shared_.cookie_name, *session);
    } else if (reply_.clear_session) {
      set_cookie_ = ClearCookieLine(shared_.cookie_name);
    }
  }
  Reply(std::move(reply_));
}

void ProxyCall::Reply(ServiceReply reply) {
  const absl::Status status = reply.status();
  absl::StatusOr<http::Response> response =
      ReplyAs(protocol_, route_->method, status, std::move(reply));
  if (response.ok()) {
    Send(*std::move(response), status);
  } else {
    Refuse(Presentable(response.status()));
  }
}

bool ProxyCall::Refuse(const absl::Status& refusal) {
  Send(RefusalAs(protocol_, refusal), refusal);
  return false;
}

void ProxyCall::Send(http::Response response, const absl::Status& status) {
  response.head = Note(status);
  answered_ = true;
  exchange_.Send(std::move(response));
}

std::string ProxyCall::Note(const absl::Status& status) {
  NoteWrite();  // it counts from its answer, too
  const absl::Duration took = shared_.clock.Monotonic() - began_;
  const auto details = status.ok() ? std::nullopt : DetailsOf(status);
  if (route_ != nullptr) route_->Answered(protocol_, status.code(), took);
  if (tokens_ && (route_->ends_sessions || status.code() == absl::StatusCode::kUnauthenticated)) {
    shared_.sessions->Drop(digest_);
  }
  if (Is(status, policy::reasons::kSessionEnded) && credential_ && credential_->cookie) {
    set_cookie_ = ClearCookieLine(shared_.cookie_name);
  }
  if (!status.ok() || ++shared_.answered % kLoggedSample == 0) {
    Log(status.code(), details ? details->reason : "", took);
  }
  return HeadLines({.protocol = protocol_,
                    .ok = status.ok(),
                    .request_id = {traceparent_.data() + 3, 32},  // "00-<trace id>-…"
                    .cross_origin = cross_origin_ ? *head_.origin : "",
                    .rate = rate_verdict_,
                    .rate_limit = rate_limit_,
                    .retry_after = details ? details->retry_after : std::nullopt,
                    .set_cookie = set_cookie_});
}

void ProxyCall::Log(absl::StatusCode code, std::string_view reason, absl::Duration took) const {
  std::vector<telemetry::Field> fields{
      {"rpc.method", route_ != nullptr ? std::string_view(route_->path).substr(1) : ""},
      {"protocol", Name(protocol_)},
      {"grpc.code", CodeName(code)},
      {"duration_ms", absl::ToDoubleMilliseconds(took)},
      telemetry::Field(trace_),
  };
  if (tokens_) fields.emplace_back("actor", tokens_->member);
  if (!reason.empty()) fields.emplace_back("err.kind", reason);
  const bool fault = code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown;
  telemetry::Log(fault ? telemetry::Severity::kError : telemetry::Severity::kInfo,
                 "request answered", fields);
}

}  // namespace guildhall::gateway
