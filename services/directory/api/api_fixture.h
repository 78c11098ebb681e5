#pragma once

#include <catch2/catch.hpp>

#include "libs/rpc/call.h"
#include "services/directory/api/directory.h"
#include "services/directory/store/directory_fixture.h"
#include "services/directory/store/facts_store.h"

namespace guildhall::directory {

// Calls handlers as the engine would after its steps: with the decision taken from the facts that
// the database holds. What authorize refuses comes back as the refusal.
class ApiFixture : public TestDirectory {
 public:
  // Whoever calls from now on.
  void As(MemberId member) { caller_ = member; }
  // Whether the last answer waits for changes of facts to settle.
  bool held() const { return held_; }
  // Whether the last answer may be kept for others.
  bool kept() const { return kept_; }
  // As the follower does: for a second replies are kept and given.
  void HearOfTheLog() { replies_.Heard(SystemClock().Monotonic(), replies_.Note(), 1); }

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(access::Permission permission,
                                absl::StatusOr<Response> (*handler)(Directory&, const rpc::Call&,
                                                                    const Request&),
                                const Request& request, std::optional<CommunityId> community = {}) {
    rpc::CallFacts facts;
    const std::string bytes = request.SerializeAsString();
    facts.method = Request::descriptor()->full_name();
    facts.request_bytes = bytes;
    facts.deadline = Deadline::After(absl::Seconds(10));
    facts.caller = {.kind = access::Caller::Kind::kMember, .member = caller_};
    absl::StatusOr<access::Grant> grant = Decide(permission, facts.caller, community);
    if (!grant.ok()) return grant.status();
    facts.grant = *std::move(grant);
    auto response = handler(directory_, rpc::Call(facts), request);
    held_ = facts.answer_after != nullptr;
    kept_ = facts.keep_reply;
    return response;
  }

  static std::string NewRequestId() {
    return NewUuidV7(SystemClock().Now(), SystemRandom()).ToString();
  }

 private:
  absl::StatusOr<access::Grant> Decide(access::Permission permission, const access::Caller& caller,
                                       std::optional<CommunityId> community) {
    const FactsQuestion question{caller.member, community.value_or(CommunityId())};
    const auto facts = GetFacts(**this, context(), {&question, 1});
    REQUIRE(facts.ok());
    return access::Authorizer::Judge(
        {.permission = permission, .community = community}, caller,
        {.subject = {true, facts->at(0).affiliation}, .community = facts->at(0).community});
  }

  MemberId caller_;
  bool held_ = false;
  bool kept_ = false;
  const resources::PageTokens page_tokens_{std::string(32, 'k')};
  telemetry::Metrics metrics_;
  feeds::AccessOwner access_{settings(), metrics_};
  cache::Replies replies_{{}, metrics_};
  Directory directory_{**this, SystemRandom(), page_tokens_, access_, replies_};
};

}  // namespace guildhall::directory
