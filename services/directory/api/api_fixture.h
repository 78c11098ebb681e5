#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <thread>
#include <utility>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/rpc/call.h"
#include "libs/testing/fake_clock.h"
#include "services/directory/api/directory.h"
#include "services/directory/store/directory_fixture.h"
#include "services/directory/store/facts_store.h"

namespace guildhall::directory {

// Calls handlers as the engine would after its steps: with the decision taken from the facts that
// the database holds. What authorize refuses comes back as the refusal.
class ApiFixture : public TestDirectory {
 public:
  // Whoever calls from now on.
  void As(MemberId member) {
    caller_ = member;
    administrator_ = false;
  }
  // The same, with an account that administers the organization.
  void AsAdministrator(MemberId member) {
    caller_ = member;
    administrator_ = true;
  }
  // From now on it is that much later than for the database.
  void Later(absl::Duration much) { clock_.emplace(SystemClock().Now() + much); }
  // Whether the last answer waits for changes of facts to settle.
  bool held() const { return held_; }
  // Whether the last answer may be kept for others.
  bool kept() const { return kept_; }
  cache::Replies& replies() { return replies_; }
  // As the follower does: for a second replies are kept and given.
  void HearOfTheLog() { replies_.Heard(SystemClock().Monotonic(), replies_.Note(), 1); }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(access::Permission permission,
                                absl::StatusOr<Response> (*handler)(Directory&, const rpc::Call&,
                                                                    const Request&),
                                const Request& request, std::optional<CommunityId> community = {}) {
    const access::Caller caller = Caller();
    const absl::StatusOr<access::Grant> grant = Decide(permission, caller, community);
    if (!grant.ok()) return grant.status();
    return Handle(handler, request, caller, *grant, {held_, kept_});
  }

  // A call that is let in now and runs later, on any thread: what two callers at once are.
  template <typename Request, typename Response>
  std::function<absl::Status()> LetIn(access::Permission permission,
                                      absl::StatusOr<Response> (*handler)(Directory&,
                                                                          const rpc::Call&,
                                                                          const Request&),
                                      const Request& request, CommunityId community) {
    const access::Caller caller = Caller();
    const absl::StatusOr<access::Grant> grant = Decide(permission, caller, community);
    REQUIRE(grant.ok());
    return [this, handler, request, caller, grant = *grant] {
      bool held = false, kept = false;
      return Handle(handler, request, caller, grant, {held, kept}).status();
    };
  }

  // What two calls answer that run at the same time. Whoever is told BUSY, as happens where a
  // machine is, tries again.
  static std::pair<absl::Status, absl::Status> AtOnce(const std::function<absl::Status()>& one,
                                                      const std::function<absl::Status()>& other) {
    constexpr int kAttempts = 20;
    const auto insist = [](const std::function<absl::Status()>& call) {
      absl::Status status = call();
      for (int i = 1; i < kAttempts && Is(status, policy::reasons::kBusy); ++i) status = call();
      return status;
    };
    absl::Status first;
    std::thread thread([&] { first = insist(one); });
    absl::Status second = insist(other);
    thread.join();
    return {first, second};
  }

  static std::string NewRequestId() {
    return NewUuidV7(SystemClock().Now(), SystemRandom()).ToString();
  }

 private:
  access::Caller Caller() const {
    return {.kind = access::Caller::Kind::kMember, .member = caller_};
  }

  // What a handler asked for beside its answer.
  struct Wishes {
    bool& held;
    bool& kept;
  };

  template <typename Request, typename Response>
  absl::StatusOr<Response> Handle(absl::StatusOr<Response> (*handler)(Directory&, const rpc::Call&,
                                                                      const Request&),
                                  const Request& request, const access::Caller& caller,
                                  const access::Grant& grant, Wishes wishes) {
    rpc::CallFacts facts;
    const std::string bytes = request.SerializeAsString();
    facts.method = Request::descriptor()->full_name();
    facts.request_bytes = bytes;
    facts.deadline = Deadline::After(absl::Seconds(10));
    if (clock_) facts.clock = &*clock_;
    facts.caller = caller;
    facts.grant = grant;
    auto response = handler(directory_, rpc::Call(facts), request);
    wishes.held = facts.answer_after != nullptr;
    wishes.kept = facts.keep_reply;
    return response;
  }

  absl::StatusOr<access::Grant> Decide(access::Permission permission, const access::Caller& caller,
                                       std::optional<CommunityId> community) {
    const FactsQuestion question{caller.member, community.value_or(CommunityId())};
    const auto facts = GetFacts(**this, context(), {&question, 1});
    REQUIRE(facts.ok());
    return access::Authorizer::Judge({.permission = permission, .community = community}, caller,
                                     {.subject = {true, facts->at(0).affiliation, administrator_},
                                      .community = facts->at(0).community});
  }

  MemberId caller_;
  bool administrator_ = false;
  std::optional<testing::FakeClock> clock_;
  bool held_ = false;
  bool kept_ = false;
  const resources::PageTokens page_tokens_{std::string(32, 'k')};
  telemetry::Metrics metrics_;
  feeds::AccessOwner access_{settings(), metrics_};
  cache::Replies replies_{{}, metrics_};
  Directory directory_{**this, SystemRandom(), page_tokens_, access_, replies_};
};

}  // namespace guildhall::directory
