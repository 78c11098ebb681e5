// ProbeService.Echo through the engine with every step of a real call: a token that is verified, a
// session and a member asked for, a decision, deadline, limits, metrics, logs. What is left out is
// the network to the facts, which this process states itself.
//
// Usage: engine_echo <address> [unary]. Prints a token for the header `authorization`, then serves.
#include <cstdio>
#include <string>

#include <unistd.h>

#include "absl/synchronization/mutex.h"
#include "guildhall/gateway/v1/probe_service.pb.h"
#include "libs/access/token.h"
#include "libs/base/check.h"
#include "libs/rpc/server.h"
#include "libs/telemetry/log.h"

namespace {

using namespace guildhall;  // NOLINT: a program of one page
using gateway::v1::EchoRequest;
using gateway::v1::EchoResponse;

class StatedFacts final : public access::Facts {
 public:
  void Ask(const access::Question&, Deadline, Done done) override {
    done(access::Answer{.subject = {true, Affiliation::kEmployee}});
  }
};

absl::StatusOr<EchoResponse> Echo(const rpc::Call&, const EchoRequest& request) {
  EchoResponse response;
  response.set_payload(request.payload());
  return response;
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const access::TokenSigner signer("guildhall", access::SigningKey::Generate());
  access::KeySet keys;
  keys.Replace({&signer.public_key(), 1});
  access::TokenVerifier verifier("guildhall", "probe", keys);
  StatedFacts facts;
  telemetry::Metrics metrics;
  telemetry::StartLog({.service = "probe"});

  rpc::Queue queue;
  rpc::Server server(queue, {.listen = argc > 1 ? argv[1] : "127.0.0.1:0"},
                     {.service = "probe",
                      .facts = facts,
                      .metrics = metrics,
                      .verify_token = [&](std::string_view t) { return verifier.Verify(t); }});
  constexpr char kMethod[] = "guildhall.gateway.v1.ProbeService/Echo";
  if (argc > 2) {
    server.Unary<EchoRequest, EchoResponse>(kMethod, Echo);
  } else {
    server.Inline<EchoRequest, EchoResponse>(kMethod, Echo);
  }
  GUILDHALL_CHECK(server.Start().ok());

  access::Caller caller;
  caller.kind = access::Caller::Kind::kMember;
  caller.member = MemberId(NewUuidV7(SystemClock().Now(), SystemRandom()));
  caller.session = SessionId(NewUuidV7(SystemClock().Now(), SystemRandom()));
  caller.display_name = "Ada Example";
  caller.affiliation = Affiliation::kEmployee;
  std::printf("%s\n", signer.Mint(caller, "probe", SystemClock().Now(), SystemRandom()).c_str());
  std::fflush(stdout);
  pause();
}
