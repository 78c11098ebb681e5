#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "changelog/migrations.h"
#include "feeds/migrations.h"
#include "guildhall/identity/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "idempotency/migrations.h"
#include "identity/migrations.h"
#include "libs/access/authorizer.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/resources/names.h"
#include "libs/testing/fake_clock.h"
#include "libs/testing/seeded_random.h"
#include "libs/testing/test_database.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/own_facts.h"
#include "services/identity/workers/key_rotation.h"

namespace guildhall::identity {

inline constexpr char kPassword[] = "violet tractor owes nine";
inline constexpr char kOtherPassword[] = "eleven lamps in the fog";
inline constexpr char kAdasEmail[] = "ada@example.org";

inline IdentitySettings TestSettings() {
  IdentitySettings settings;
  settings.sign_up_open = true;
  settings.employee_domains = {"example.org"};
  // A hash of these takes 0.1 ms.
  settings.password_memory = KiB(64);
  settings.password_passes = 1;
  return settings;
}

inline MasterKey TestMasterKey() {
  return *MasterKey::FromText("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
}

// One process of identity, without its server.
class TestProcess {
 public:
  TestProcess(testing::TestDatabase& database, const Clock& clock,
              IdentitySettings with = TestSettings())
      : settings(std::move(with)),
        passwords({.cost = {settings.password_memory, settings.password_passes},
                   .at_once = settings.password_checks,
                   .waiting = settings.password_waiting},
                  random),
        facts(*database, settings.session_limits(), clock),
        rotation(*database, master_key, settings.token_issuer, random, ring, own_keys),
        access(database.settings(), metrics),
        identity{*database, random, settings, master_key, passwords,
                 ring,      uses,   access,   page_tokens} {
    GUILDHALL_CHECK(rotation.RunOnce(clock.Now()).ok());
  }

  // Another seed for each process, so that two of them do not make the same ids.
  testing::SeededRandom random{++seeds};
  const IdentitySettings settings;
  const MasterKey master_key = TestMasterKey();
  Passwords passwords;
  KeyRing ring;
  access::KeySet own_keys;
  SessionUses uses;
  OwnFacts facts;
  KeyRotation rotation;
  telemetry::Metrics metrics;
  feeds::AccessOwner access;
  const resources::PageTokens page_tokens{"a key of every process of identity"};
  Identity identity;

 private:
  static inline std::uint64_t seeds = 0;
};

// What a test's call was told beside its answer.
using Metadata = std::vector<std::pair<std::string, std::string>>;

// A person at a machine, with or without a session.
struct Visitor {
  std::string address = "192.0.2.1";
  std::string user_agent = "curl/8.0";
  std::string secret;     // of the session, from SignIn
  access::Caller caller;  // as its token would prove it
  Metadata metadata;      // of the last answer
  bool held = false;      // whether the last answer waits for changes of facts to settle
};

// A database of identity for one test, a process on it, and calls that read aloud.
class TestIdentity {
 public:
  explicit TestIdentity(IdentitySettings settings = TestSettings())
      : process(database, clock, std::move(settings)) {}

  template <typename Request, typename Response>
  using Handler = absl::StatusOr<Response> (*)(Identity&, const rpc::Call&, const Request&);

  // Calls a method for ANYONE, for members (with the grant that the engine would make) and for
  // services.
  template <typename Request, typename Response>
  absl::StatusOr<Response> AsAnyone(Handler<Request, Response> handler, const Request& request,
                                    Visitor& visitor) {
    return Run(handler, request, visitor,
               access::Authorizer::Admit(access::Audience::kAnyone, access::Caller()));
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> AsMember(Handler<Request, Response> handler, const Request& request,
                                    Visitor& visitor) {
    return Run(handler, request, visitor, GrantOf(access::Permission::kOwn, visitor));
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> AsAdministrator(Handler<Request, Response> handler,
                                           const Request& request, Visitor& visitor) {
    return Run(handler, request, visitor, GrantOf(access::Permission::kAccountAdminister, visitor));
  }
  // The decision that lets a visitor's call in, or its refusal.
  absl::StatusOr<access::Grant> GrantOf(access::Permission permission, const Visitor& visitor) {
    return access::Authorizer(process.facts)
        .AuthorizeAndWait({.permission = permission}, visitor.caller,
                          Deadline::After(absl::Seconds(10)));
  }
  template <typename Request, typename Response>
  absl::StatusOr<Response> AsService(Handler<Request, Response> handler, const Request& request) {
    Visitor gateway;
    const access::Caller caller{.kind = access::Caller::Kind::kService, .service = "gateway"};
    return Run(handler, request, gateway,
               access::Authorizer::Admit(access::Audience::kService, caller));
  }

  absl::StatusOr<v1::Account> SignUp(Visitor& visitor, std::string email = kAdasEmail,
                                     std::string password = kPassword) {
    v1::SignUpRequest request;
    request.set_email(std::move(email));
    request.set_password(std::move(password));
    request.set_display_name("Ada");
    request.set_request_id(NewRequestId());
    return AsAnyone(identity::SignUp, request, visitor);
  }

  v1::SignInRequest SignInRequest(std::string email = kAdasEmail,
                                  std::string password = kPassword) {
    v1::SignInRequest request;
    request.set_email(std::move(email));
    request.set_password(std::move(password));
    request.set_delivery(v1::SESSION_DELIVERY_BEARER);
    request.set_request_id(NewRequestId());
    return request;
  }

  // Signs the visitor in; afterwards it calls from the new session.
  absl::Status SignIn(Visitor& visitor, std::string email = kAdasEmail,
                      std::string password = kPassword) {
    const auto request = SignInRequest(std::move(email), std::move(password));
    const auto response = AsAnyone(identity::SignIn, request, visitor);
    if (!response.ok()) return response.status();
    visitor.secret = response->session_secret();
    visitor.caller = {
        .kind = access::Caller::Kind::kMember,
        .member = *MemberId::Parse(Ask("SELECT account_id FROM sessions WHERE id = '" +
                                       IdIn(response->session().name()) + "'")),
        .session = *SessionId::Parse(IdIn(response->session().name()))};
    return absl::OkStatus();
  }

  // A visitor with a new account and a session.
  Visitor Ada() {
    Visitor ada;
    GUILDHALL_CHECK(SignUp(ada).ok());
    GUILDHALL_CHECK(SignIn(ada).ok());
    return ada;
  }

  // Somebody else with an account and a session.
  Visitor Join(const std::string& email) {
    Visitor visitor;
    GUILDHALL_CHECK(SignUp(visitor, email).ok());
    GUILDHALL_CHECK(SignIn(visitor, email).ok());
    return visitor;
  }

  std::string NewRequestId() { return NewUuidV7(clock.Now(), process.random).ToString(); }
  std::string Ask(const std::string& question) { return database.Ask(question); }
  // "members/x" -> "x".
  static std::string IdIn(const std::string& name) { return name.substr(name.find('/') + 1); }
  // How many changes of a kind were told.
  int Changes(int kind) {
    return std::stoi(Ask("SELECT count(*) FROM change_log WHERE kind = " + std::to_string(kind)));
  }

  testing::FakeClock clock;
  testing::TestDatabase database{{{"idempotency", idempotency::kMigrations},
                                  {"changelog", changelog::kMigrations},
                                  {"feeds", feeds::kMigrations},
                                  {"identity", kMigrations}}};
  TestProcess process;
  // The process that answers; tests put another one here.
  Identity* answering = &process.identity;

 private:
  template <typename Request, typename Response>
  absl::StatusOr<Response> Run(Handler<Request, Response> handler, const Request& request,
                               Visitor& visitor, const absl::StatusOr<access::Grant>& grant) {
    if (!grant.ok()) return grant.status();
    const std::string method = request.GetTypeName(), bytes = request.SerializeAsString();
    rpc::CallFacts facts;
    facts.method = method;
    facts.request_bytes = bytes;
    facts.digest_key = "a key that a server would be given";
    facts.client_address = visitor.address;
    facts.user_agent = visitor.user_agent;
    facts.deadline = Deadline::After(absl::Seconds(10));
    facts.clock = &clock;
    facts.caller = grant->caller();
    facts.grant = *grant;
    auto response = handler(*answering, rpc::Call(facts), request);
    visitor.metadata = facts.reply_metadata;
    visitor.held = facts.answer_after != nullptr;
    return response;
  }
};

}  // namespace guildhall::identity
