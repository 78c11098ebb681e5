// What administrators take out of profiles, and what the member is told.
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kEtagStale;
using policy::reasons::kFieldInvalid;
using policy::reasons::kNotPermitted;
using policy::reasons::kPageTokenInvalid;
using resources::Name;
using Paths = std::vector<std::string>;

struct Fixture : ApiFixture {
  Fixture() {
    Run("UPDATE members SET headline = 'Rude', skills = '{Baking, Rudeness}' WHERE id = '" +
        rudi.ToString() + "'");
    AsAdministrator(administrator);
  }
  // With nothing in the fields but a name.
  v1::ModerateMemberRequest Taking(const Paths& paths) {
    v1::ModerateMemberRequest request;
    request.mutable_member()->set_name(Name(rudi));
    request.mutable_member()->set_display_name("Somebody");
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    request.set_reason("Insults a colleague.");
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Member> Send(const v1::ModerateMemberRequest& request) {
    return Call(Permission::kAccountAdminister, ModerateMember, request);
  }
  absl::StatusOr<v1::ListProfileRemovalsResponse> List(
      const v1::ListProfileRemovalsRequest& request) {
    return Call(Permission::kAccountAdminister, ListProfileRemovals, request);
  }
  v1::ListProfileRemovalsRequest OfRudi() {
    v1::ListProfileRemovalsRequest request;
    request.set_parent(Name(rudi));
    return request;
  }
  std::vector<v1::ProfileRemoval> Own() {
    const auto page =
        Call(Permission::kOwn, ListMyProfileRemovals, v1::ListMyProfileRemovalsRequest());
    REQUIRE(page.ok());
    return {page->removals().begin(), page->removals().end()};
  }
  v1::Member Rudi() {
    v1::GetMemberRequest request;
    request.set_name(Name(rudi));
    return *Call(Permission::kMemberRead, GetMember, request);
  }

  const MemberId administrator = AddMember("Ada"), rudi = AddMember("Rude Rudi");
};

TEST_CASE_METHOD(Fixture, "what an administrator takes out of a profile is gone for everybody") {
  v1::ModerateMemberRequest request = Taking({"display_name", "headline", "skills"});
  request.mutable_member()->add_skills("Baking");
  const auto moderated = Send(request);
  REQUIRE(moderated.ok());
  CHECK(moderated->display_name() == "Somebody");
  CHECK(moderated->headline().empty());
  CHECK(Rudi().SerializeAsString() == moderated->SerializeAsString());
  CHECK(Rudi().skills_size() == 1);
  CHECK(Ask("SELECT count(*) FROM facet_values WHERE value = 'Rudeness'") == "0");
  CHECK(Ask("SELECT count(*) FROM change_log WHERE kind = 2 AND resource = '" + rudi.ToString() +
            "'") == "1");
}

TEST_CASE_METHOD(Fixture, "the member is told what was taken and why, and not by whom") {
  REQUIRE(Send(Taking({"headline", "skills"})).ok());
  As(rudi);
  const auto own = Own();
  REQUIRE(own.size() == 1);
  CHECK(Paths(own[0].fields().begin(), own[0].fields().end()) == Paths{"headline", "skills"});
  CHECK(own[0].reason() == "Insults a colleague.");
  CHECK(own[0].member() == Name(rudi));
  CHECK(own[0].remover().empty());
  CHECK(own[0].has_create_time());
  As(administrator);
  CHECK(Own().empty());
}

TEST_CASE_METHOD(Fixture, "administrators read who took what, newest first, by pages") {
  REQUIRE(Send(Taking({"headline"})).ok());
  REQUIRE(Send(Taking({"skills"})).ok());
  AsAdministrator(AddMember("Bob"));
  v1::ListProfileRemovalsRequest request = OfRudi();
  request.set_page_size(1);
  auto page = List(request);
  REQUIRE(page.ok());
  REQUIRE(page->removals_size() == 1);
  CHECK(page->removals(0).fields(0) == "skills");
  CHECK(page->removals(0).remover() == Name(administrator));
  request.set_page_token(page->next_page_token());
  page = List(request);
  CHECK(page->removals(0).fields(0) == "headline");
  CHECK(page->next_page_token().empty());
  AsAdministrator(administrator);
  CHECK(Is(List(request).status(), kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "nobody but administrators takes words from others, or reads of it") {
  As(AddMember("Bob"));
  CHECK(Is(Send(Taking({"headline"})).status(), kNotPermitted));
  CHECK(Is(List(OfRudi()).status(), kNotPermitted));
  As(rudi);
  CHECK(Is(Send(Taking({"headline"})).status(), kNotPermitted));
  CHECK(Is(List(OfRudi()).status(), kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "a profile that loses nothing stays, and nothing is told") {
  const std::string before = Rudi().SerializeAsString();
  CHECK(Send(Taking({"location"}))->SerializeAsString() == before);
  CHECK(Rudi().SerializeAsString() == before);
  As(rudi);
  CHECK(Own().empty());
}

TEST_CASE_METHOD(Fixture, "what is not taken out, says no reason or is none's is refused") {
  v1::ModerateMemberRequest adds = Taking({"headline"});
  adds.mutable_member()->set_headline("Polite");
  CHECK(Is(Send(adds).status(), kFieldInvalid));
  v1::ModerateMemberRequest nameless = Taking({"display_name"});
  nameless.mutable_member()->clear_display_name();
  CHECK(Is(Send(nameless).status(), kFieldInvalid));
  v1::ModerateMemberRequest silent = Taking({"headline"});
  silent.set_reason(" ");
  CHECK(Is(Send(silent).status(), kFieldInvalid));
  CHECK(Is(Send(Taking({"affiliation"})).status(), kFieldInvalid));
  CHECK(Is(Send(Taking({})).status(), kFieldInvalid));
  v1::ModerateMemberRequest stale = Taking({"headline"});
  stale.mutable_member()->set_etag("stale");
  CHECK(Is(Send(stale).status(), kEtagStale));
  v1::ModerateMemberRequest nobody = Taking({"headline"});
  nobody.mutable_member()->set_name(Name(MemberId()));
  CHECK(Send(nobody).status() == access::NotFound());
  CHECK(Rudi().headline() == "Rude");
}

TEST_CASE_METHOD(Fixture, "a repeat takes nothing from what the member wrote since") {
  const v1::ModerateMemberRequest request = Taking({"headline"});
  const auto first = Send(request);
  REQUIRE(first.ok());
  Run("UPDATE members SET headline = 'Polite' WHERE id = '" + rudi.ToString() + "'");
  CHECK(Send(request)->SerializeAsString() == first->SerializeAsString());
  CHECK(Rudi().headline() == "Polite");
  As(rudi);
  CHECK(Own().size() == 1);
}

}  // namespace
}  // namespace guildhall::directory
