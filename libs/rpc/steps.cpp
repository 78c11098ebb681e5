#include "libs/rpc/steps.h"

#include <exception>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"
#include "libs/rpc/exchange.h"
#include "libs/rpc/wire_status.h"
#include "libs/telemetry/log.h"

namespace guildhall::rpc::internal {
namespace {

namespace reasons = policy::reasons;

// Beyond this size parsing takes longer than the queue's thread may be held up (64 KiB of nested
// messages: about 100 us), so a worker does it.
constexpr std::size_t kParsedInline = 64 << 10;

// One in so many answers that are OK goes into the log; all others do.
constexpr std::uint64_t kLoggedSample = 100;

Outcome Stop(Exchange& exchange, const absl::Status& refusal) {
  exchange.Refuse(refusal);
  return Outcome::kStop;
}

Outcome Trace(Exchange& exchange) {
  const auto parent = telemetry::TraceContext::Parse(exchange.Metadata("traceparent"));
  Random& random = exchange.engine.random;
  exchange.facts.trace = parent ? parent->Child(random) : telemetry::TraceContext::Begin(random);
  const ServerParts& parts = exchange.engine.parts;
  exchange.facts.clock = &parts.clock;
  if (parts.service_key) exchange.facts.digest_key = parts.service_key->secret();
  exchange.facts.client_address = exchange.Metadata("guildhall-client-address");
  exchange.facts.user_agent = exchange.Metadata("guildhall-user-agent");
  exchange.facts.fresh = !exchange.Metadata("guildhall-fresh").empty();
  return Outcome::kNext;
}

Outcome Nothing(Exchange&) { return Outcome::kNext; }

absl::Duration Took(const Exchange& exchange) { return SystemClock().Monotonic() - exchange.began; }

telemetry::Severity SeverityOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kDataLoss:
      return telemetry::Severity::kError;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return telemetry::Severity::kWarning;
    default:
      return telemetry::Severity::kInfo;
  }
}

void EndLog(Exchange& exchange, const absl::Status& status) {
  if (status.ok() && ++exchange.engine.answered % kLoggedSample != 0) return;
  std::vector<telemetry::Field> fields{
      {"rpc.method", exchange.facts.method},
      {"grpc.code", CodeName(Presentable(status).code())},
      {"duration_ms", absl::ToDoubleMilliseconds(Took(exchange))},
      telemetry::Field(exchange.facts.trace),
  };
  std::string actor;
  if (exchange.facts.caller.kind == access::Caller::Kind::kMember) {
    actor = exchange.facts.caller.member.ToString();
  } else if (exchange.facts.caller.kind == access::Caller::Kind::kService) {
    actor = exchange.facts.caller.service;
  }
  if (!actor.empty()) fields.emplace_back("actor", actor);
  const auto details = DetailsOf(status);
  const std::string message(status.message());
  if (details) {
    fields.emplace_back("err.kind", details->reason);
  } else if (!status.ok()) {
    fields.emplace_back("err.message", message);  // of our own making, not the caller's
  }
  telemetry::Log(SeverityOf(status.code()), "call answered", fields);
}

Outcome Measure(Exchange& exchange) {
  exchange.began = SystemClock().Monotonic();
  (exchange.method != nullptr ? exchange.method->measures : exchange.engine.unknown_method)
      .Started();
  return Outcome::kNext;
}

void EndMeasure(Exchange& exchange, const absl::Status& status) {
  (exchange.method != nullptr ? exchange.method->measures : exchange.engine.unknown_method)
      .Handled(Presentable(status).code(), Took(exchange));
}

Outcome Admit(Exchange& exchange) {
  const auto most = static_cast<std::size_t>(exchange.engine.settings.most_calls);
  if (exchange.engine.running.size() > most) {
    return Stop(exchange,
                Refusal(reasons::kOverloaded, "The service has all the calls it can hold.")
                    .RetryAfter(absl::Seconds(1)));
  }
  if (exchange.method == nullptr) {
    return Stop(exchange, Refusal(reasons::kMethodUnknown, "There is no such method."));
  }
  return Outcome::kNext;
}

Outcome SetDeadline(Exchange& exchange) {
  const ServerSettings& settings = exchange.engine.settings;
  absl::Duration wait = exchange.CallersTimeout();
  if (wait == absl::InfiniteDuration()) wait = settings.default_deadline;
  exchange.facts.deadline = Deadline::After(std::min(wait, settings.longest_deadline));
  return Outcome::kNext;
}

// `guildhall-token: <token>` is what the gateway sends. `authorization: Bearer <token>` is the same
// for other clients; HPACK encoders never put it into their table, so its 450 bytes are unpacked
// anew with every call (measured: 3 of 18 us).
Outcome AuthenticateMember(Exchange& exchange) {
  constexpr std::string_view kScheme = "Bearer ";
  std::string_view token = exchange.Metadata("guildhall-token");
  if (token.empty()) {
    token = exchange.Metadata("authorization");
    if (token.empty()) {
      return Stop(exchange, Refusal(reasons::kSignInRequired, "This needs a session."));
    }
    if (!token.starts_with(kScheme)) {
      return Stop(exchange, Refusal(reasons::kTokenInvalid, "The token does not hold."));
    }
    token.remove_prefix(kScheme.size());
  }
  auto caller = exchange.engine.parts.verify_token(token);
  if (!caller.ok()) return Stop(exchange, caller.status());
  exchange.facts.caller = *std::move(caller);
  return Outcome::kNext;
}

Outcome AuthenticateService(Exchange& exchange) {
  const ServerParts& parts = exchange.engine.parts;
  const auto service = access::VerifyServiceToken(
      *parts.service_key, exchange.Metadata("guildhall-service"), parts.service, parts.clock.Now());
  if (!service.ok()) {
    return Stop(exchange, Refusal(reasons::kServiceOnly, "Only other services may call this."));
  }
  exchange.facts.caller.kind = access::Caller::Kind::kService;
  exchange.facts.caller.service = *service;
  return Outcome::kNext;
}

Outcome Authenticate(Exchange& exchange) {
  switch (exchange.method->policy->audience) {
    case access::Audience::kSignedIn:
      return AuthenticateMember(exchange);
    case access::Audience::kService:
      return AuthenticateService(exchange);
    case access::Audience::kAnyone:
      break;  // whatever is sent along proves nothing here, so nobody is taken for signed in
  }
  return Outcome::kNext;
}

Outcome Receive(Exchange& exchange) {
  exchange.Receive();
  return Outcome::kStop;
}

void Parsed(Exchange& exchange, bool ok) {
  if (ok) return exchange.Proceed();
  exchange.Refuse(Refusal(reasons::kMessageMalformed, "The bytes are no message of this type."));
}

Outcome Parse(Exchange& exchange) {
  const Bytes limit = exchange.engine.settings.largest_request;
  if (exchange.request_bytes.size() > Count(limit)) {
    return Stop(exchange, Refusal(reasons::kMessageTooLarge, "The request is too large.")
                              .With("limit_bytes", absl::StrCat(Count(limit))));
  }
  exchange.request.reset(exchange.method->handler.request->New());
  if (exchange.request_bytes.size() <= kParsedInline) {
    if (ParseInto(exchange.request_bytes, *exchange.request)) return Outcome::kNext;
    Parsed(exchange, false);
    return Outcome::kStop;
  }
  auto done = exchange.Later<bool>(&Parsed);
  if (!exchange.engine.workers->Submit(Workers::Kind::kRead, [&exchange, done] {
        done(ParseInto(exchange.request_bytes, *exchange.request));
      })) {
    exchange.Refuse(
        Refusal(reasons::kOverloaded, "All workers are busy.").RetryAfter(absl::Seconds(1)));
    done(false);
  }
  return Outcome::kStop;
}

absl::StatusOr<grpc::Slice> Run(const Exchange& exchange) {
  if (exchange.facts.cancellation.cancelled())
    return absl::CancelledError("Nobody waits any more.");
  // The outermost edge: whatever a library throws past its own border ends here.
  try {
    return exchange.method->handler.run(exchange.call, *exchange.request);
  } catch (const std::exception& error) {
    return absl::InternalError(error.what());
  }
}

using Result = absl::StatusOr<grpc::Slice>;

void Answer(Exchange& exchange, const Result& result) { exchange.Answer(result); }

using Seen = std::function<void(const Result&)>;

void RunAndAnswer(Exchange& exchange, const Seen& seen, const Handler::Answered& done) {
  Result result = Run(exchange);
  if (seen) seen(result);
  // Taken out first: the exchange may be gone before the function returns.
  const auto wait = std::move(exchange.facts.answer_after);
  if (!result.ok() || !wait) return done(std::move(result));
  wait([done, result = std::move(result)] { done(result); });
}

void AnswerLookup(Exchange& exchange) {
  const grpc::Slice reply =
      exchange.method->handler.lookup->Reply(exchange.call, exchange.row.get());
  KeepReply(exchange, reply);
  exchange.Reply(reply);
}

void AnswerByHandler(Exchange& exchange) {
  if (exchange.kept.found.ticket && MayKeep(exchange)) {
    ReadAndKeep(exchange);
  } else {
    RunHandler(exchange, nullptr);
  }
}

void RunOnWorker(Exchange& exchange, Seen seen, Handler::Answered done) {
  if (!exchange.engine.workers->Submit(
          exchange.method->kind,
          [&exchange, seen = std::move(seen), done] { RunAndAnswer(exchange, seen, done); })) {
    done(Refusal(reasons::kOverloaded, "All workers are busy.").RetryAfter(absl::Seconds(1)));
  }
}

Outcome Handle(Exchange& exchange) {
  const Handler& handler = exchange.method->handler;
  if (exchange.kept.found.reply != nullptr && MayKeep(exchange)) {
    exchange.Reply(SliceOf(exchange.kept.found.reply));
    return Outcome::kStop;
  }
  switch (handler.shape) {
    case Handler::Shape::kLookup:
      AnswerLookup(exchange);
      break;
    case Handler::Shape::kInline:
      exchange.Answer(Run(exchange));
      GUILDHALL_CHECK(!exchange.facts.answer_after && "only a Unary handler can be held back");
      break;
    case Handler::Shape::kDeferred:
    case Handler::Shape::kUnary:
      AnswerByHandler(exchange);
  }
  return Outcome::kStop;
}

}  // namespace

void RunHandler(Exchange& exchange, Seen seen) {
  Handler::Answered done = exchange.Later<Result>(&Answer);
  const Handler& handler = exchange.method->handler;
  if (handler.shape == Handler::Shape::kUnary) {
    return RunOnWorker(exchange, std::move(seen), std::move(done));
  }
  if (!seen) return handler.begin(exchange.call, *exchange.request, std::move(done));
  handler.begin(exchange.call, *exchange.request,
                [seen = std::move(seen), done = std::move(done)](Result result) {
                  seen(result);
                  done(std::move(result));
                });
}

const std::array<Step, kStepCount>& Steps() {
  static constexpr std::array<Step, kStepCount> kSteps{{
      // First, so that everything that follows can be found; the trace id is the request's id.
      {"trace", Trace, nullptr},
      // Around all the rest, so that every answer has its line, refusals included.
      {"log", Nothing, EndLog},
      // Inside the log, so that both tell the same time; before anything can refuse.
      {"measure", Measure, EndMeasure},
      // Before any work is done for the call: room for it, and a method of its name.
      {"admit", Admit, nullptr},
      // Before the first step that may wait.
      {"deadline", SetDeadline, nullptr},
      // Before the body is read: a stranger's megabytes are not.
      {"authenticate", Authenticate, nullptr},
      // Here a limit per caller would stand. There is none: the gateway, the only door for
      // members, keeps it, and services are bounded by admit.
      {"receive", Receive, nullptr},
      // Before authorize, which reads the resource's name out of the message.
      {"parse", Parse, nullptr},
      // Last before the handler: nothing runs without a decision. Rules about fields are the
      // handler's, so that whoever may not see a thing does not learn how to ask for it.
      {"authorize", Authorize, nullptr},
      {"handle", Handle, nullptr},
  }};
  return kSteps;
}

}  // namespace guildhall::rpc::internal
