// How programs call: access tokens, from their making to their end.
#include <catch2/catch.hpp>
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "libs/testing/eventually.h"
#include "services/identity/api/account_fixture.h"
#include "services/identity/api/server_fixture.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/secret.h"
#include "services/identity/store/session_store.h"
#include "services/identity/workers/session_use_writer.h"
#include "services/identity/workers/upkeep.h"

namespace guildhall::identity {
namespace {

namespace common = policy::reasons;

v1::CreateAccessTokenRequest Asking(TestIdentity& world,
                                    v1::AccessTokenScope scope = v1::ACCESS_TOKEN_SCOPE_WRITE,
                                    absl::Duration life = absl::Hours(24)) {
  v1::CreateAccessTokenRequest request;
  v1::AccessToken& token = *request.mutable_access_token();
  token.set_display_name("Nightly build");
  token.set_scope(scope);
  token.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(world.clock.Now() + life));
  request.set_request_id(world.NewRequestId());
  return request;
}

absl::Status Exchange(TestIdentity& world, const std::string& secret) {
  v1::IssueTokensRequest request;
  request.set_session_secret(secret);
  request.add_audiences("directory");
  return world.AsService(IssueTokens, request).status();
}

// Ada with a token.
struct Tokens : TestAccounts {
  v1::CreateAccessTokenResponse Make(Visitor& owner) {
    auto made = AsMember(CreateAccessToken, Asking(*this), owner);
    GUILDHALL_CHECK(made.ok());
    return *std::move(made);
  }
  v1::ListAccessTokensResponse List(Visitor& owner) {
    return *AsMember(ListAccessTokens, v1::ListAccessTokensRequest(), owner);
  }
  absl::Status Revoke(const v1::AccessToken& token, Visitor& owner) {
    v1::RevokeAccessTokenRequest request;
    request.set_name(token.name());
    return AsMember(RevokeAccessToken, request, owner).status();
  }

  const v1::CreateAccessTokenResponse token = Make(bob);
};

TEST_CASE_METHOD(Tokens, "a token is shown once, and stored as a hash") {
  CHECK(token.secret().starts_with("guildhall_token_"));
  CHECK(HashOfSecret(SecretKind::kAccessToken, token.secret()).has_value());
  CHECK(Ask("SELECT count(*) FROM access_tokens WHERE encode(secret_hash, 'escape') LIKE '%" +
            token.secret().substr(20, 8) + "%'") == "0");
  const auto listed = List(bob);
  REQUIRE(listed.access_tokens_size() == 1);
  CHECK(listed.access_tokens(0).SerializeAsString() == token.access_token().SerializeAsString());
  CHECK(token.access_token().display_name() == "Nightly build");
  CHECK_FALSE(token.access_token().has_last_used_time());
  CHECK(Changes(change::v1::KIND_ACCESS_TOKEN_CREATED) == 1);
  CHECK(List(ada).access_tokens_size() == 0);
}

TEST_CASE_METHOD(Tokens, "a repeated request shows no secret, and makes no other token") {
  const auto request = Asking(*this);
  REQUIRE(AsMember(CreateAccessToken, request, bob).ok());
  CHECK(Is(AsMember(CreateAccessToken, request, bob).status(), common::kSecretAlreadyIssued));
  CHECK(List(bob).access_tokens_size() == 2);
  // Also when it has run out.
  const auto brief = Asking(*this, v1::ACCESS_TOKEN_SCOPE_READ, absl::Minutes(5));
  REQUIRE(AsMember(CreateAccessToken, brief, bob).ok());
  clock.Advance(absl::Minutes(6));
  CHECK(Is(AsMember(CreateAccessToken, brief, bob).status(), common::kSecretAlreadyIssued));
}

TEST_CASE_METHOD(Tokens, "a token needs a name, a scope and an end within a year") {
  auto request = Asking(*this);
  SECTION("a name") { request.mutable_access_token()->clear_display_name(); }
  SECTION("a scope") { request.mutable_access_token()->clear_scope(); }
  SECTION("an end") { request.mutable_access_token()->clear_expire_time(); }
  SECTION("within a year") {
    request = Asking(*this, v1::ACCESS_TOKEN_SCOPE_READ, kLongestAccessToken + absl::Seconds(1));
  }
  SECTION("of this world") {
    request.mutable_access_token()->mutable_expire_time()->set_seconds(INT64_MAX);
  }
  CHECK(Is(AsMember(CreateAccessToken, request, bob).status(), common::kFieldInvalid));
}

TEST_CASE_METHOD(Tokens, "whoever makes a token has just signed in, or shows its password") {
  clock.Advance(kFreshSignIn);
  auto request = Asking(*this);
  const auto made = [&] { return AsMember(CreateAccessToken, request, bob).status(); };
  CHECK(Is(made(), reasons::kFreshSignInRequired));
  request.set_current_password(kOtherPassword);
  CHECK(Is(made(), reasons::kCredentialsWrong));
  request.set_current_password(kPassword);
  CHECK(made().ok());
  CHECK(List(bob).access_tokens_size() == 2);
}

TEST_CASE_METHOD(Tokens, "a change of the password ends the tokens, unless they are to be kept") {
  v1::ChangePasswordRequest request;
  request.set_current_password(kPassword);
  request.set_new_password(kOtherPassword);
  request.set_request_id(NewRequestId());
  database.Run("DELETE FROM access_changes");
  const bool kept = GENERATE(true, false);
  request.set_keep_access_tokens(kept);
  REQUIRE(AsMember(ChangePassword, request, bob).ok());
  CHECK(Exchange(*this, token.secret()).ok() == kept);
  CHECK(Noted() == (kept ? "" : "5 " + IdIn(token.access_token().name())));
}

TEST_CASE_METHOD(Tokens, "no token is made by a session that ends while its call waits") {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(10))};
  absl::Status made;
  std::thread making;
  REQUIRE(database
              ->Transact(context,
                         [&](postgres::Work& work) -> absl::Status {
                           GUILDHALL_TRY(LockAccount(work, bob.caller.member).status());
                           making = std::thread([&] {
                             made = AsMember(CreateAccessToken, Asking(*this), bob).status();
                           });
                           (void)testing::Eventually([&] { return database.SomebodyWaits(); });
                           const Moment moment(process.settings.session_limits(), clock.Now());
                           return RevokeAllSessions(work, bob.caller.member, moment).status();
                         })
              .ok());
  making.join();
  CHECK(Is(made, common::kSessionEnded));
  CHECK(Ask("SELECT count(*) FROM access_tokens") == "1");
}

TEST_CASE_METHOD(Tokens, "a token is exchanged until it expires") {
  CHECK(Exchange(*this, token.secret()).ok());
  clock.Advance(absl::Hours(24) - absl::Seconds(1));
  CHECK(Exchange(*this, token.secret()).ok());
  clock.Advance(absl::Seconds(1));
  CHECK(Is(Exchange(*this, token.secret()), common::kSessionEnded));
  CHECK(List(bob).access_tokens_size() == 0);
}

TEST_CASE_METHOD(Tokens, "T-07: a cut or forged token is refused like one that has ended") {
  std::string typo = token.secret();
  typo[20] = typo[20] == 'A' ? 'B' : 'A';
  for (const std::string& secret : {typo, token.secret() + "A", token.secret().substr(0, 40),
                                    NewSecret(SecretKind::kAccessToken, process.random)}) {
    CHECK(Is(Exchange(*this, secret), common::kSessionEnded));
  }
}

TEST_CASE_METHOD(Tokens, "a revoked token is dead before the call answers, and is revoked again") {
  database.Run("DELETE FROM access_changes");
  bob.held = false;
  REQUIRE(Revoke(token.access_token(), bob).ok());
  CHECK(bob.held);
  CHECK(Noted() == "5 " + IdIn(token.access_token().name()));
  CHECK(Is(Exchange(*this, token.secret()), common::kSessionEnded));
  CHECK(List(bob).access_tokens_size() == 0);
  CHECK(Revoke(token.access_token(), bob).ok());
  CHECK(Changes(change::v1::KIND_ACCESS_TOKEN_REVOKED) == 1);
}

TEST_CASE_METHOD(Tokens, "another's token and none at all are not found alike") {
  const absl::Status others = Revoke(token.access_token(), ada);
  v1::AccessToken nobodys;
  nobodys.set_name("accessTokens/018f0000-0000-7000-8000-000000000001");
  CHECK(others == access::NotFound());
  CHECK(Revoke(nobodys, ada) == others);
  CHECK(Exchange(*this, token.secret()).ok());
  for (const char* name : {"", "accessTokens/x", "sessions/018f0000-0000-7000-8000-000000000001"}) {
    nobodys.set_name(name);
    CHECK(Is(Revoke(nobodys, ada), common::kFieldInvalid));
  }
}

TEST_CASE_METHOD(Tokens, "an account has fifty tokens, and another when one has gone") {
  for (int i = 1; i < kMaxAccessTokens; ++i) Make(bob);
  CHECK(
      Is(AsMember(CreateAccessToken, Asking(*this), bob).status(), reasons::kTooManyAccessTokens));
  REQUIRE(Revoke(token.access_token(), bob).ok());
  CHECK(AsMember(CreateAccessToken, Asking(*this), bob).ok());
}

TEST_CASE_METHOD(Tokens, "T-07: the tokens of a suspended account end, and stay ended") {
  database.Run("DELETE FROM access_changes");
  REQUIRE(Suspend(bob, ada).ok());
  CHECK(Is(Exchange(*this, token.secret()), common::kSessionEnded));
  CHECK(Noted().find(IdIn(token.access_token().name())) != std::string::npos);
  REQUIRE(Reactivate(bob, ada).ok());
  CHECK(Is(Exchange(*this, token.secret()), common::kSessionEnded));
}

TEST_CASE_METHOD(Tokens, "when a token was last used is told, to the minute") {
  SessionUseWriter writer(*database, process.uses);
  REQUIRE(Exchange(*this, token.secret()).ok());
  REQUIRE(writer.RunOnce(clock.Now()).ok());
  CHECK(List(bob).access_tokens(0).last_used_time().seconds() == absl::ToUnixSeconds(clock.Now()));
  clock.Advance(absl::Seconds(30));
  REQUIRE(Exchange(*this, token.secret()).ok());
  CHECK(*writer.RunOnce(clock.Now()) == 0);
}

TEST_CASE_METHOD(Tokens, "the other services are told that a token lives, and never administers") {
  const auto of_ada = Make(ada);
  const auto facts = [&] {
    v1::BatchGetSessionFactsRequest request;
    const Uuid id = *Uuid::Parse(IdIn(of_ada.access_token().name()));
    request.add_session_ids(std::string(id.bytes.begin(), id.bytes.end()));
    return AsService(BatchGetSessionFacts, request)->sessions(0);
  };
  CHECK(facts().live());
  CHECK(facts().remaining_ms() == absl::ToInt64Milliseconds(absl::Hours(24)));
  CHECK_FALSE(facts().administrator());
  REQUIRE(Revoke(of_ada.access_token(), ada).ok());
  CHECK_FALSE(facts().live());
}

TEST_CASE_METHOD(Tokens, "tokens are forgotten a month after they ran out") {
  Upkeep upkeep(*database);
  clock.Advance(absl::Hours(24) + Upkeep::kSessionsKept);
  REQUIRE(upkeep.RunOnce(clock.Now()).ok());
  CHECK(Ask("SELECT count(*) FROM access_tokens") == "1");
  clock.Advance(absl::Seconds(1));
  REQUIRE(upkeep.RunOnce(clock.Now()).ok());
  CHECK(Ask("SELECT count(*) FROM access_tokens") == "0");
}

// Through the engine, where scopes are decided.
struct TokensOfServer : IdentityServer {
  // A token of Ada's for this service, by an access token of this scope.
  std::string TokenBy(v1::AccessTokenScope scope) {
    return *TokenFor(AsMember(CreateAccessToken, Asking(*this, scope), ada)->secret());
  }
  template <typename Response, typename Request>
  absl::Status CallWith(const std::string& token, const std::string& method,
                        const Request& request) {
    return Call<Response>(method, request, {{"authorization", "Bearer " + token}}).status();
  }

  Visitor ada = Ada();
};

TEST_CASE_METHOD(TokensOfServer, "T-07: a token reads who it is, and manages nothing") {
  for (const auto scope : {v1::ACCESS_TOKEN_SCOPE_READ, v1::ACCESS_TOKEN_SCOPE_WRITE}) {
    const std::string token = TokenBy(scope);
    CHECK(GetMe(token)->email() == kAdasEmail);
    CHECK(Is(CallWith<v1::ListSessionsResponse>(token, "IdentityService/ListSessions",
                                                v1::ListSessionsRequest()),
             common::kSessionRequired));
    CHECK(Is(CallWith<v1::SignOutResponse>(token, "IdentityService/SignOut", v1::SignOutRequest()),
             common::kSessionRequired));
    CHECK(Is(CallWith<v1::CreateAccessTokenResponse>(token, "AccessTokenService/CreateAccessToken",
                                                     Asking(*this)),
             common::kSessionRequired));
    CHECK(Is(CallWith<v1::ListAdministratorsResponse>(token, "AccountService/ListAdministrators",
                                                      v1::ListAdministratorsRequest()),
             common::kSessionRequired));
  }
}

TEST_CASE_METHOD(TokensOfServer, "a token that has ended is told so, whatever it asks") {
  const auto made = AsMember(CreateAccessToken, Asking(*this), ada);
  const std::string token = *TokenFor(made->secret());
  v1::RevokeAccessTokenRequest request;
  request.set_name(made->access_token().name());
  REQUIRE(AsMember(RevokeAccessToken, request, ada).ok());
  CHECK(Is(GetMe(token).status(), common::kSessionEnded));
  CHECK(Is(CallWith<v1::ListSessionsResponse>(token, "IdentityService/ListSessions",
                                              v1::ListSessionsRequest()),
           common::kSessionEnded));
}

}  // namespace
}  // namespace guildhall::identity
