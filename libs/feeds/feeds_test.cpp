#include <catch2/catch.hpp>
#include <condition_variable>

#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/identity/v1/internal_identity_service.pb.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/feeds/own_store.h"
#include "libs/feeds/remote_facts.h"
#include "libs/rpc/server.h"

namespace guildhall::feeds {
namespace {

namespace reasons = policy::reasons;

template <typename Id>
Id MakeId(std::uint8_t n) {
  Uuid uuid;
  uuid.bytes.fill(n);
  return Id(uuid);
}

// An owner that answers when the test says so.
template <typename Key, typename Value>
struct Owner {
  using Values = absl::StatusOr<std::vector<Value>>;
  struct Asked {
    std::vector<Key> keys;
    std::function<void(Values)> done;
  };
  typename Batches<Key, Value>::Read Read() {
    return [this](std::vector<Key> keys, Deadline, std::function<void(Values)> done) {
      asked.push_back({std::move(keys), std::move(done)});
    };
  }
  std::vector<Asked> asked;  // of the queue's thread
};

access::Question Of(std::uint8_t member, std::uint8_t community = 0) {
  access::Question question;
  question.caller.kind = access::Caller::Kind::kMember;
  question.caller.member = MakeId<MemberId>(member);
  question.caller.session = MakeId<SessionId>(member);
  question.caller.display_name = "Ada";
  if (community != 0) question.community = MakeId<CommunityId>(community);
  return question;
}

class FactsFixture {
 public:
  void Ask(const access::Question& question) {
    facts.Ask(question, Deadline::After(absl::Seconds(5)),
              [this](const absl::StatusOr<access::Answer>& a) { answers.push_back(a); });
  }
  // Lets the queue do what has been posted to it, and what that posts.
  void Settle() {
    for (int i = 0; i < 3; ++i) queue.Await([] {});
  }
  template <typename Check>
  void OnQueue(Check check) {
    queue.Await(check);
    Settle();
  }

  rpc::Queue queue;
  Owner<SessionId, SessionFact> identity;
  Owner<AccessKey, StandingFact> directory;
  RemoteFacts facts{queue, identity.Read(), directory.Read()};
  std::vector<absl::StatusOr<access::Answer>> answers;  // of the queue's thread
};

TEST_CASE_METHOD(FactsFixture, "a question is answered from both owners") {
  Ask(Of(1, 9));
  Settle();
  OnQueue([&] { identity.asked.at(0).done(std::vector<SessionFact>{{.live = true}}); });
  CHECK(answers.empty());
  OnQueue([&] {
    const AccessKey key = directory.asked.at(0).keys.at(0);
    directory.asked[0].done(std::vector<StandingFact>{
        {Affiliation::kExternal,
         {.exists = key.community == MakeId<CommunityId>(9) && key.display_name == "Ada",
          .role = Role::kModerator}}});
  });
  REQUIRE(answers.size() == 1);
  REQUIRE(answers[0].ok());
  CHECK(answers[0]->subject.session_live);
  CHECK(answers[0]->subject.affiliation == Affiliation::kExternal);
  CHECK(answers[0]->community.exists);
  CHECK(answers[0]->community.role == Role::kModerator);
}

TEST_CASE_METHOD(FactsFixture,
                 "what is asked while a request is under way goes into the next one") {
  Ask(Of(1));
  Settle();
  for (const std::uint8_t member : {2, 3, 2, 2}) Ask(Of(member));
  Settle();
  CHECK(identity.asked.size() == 1);
  OnQueue([&] { identity.asked[0].done(std::vector<SessionFact>{{.live = true}}); });
  REQUIRE(identity.asked.size() == 2);
  CHECK(identity.asked[1].keys ==
        std::vector<SessionId>{MakeId<SessionId>(2), MakeId<SessionId>(3)});
  OnQueue([&] {
    identity.asked[1].done(std::vector<SessionFact>{{.live = true}, {}});
    directory.asked[0].done(std::vector<StandingFact>(1));
  });
  OnQueue([&] { directory.asked[1].done(std::vector<StandingFact>(2)); });
  REQUIRE(answers.size() == 5);
  std::vector<bool> live;
  for (const auto& answer : answers) live.push_back(answer->subject.session_live);
  CHECK(live == std::vector<bool>{true, true, false, true, true});
}

TEST_CASE_METHOD(FactsFixture, "no request holds more keys than its owner takes") {
  Ask(Of(0));
  OnQueue([&] {
    for (int i = 0; i < 1500; ++i) {
      access::Question question = Of(1);
      Uuid uuid;
      uuid.bytes[0] = static_cast<std::uint8_t>(i);
      uuid.bytes[1] = static_cast<std::uint8_t>(i >> 8);
      uuid.bytes[2] = 1;
      question.caller.session = SessionId(uuid);
      Ask(question);
    }
  });
  OnQueue([&] { identity.asked[0].done(std::vector<SessionFact>(1)); });
  OnQueue([&] { identity.asked[1].done(std::vector<SessionFact>(1000)); });
  CHECK(identity.asked.at(1).keys.size() == 1000);
  CHECK(identity.asked.at(2).keys.size() == 500);
}

TEST_CASE_METHOD(FactsFixture, "an owner that fails lets nobody in and is asked again") {
  Ask(Of(1));
  Settle();
  OnQueue([&] {
    identity.asked[0].done(Refusal(reasons::kDependencyAway, "Identity is away."));
    directory.asked[0].done(std::vector<StandingFact>(1));
  });
  REQUIRE(answers.size() == 1);
  CHECK(Is(answers[0].status(), reasons::kDependencyAway));
  Ask(Of(1));
  Settle();
  CHECK(identity.asked.size() == 2);
}

TEST_CASE_METHOD(FactsFixture, "owners that are not there are away") {
  telemetry::Metrics metrics;
  rpc::Client nobody({.queue = queue,
                      .self = "test",
                      .peer = "identity",
                      .addresses = "unix:/tmp/guildhall_feeds_nobody",
                      .service_key = *access::ServiceKey::FromSecret(std::string(32, 'k')),
                      .metrics = metrics});
  RemoteFacts remote(queue, AskIdentity(nobody), AskDirectory(nobody));
  const auto answer = remote.AskAndWait(Of(1), Deadline::After(absl::Seconds(10)));
  CHECK(Is(answer.status(), reasons::kDependencyAway));
}

TEST_CASE("a store of one's own is read on a thread of its own") {
  rpc::Queue queue;
  OwnStore<int, int> store([&](const std::vector<int>& keys, Deadline) {
    GUILDHALL_CHECK(!queue.OnThread());
    std::vector<int> values;
    for (const int key : keys) values.push_back(key * 10);
    return absl::StatusOr<std::vector<int>>(values);
  });
  const auto batches = Batches<int, int>::Make(queue, store.AsRead());
  std::mutex mutex;
  std::condition_variable changed;
  int sum = 0;
  queue.Post([&] {
    for (const int key : {1, 2, 3}) {
      batches->Ask(key, Deadline(), [&](const absl::StatusOr<int>& value) {
        const std::lock_guard lock(mutex);
        sum += *value;
        changed.notify_one();
      });
    }
  });
  std::unique_lock lock(mutex);
  CHECK(changed.wait_for(lock, std::chrono::seconds(10), [&] { return sum == 60; }));
}

// Owners as far as facts go: a server of both internal services.
class OwnersFixture {
 public:
  OwnersFixture() {
    using namespace identity::v1;   // NOLINT
    using namespace directory::v1;  // NOLINT
    const std::string id = "guildhall.identity.v1.InternalIdentityService/";
    const std::string dir = "guildhall.directory.v1.InternalDirectoryService/";
    server.Inline<BatchGetSessionFactsRequest, BatchGetSessionFactsResponse>(
        id + "BatchGetSessionFacts", [](const rpc::Call&, const auto& request) {
          BatchGetSessionFactsResponse reply;
          for (const auto& session : request.session_ids()) {
            reply.add_sessions()->set_live(session == std::string(16, 1));
          }
          return reply;
        });
    server.Inline<GetKeysRequest, GetKeysResponse>(id + "GetKeys",
                                                   [](const rpc::Call&, const GetKeysRequest&) {
                                                     GetKeysResponse reply;
                                                     reply.add_keys()->set_key_id("thumbprint");
                                                     return reply;
                                                   });
    Unused<IssueTokensRequest, IssueTokensResponse>(id + "IssueTokens");
    Unused<ListSuspendedAccountsRequest, ListSuspendedAccountsResponse>(id +
                                                                        "ListSuspendedAccounts");
    server.Inline<BatchGetAccessFactsRequest, BatchGetAccessFactsResponse>(
        dir + "BatchGetAccessFacts", [](const rpc::Call&, const auto& request) {
          BatchGetAccessFactsResponse reply;
          for (const auto& question : request.questions()) {
            auto& facts = *reply.add_facts();
            facts.set_affiliation(AFFILIATION_EMPLOYEE);
            if (question.community_id() != std::string(16, 9)) continue;
            facts.set_visibility(VISIBILITY_CLOSED);
            facts.set_admits(ADMITS_EVERYONE);
            facts.set_role(ROLE_OWNER);
          }
          return reply;
        });
    Unused<ImportMembersRequest, ImportMembersResponse>(dir + "ImportMembers");
    Unused<ImportCommunitiesRequest, ImportCommunitiesResponse>(dir + "ImportCommunities");
    Unused<ImportMembershipsRequest, ImportMembershipsResponse>(dir + "ImportMemberships");
    GUILDHALL_CHECK(server.Start().ok());
    client.emplace(rpc::ClientParts{.queue = queue,
                                    .self = "test",
                                    .peer = "owners",
                                    .addresses = server.address(),
                                    .service_key = key,
                                    .metrics = metrics});
  }
  template <typename Req, typename Resp>
  void Unused(const std::string& method) {
    server.Inline<Req, Resp>(method, [](const rpc::Call&, const Req&) { return Resp(); });
  }

  const access::ServiceKey key = *access::ServiceKey::FromSecret(std::string(32, 'k'));
  telemetry::Metrics metrics;
  rpc::Queue queue;
  Owner<SessionId, SessionFact> nobody;
  Owner<AccessKey, StandingFact> nowhere;
  RemoteFacts none{queue, nobody.Read(), nowhere.Read()};
  rpc::Server server{
      queue, {}, {.service = "owners", .facts = none, .metrics = metrics, .service_key = key}};
  std::optional<rpc::Client> client;
};

TEST_CASE_METHOD(OwnersFixture, "facts arrive over the owners' methods") {
  RemoteFacts facts(queue, AskIdentity(*client), AskDirectory(*client));
  const auto in_time = Deadline::After(absl::Seconds(10));
  const auto answer = facts.AskAndWait(Of(1, 9), in_time);
  REQUIRE(answer.ok());
  CHECK(answer->subject.session_live);
  CHECK(answer->subject.affiliation == Affiliation::kEmployee);
  CHECK(answer->community.visibility == Visibility::kClosed);
  CHECK(answer->community.admits == Admits::kEveryone);
  CHECK(answer->community.role == Role::kOwner);
  const auto other = facts.AskAndWait(Of(2, 8), in_time);
  REQUIRE(other.ok());
  CHECK(!other->subject.session_live);
  CHECK(!other->community.exists);
}

TEST_CASE_METHOD(OwnersFixture, "keys are fetched from identity") {
  std::mutex mutex;
  std::condition_variable changed;
  std::string fetched;
  FetchKeys (*client)([&](const absl::StatusOr<std::vector<access::PublicKey>>& keys) {
    const std::lock_guard lock(mutex);
    fetched = keys->at(0).key_id;
    changed.notify_one();
  });
  std::unique_lock lock(mutex);
  CHECK(changed.wait_for(lock, std::chrono::seconds(10), [&] { return !fetched.empty(); }));
  CHECK(fetched == "thumbprint");
}

}  // namespace
}  // namespace guildhall::feeds
