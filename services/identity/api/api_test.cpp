// Identity as its callers see it: through the engine, by gRPC's own client.
#include <catch2/catch.hpp>
#include <thread>

#include "services/identity/api/server_fixture.h"
#include "services/identity/store/account_store.h"

namespace guildhall::identity {
namespace {

namespace common = policy::reasons;

// A person signed in through the server.
struct SignedIn {
  IdentityServer server;
  std::string secret, token;

  SignedIn() {
    Visitor ada = server.Ada();
    secret = ada.secret;
    token = *server.TokenFor(secret);
  }
};

TEST_CASE("from sign-up to sign-out through the server") {
  IdentityServer server;
  v1::SignUpRequest sign_up;
  sign_up.set_email(kAdasEmail);
  sign_up.set_password(kPassword);
  sign_up.set_display_name("Ada");
  sign_up.set_request_id(server.NewRequestId());
  REQUIRE(server.Call<v1::Account>("IdentityService/SignUp", sign_up).ok());

  const auto signed_in = server.Call<v1::SignInResponse>(
      "IdentityService/SignIn", server.SignInRequest(),
      {{"guildhall-client-address", "192.0.2.7"}, {"guildhall-user-agent", "browser"}});
  REQUIRE(signed_in.ok());
  CHECK(signed_in->session().address_prefix() == "192.0.2.0/24");
  CHECK(signed_in->session().user_agent() == "browser");

  const std::string token = *server.TokenFor(signed_in->session_secret());
  CHECK(server.GetMe(token)->email() == kAdasEmail);
  const IdentityServer::Headers as_ada{{"authorization", "Bearer " + token}};
  IdentityServer::Headers replied;
  REQUIRE(server
              .Call<v1::SignOutResponse>("IdentityService/SignOut", v1::SignOutRequest(), as_ada,
                                         &replied)
              .ok());
  CHECK(replied["guildhall-clear-session"] == "1");
  CHECK(Is(server.GetMe(token).status(), common::kSessionEnded));
  CHECK(Is(server.TokenFor(signed_in->session_secret()).status(), common::kSessionEnded));
}

TEST_CASE("the cookie's secret travels in metadata") {
  IdentityServer server;
  Visitor ada = server.Ada();
  auto request = server.SignInRequest();
  request.set_delivery(v1::SESSION_DELIVERY_COOKIE);
  IdentityServer::Headers replied;
  REQUIRE(server.Call<v1::SignInResponse>("IdentityService/SignIn", request, {}, &replied).ok());
  const std::string value = replied["guildhall-set-session"];
  CHECK(server.TokenFor(value.substr(0, value.find(';'))).ok());
}

TEST_CASE("T-12: methods for services are closed to everybody else") {
  SignedIn ada;
  const std::map<std::string, std::string> callers[] = {{},
                                                        {{"authorization", "Bearer " + ada.token}},
                                                        {{"guildhall-service", ada.token}},
                                                        ada.server.AsGateway("directory")};
  for (const auto& headers : callers) {
    CHECK(Is(ada.server
                 .Call<v1::GetKeysResponse>("InternalIdentityService/GetKeys", v1::GetKeysRequest(),
                                            headers)
                 .status(),
             common::kServiceOnly));
  }
  CHECK(ada.server
            .Call<v1::GetKeysResponse>("InternalIdentityService/GetKeys", v1::GetKeysRequest(),
                                       ada.server.AsGateway())
            ->keys_size() == 2);
}

TEST_CASE("a service is no member, and nobody is signed in without a token") {
  SignedIn ada;
  CHECK(
      Is(ada.server
             .Call<v1::Account>("IdentityService/GetMe", v1::GetMeRequest(), ada.server.AsGateway())
             .status(),
         common::kSignInRequired));
}

TEST_CASE("O-05, T-14: tokens that are forged, tampered with, run out or another's are refused") {
  SignedIn ada;
  REQUIRE(ada.server.GetMe(ada.token).ok());
  std::string tampered = ada.token;
  tampered[tampered.size() / 2] ^= 1;
  const access::TokenSigner forger("guildhall", access::SigningKey::Generate());
  access::Caller caller{.kind = access::Caller::Kind::kMember};
  caller.affiliation = Affiliation::kEmployee;
  const std::string forged =
      forger.Mint(caller, "identity", ada.server.clock.Now(), SystemRandom());
  const std::string unsigned_token = ada.token.substr(0, ada.token.rfind('.') + 1);
  const std::string for_another = *ada.server.TokenFor(ada.secret, "directory");
  for (const std::string& token :
       {tampered, forged, unsigned_token, for_another, ada.secret, std::string("x")}) {
    CHECK(Is(ada.server.GetMe(token).status(), common::kTokenInvalid));
  }
  ada.server.clock.Advance(access::kTokenLife);
  CHECK(Is(ada.server.GetMe(ada.token).status(), common::kTokenInvalid));
}

TEST_CASE("a held account answers BUSY, and the sign-in can be repeated") {
  SignedIn ada;
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(20))};
  const auto request = ada.server.SignInRequest();
  const auto id = *MemberId::Parse(ada.server.Ask("SELECT id FROM accounts"));
  const absl::Status held =
      ada.server.database->Transact(context, [&](postgres::Work& work) -> absl::Status {
        const auto locked = LockAccount(work, id);
        return ada.server.Call<v1::SignInResponse>("IdentityService/SignIn", request).status();
      });
  CHECK(Is(held, common::kBusy));
  CHECK(ada.server.Ask("SELECT count(*) FROM sessions") == "1");
  CHECK(ada.server.Call<v1::SignInResponse>("IdentityService/SignIn", request).ok());
}

TEST_CASE("without its database identity says so, and is back with it") {
  SignedIn ada;
  ada.server.database.server().Stop();
  const absl::Status away =
      ada.server.Call<v1::SignInResponse>("IdentityService/SignIn", ada.server.SignInRequest())
          .status();
  const absl::Status undecided = ada.server.GetMe(ada.token).status();
  ada.server.database.server().Start();
  CHECK(Is(away, common::kDependencyAway));
  CHECK(Is(undecided, common::kDependencyAway));
  CHECK(ada.server.GetMe(ada.token).ok());
  CHECK(ada.server.Call<v1::SignInResponse>("IdentityService/SignIn", ada.server.SignInRequest())
            .ok());
}

TEST_CASE("L-06: a flood of sign-ins is turned away, and leaves tokens and facts answered") {
  SignedIn ada;
  Passwords& passwords = ada.server.process.passwords;
  auto first = std::make_unique<absl::StatusOr<PasswordGate::Pass>>(passwords.Enter(Deadline()));
  auto second = std::make_unique<absl::StatusOr<PasswordGate::Pass>>(passwords.Enter(Deadline()));
  const auto sign_in = [&ada](const v1::SignInRequest& request) {
    return ada.server.Call<v1::SignInResponse>("IdentityService/SignIn", request).status();
  };
  std::vector<std::thread> patient;
  std::atomic<int> signed_in = 0;
  for (int i = 0; i < 4; ++i) {
    const auto request = ada.server.SignInRequest();
    patient.emplace_back([&, request] { signed_in += sign_in(request).ok(); });
  }
  while (passwords.gate().waiting() < 4) std::this_thread::yield();
  CHECK(Is(sign_in(ada.server.SignInRequest()), reasons::kPasswordChecksBusy));
  CHECK(ada.server.TokenFor(ada.secret).ok());
  CHECK(ada.server.GetMe(ada.token).ok());
  first.reset();
  second.reset();
  for (std::thread& thread : patient) thread.join();
  CHECK(signed_in == 4);
}

}  // namespace
}  // namespace guildhall::identity
