#include "libs/access/authorizer.h"

#include <catch2/catch.hpp>
#include <map>
#include <type_traits>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::access {
namespace {

namespace reasons = policy::reasons;

const CommunityId kOpen = *CommunityId::Parse("018f0000-0000-7000-8000-0000000000a1");
const CommunityId kSecret = *CommunityId::Parse("018f0000-0000-7000-8000-0000000000a2");

Caller Member() {
  Caller caller;
  caller.kind = Caller::Kind::kMember;
  caller.member = *MemberId::Parse("018f0000-0000-7000-8000-000000000001");
  return caller;
}

Answer LiveEmployee(CommunityFacts community = {}) {
  return {{true, Affiliation::kEmployee}, community};
}

// Facts from a map; a community that is not in it gets no answer at all.
class FactsFromMap final : public Facts {
 public:
  void Ask(const Question& question, Deadline, Done done) override {
    const auto found = answers.find(question.community.value_or(CommunityId{}));
    if (found != answers.end()) done(found->second);
  }
  std::map<CommunityId, absl::StatusOr<Answer>> answers;
};

FactsFromMap SomeFacts() {
  FactsFromMap facts;
  facts.answers[kOpen] =
      LiveEmployee({true, Visibility::kOpen, Admits::kEmployees, Role::kNone, false});
  facts.answers[kSecret] =
      LiveEmployee({true, Visibility::kSecret, Admits::kEmployees, Role::kNone, false});
  return facts;
}

TEST_CASE("a grant names what was decided") {
  FactsFromMap facts = SomeFacts();
  const auto grant = Authorizer(facts).AuthorizeAndWait(
      {.permission = Permission::kContentRead, .community = kOpen}, Member(), Deadline());
  REQUIRE(grant.ok());
  CHECK(grant->permission() == Permission::kContentRead);
  CHECK(grant->community() == kOpen);
  CHECK(grant->member() == Member().member);
  CHECK(grant->viewer().affiliation() == Affiliation::kEmployee);
}

TEST_CASE("an access token that reads writes nothing, and is told nothing of what there is") {
  Caller token = Member();
  token.scope = Scope::kRead;
  FactsFromMap facts = SomeFacts();
  const auto ask = [&](Permission permission, Effect effect, CommunityId community) {
    return Authorizer(facts)
        .AuthorizeAndWait({.permission = permission, .effect = effect, .community = community},
                          token, Deadline())
        .status();
  };
  CHECK(ask(Permission::kContentRead, Effect::kReads, kOpen).ok());
  CHECK(Is(ask(Permission::kContentRead, Effect::kReads, kSecret), reasons::kNotFound));
  for (const CommunityId community : {kOpen, kSecret}) {
    CHECK(Is(ask(Permission::kContentRead, Effect::kWrites, community), reasons::kTokenReadOnly));
  }
}

TEST_CASE("T-07: an access token manages neither credentials nor accounts") {
  Caller token = Member();
  token.scope = Scope::kWrite;
  FactsFromMap facts;
  facts.answers[CommunityId{}] = Answer{
      {.session_live = true, .affiliation = Affiliation::kEmployee, .administrator = true}, {}};
  const auto ask = [&](Permission permission) {
    return Authorizer(facts)
        .AuthorizeAndWait({.permission = permission, .effect = Effect::kReads}, token, Deadline())
        .status();
  };
  CHECK(ask(Permission::kOwn).ok());
  CHECK(Is(ask(Permission::kCredential), reasons::kSessionRequired));
  CHECK(Is(ask(Permission::kAccountAdminister), reasons::kSessionRequired));
}

TEST_CASE("a token that has ended is told so before what it may not do") {
  Caller token = Member();
  token.scope = Scope::kRead;
  FactsFromMap facts;
  facts.answers[CommunityId{}] = Answer{};
  CHECK(Is(Authorizer(facts)
               .AuthorizeAndWait({.permission = Permission::kOwn}, token, Deadline())
               .status(),
           reasons::kSessionEnded));
}

TEST_CASE("nobody but the authorizer makes grants and visible sets") {
  STATIC_REQUIRE(!std::is_default_constructible_v<Grant>);
  STATIC_REQUIRE(
      !std::is_constructible_v<Grant, Permission, Caller, Viewer, std::optional<CommunityId>>);
  STATIC_REQUIRE(!std::is_default_constructible_v<VisibleCommunities>);
  STATIC_REQUIRE(!std::is_constructible_v<Viewer, MemberId, Affiliation>);
}

TEST_CASE("what a caller may not see and what does not exist are refused in the same words") {
  FactsFromMap facts = SomeFacts();
  const CommunityId nowhere = *CommunityId::Parse("018f0000-0000-7000-8000-0000000000a3");
  facts.answers[nowhere] = LiveEmployee();
  Authorizer authorizer(facts);
  const Demand hidden{.permission = Permission::kCommunityRead, .community = kSecret};
  const Demand absent{.permission = Permission::kCommunityRead, .community = nowhere};
  const absl::Status one = authorizer.AuthorizeAndWait(hidden, Member(), Deadline()).status();
  CHECK(Is(one, reasons::kNotFound));
  CHECK(one == authorizer.AuthorizeAndWait(absent, Member(), Deadline()).status());
}

TEST_CASE("what a caller sees but may not do is NOT_PERMITTED") {
  FactsFromMap facts = SomeFacts();
  const Demand demand{.permission = Permission::kContentCreate, .community = kOpen};
  CHECK(Is(Authorizer(facts).AuthorizeAndWait(demand, Member(), Deadline()).status(),
           reasons::kNotPermitted));
}

TEST_CASE("what rests is told to whoever may do it, and to nobody else") {
  CommunityFacts community{true, Visibility::kSecret, Admits::kEmployees, Role::kNone};
  community.archived = true;
  community.muted = true;
  const auto judge = [&](Permission permission, Effect effect) {
    return Authorizer::Judge({.permission = permission, .effect = effect, .community = kSecret},
                             Member(), LiveEmployee(community))
        .status();
  };
  CHECK(Is(judge(Permission::kContentCreate, Effect::kWrites), reasons::kNotFound));
  community.visibility = Visibility::kOpen;
  CHECK(Is(judge(Permission::kContentCreate, Effect::kWrites), reasons::kNotPermitted));
  CHECK(Is(judge(Permission::kCommunityJoin, Effect::kWrites), reasons::kCommunityArchived));
  community.role = Role::kModerator;
  CHECK(Is(judge(Permission::kContentCreate, Effect::kWrites), reasons::kCommunityArchived));
  CHECK(Is(judge(Permission::kCommunityModerate, Effect::kWrites), reasons::kMemberMuted));
  CHECK(judge(Permission::kCommunityModerate, Effect::kReads).ok());
  CHECK(judge(Permission::kContentRead, Effect::kReads).ok());
}

TEST_CASE("a session that ended is told so") {
  Answer ended = LiveEmployee();
  ended.subject.session_live = false;
  CHECK(Is(Authorizer::Judge({.permission = Permission::kOwn}, Member(), ended).status(),
           reasons::kSessionEnded));
  const std::vector<CommunityId> asked = {kOpen};
  const std::vector<Answer> answers = {ended};
  CHECK(Is(Authorizer::Visible(Permission::kContentRead, Member(), asked, answers).status(),
           reasons::kSessionEnded));
}

TEST_CASE("each audience takes its own callers only") {
  Caller service;
  service.kind = Caller::Kind::kService;
  CHECK(Is(Authorizer::CheckAudience(Audience::kService, Member()), reasons::kServiceOnly));
  CHECK(Is(Authorizer::CheckAudience(Audience::kService, Caller()), reasons::kServiceOnly));
  CHECK(Authorizer::CheckAudience(Audience::kService, service).ok());
  CHECK(Is(Authorizer::CheckAudience(Audience::kSignedIn, Caller()), reasons::kSignInRequired));
  CHECK(Is(Authorizer::CheckAudience(Audience::kSignedIn, service), reasons::kSignInRequired));
  CHECK(Authorizer::CheckAudience(Audience::kAnyone, Caller()).ok());
  CHECK(Authorizer::Admit(Audience::kService, service)->permission() == Permission::kNone);
  CHECK(Is(Authorizer::Admit(Audience::kService, Member()).status(), reasons::kServiceOnly));
}

TEST_CASE("a service or a stranger gets no grant and sees no community, whatever the facts") {
  Caller service;
  service.kind = Caller::Kind::kService;
  const std::vector<CommunityId> asked = {kOpen};
  const std::vector<Answer> answers = {
      LiveEmployee({true, Visibility::kOpen, Admits::kEmployees, Role::kNone, false})};
  for (const Caller& caller : {Caller(), service}) {
    const auto grant = Authorizer::Judge({.permission = Permission::kOwn}, caller, answers[0]);
    CHECK(Is(grant.status(), reasons::kSignInRequired));
    CHECK(Is(Authorizer::Visible(Permission::kContentRead, caller, asked, answers).status(),
             reasons::kSignInRequired));
  }
}

TEST_CASE("for a stranger no facts are asked for") {
  FactsFromMap nobody_answers;
  Authorizer authorizer(nobody_answers);
  const Demand demand{.permission = Permission::kContentRead, .community = kOpen};
  CHECK(Is(
      authorizer.AuthorizeAndWait(demand, Caller(), Deadline::After(absl::ZeroDuration())).status(),
      reasons::kSignInRequired));
  absl::Status told;
  authorizer.Authorize(demand, Caller(), Deadline(),
                       [&](const absl::StatusOr<Grant>& grant) { told = grant.status(); });
  CHECK(Is(told, reasons::kSignInRequired));
}

TEST_CASE("without facts nobody gets in") {
  FactsFromMap facts;
  facts.answers[kOpen] = Refusal(reasons::kDependencyAway, "directory is away.");
  Authorizer authorizer(facts);
  const Demand demand{.permission = Permission::kContentRead, .community = kOpen};
  CHECK(Is(authorizer.AuthorizeAndWait(demand, Member(), Deadline()).status(),
           reasons::kDependencyAway));
  const Demand unanswered{.permission = Permission::kContentRead, .community = kSecret};
  CHECK(Is(authorizer.AuthorizeAndWait(unanswered, Member(), Deadline::After(absl::ZeroDuration()))
               .status(),
           reasons::kDeadlinePassed));
}

TEST_CASE("the visible set holds what the caller may see and nothing else") {
  FactsFromMap facts = SomeFacts();
  const std::vector<CommunityId> asked = {kSecret, kOpen};
  const auto visible =
      Authorizer(facts).VisibleAmong(Permission::kContentRead, Member(), asked, Deadline());
  REQUIRE(visible.ok());
  CHECK(visible->ids() == std::vector<CommunityId>{kOpen});
  CHECK(visible->contains(kOpen));
  CHECK_FALSE(visible->contains(kSecret));
}

TEST_CASE("the visible set tells which of its communities are archived, and of no others") {
  FactsFromMap facts = SomeFacts();
  for (const CommunityId each : {kOpen, kSecret}) facts.answers[each]->community.archived = true;
  const std::vector<CommunityId> asked = {kSecret, kOpen};
  const auto visible =
      Authorizer(facts).VisibleAmong(Permission::kContentRead, Member(), asked, Deadline());
  REQUIRE(visible.ok());
  CHECK(visible->contains(kOpen));
  CHECK(visible->is_archived(kOpen));
  CHECK_FALSE(visible->is_archived(kSecret));
  facts.answers[kOpen]->community.archived = false;
  CHECK_FALSE(Authorizer(facts)
                  .VisibleAmong(Permission::kContentRead, Member(), asked, Deadline())
                  ->is_archived(kOpen));
}

TEST_CASE("one missing answer leaves no visible set at all") {
  FactsFromMap facts = SomeFacts();
  facts.answers[kSecret] = Refusal(reasons::kDependencyAway, "directory is away.");
  const std::vector<CommunityId> asked = {kSecret, kOpen};
  CHECK(Is(Authorizer(facts)
               .VisibleAmong(Permission::kContentRead, Member(), asked, Deadline())
               .status(),
           reasons::kDependencyAway));
}

TEST_CASE("answers that do not come in time leave no visible set") {
  FactsFromMap facts = SomeFacts();
  facts.answers.erase(kSecret);
  const std::vector<CommunityId> asked = {kSecret, kOpen};
  CHECK(Is(Authorizer(facts)
               .VisibleAmong(Permission::kContentRead, Member(), asked,
                             Deadline::After(absl::ZeroDuration()))
               .status(),
           reasons::kDeadlinePassed));
}

TEST_CASE("nothing asked is nothing visible") {
  FactsFromMap facts;
  const auto visible =
      Authorizer(facts).VisibleAmong(Permission::kContentRead, Member(), {}, Deadline());
  CHECK(visible->empty());
}

}  // namespace
}  // namespace guildhall::access
