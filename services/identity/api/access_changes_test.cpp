// What ends a session is noted for those who decide from what they know, and answered when they
// know it.
#include <algorithm>
#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "services/identity/api/identity_fixture.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

// All that was noted, ordered by what it is about.
std::string Noted(TestIdentity& world) {
  return world.Ask(
      "SELECT coalesce(string_agg(kind || ' ' || subject || ';', '' ORDER BY subject::text), '') "
      "FROM access_changes");
}

// What is noted when these sessions, and nothing else, have ended.
std::string Ends(const std::vector<Visitor>& visitors) {
  std::vector<std::string> ids;
  for (const Visitor& visitor : visitors) ids.push_back(visitor.caller.session.ToString());
  std::ranges::sort(ids);
  std::string noted;
  for (const std::string& id : ids) absl::StrAppend(&noted, "5 ", id, ";");
  return noted;
}

struct ThreeSessions {
  TestIdentity world;
  Visitor laptop = world.Ada(), phone, tablet;

  ThreeSessions() { GUILDHALL_CHECK(world.SignIn(phone).ok() && world.SignIn(tablet).ok()); }

  absl::Status Revoke(const Visitor& which) {
    v1::RevokeSessionRequest request;
    request.set_name(resources::Name(which.caller.session));
    return world.AsMember(RevokeSession, request, laptop).status();
  }
  absl::Status RevokeAll(v1::RevocationScope scope) {
    v1::RevokeSessionsRequest request;
    request.set_scope(scope);
    return world.AsMember(RevokeSessions, request, laptop).status();
  }
  v1::ChangePasswordRequest NewPassword() {
    v1::ChangePasswordRequest request;
    request.set_current_password(kPassword);
    request.set_new_password(kOtherPassword);
    request.set_request_id(world.NewRequestId());
    return request;
  }
};

TEST_CASE("signing up and signing in end no session, note nothing and answer at once") {
  ThreeSessions ada;
  CHECK(Noted(ada.world).empty());
  CHECK_FALSE(ada.laptop.held);
  CHECK_FALSE(ada.tablet.held);
}

TEST_CASE("signing out notes the calling session and waits until all know") {
  ThreeSessions ada;
  REQUIRE(ada.world.AsMember(SignOut, v1::SignOutRequest(), ada.phone).ok());
  CHECK(Noted(ada.world) == Ends({ada.phone}));
  CHECK(ada.phone.held);
}

TEST_CASE("revoking a session notes that one and waits until all know") {
  ThreeSessions ada;
  REQUIRE(ada.Revoke(ada.phone).ok());
  CHECK(Noted(ada.world) == Ends({ada.phone}));
  CHECK(ada.laptop.held);
}

// The first call may have died before its answer, so that nobody has waited for it yet.
TEST_CASE("revoking a session again notes nothing more, and waits all the same") {
  ThreeSessions ada;
  REQUIRE(ada.Revoke(ada.phone).ok());
  ada.laptop.held = false;
  REQUIRE(ada.Revoke(ada.phone).ok());
  CHECK(Noted(ada.world) == Ends({ada.phone}));
  CHECK(ada.laptop.held);
}

TEST_CASE("revoking a session that is not one's own notes nothing") {
  ThreeSessions ada;
  Visitor eve;
  REQUIRE(ada.world.SignUp(eve, "eve@example.org").ok());
  REQUIRE(ada.world.SignIn(eve, "eve@example.org").ok());
  CHECK(Is(ada.Revoke(eve), policy::reasons::kNotFound));
  CHECK(Noted(ada.world).empty());
}

TEST_CASE("revoking the other sessions notes these and waits until all know") {
  ThreeSessions ada;
  REQUIRE(ada.RevokeAll(v1::REVOCATION_SCOPE_OTHERS).ok());
  CHECK(Noted(ada.world) == Ends({ada.phone, ada.tablet}));
  CHECK(ada.laptop.held);
}

TEST_CASE("revoking the other sessions again notes nothing more, and waits all the same") {
  ThreeSessions ada;
  REQUIRE(ada.RevokeAll(v1::REVOCATION_SCOPE_OTHERS).ok());
  ada.laptop.held = false;
  REQUIRE(ada.RevokeAll(v1::REVOCATION_SCOPE_OTHERS).ok());
  CHECK(Noted(ada.world) == Ends({ada.phone, ada.tablet}));
  CHECK(ada.laptop.held);
}

TEST_CASE("revoking all sessions notes the calling one too and waits until all know") {
  ThreeSessions ada;
  Visitor eve;
  REQUIRE(ada.world.SignUp(eve, "eve@example.org").ok());
  REQUIRE(ada.world.SignIn(eve, "eve@example.org").ok());
  REQUIRE(ada.RevokeAll(v1::REVOCATION_SCOPE_ALL).ok());
  CHECK(Noted(ada.world) == Ends({ada.laptop, ada.phone, ada.tablet}));
  CHECK(ada.laptop.held);
}

TEST_CASE("a changed password notes the other sessions and waits until all know") {
  ThreeSessions ada;
  REQUIRE(ada.world.AsMember(ChangePassword, ada.NewPassword(), ada.laptop).ok());
  CHECK(Noted(ada.world) == Ends({ada.phone, ada.tablet}));
  CHECK(ada.laptop.held);
}

TEST_CASE("a repeated change of a password notes nothing more, and waits all the same") {
  ThreeSessions ada;
  const auto request = ada.NewPassword();
  REQUIRE(ada.world.AsMember(ChangePassword, request, ada.laptop).ok());
  ada.laptop.held = false;
  REQUIRE(ada.world.AsMember(ChangePassword, request, ada.laptop).ok());
  CHECK(Noted(ada.world) == Ends({ada.phone, ada.tablet}));
  CHECK(ada.laptop.held);
}

TEST_CASE("a password that is changed from the only session, or refused, notes nothing") {
  TestIdentity world;
  Visitor ada = world.Ada();
  v1::ChangePasswordRequest request;
  request.set_current_password(kOtherPassword);
  request.set_new_password(kOtherPassword);
  request.set_request_id(world.NewRequestId());
  CHECK(Is(world.AsMember(ChangePassword, request, ada).status(), reasons::kCredentialsWrong));
  request.set_current_password(kPassword);
  CHECK(world.AsMember(ChangePassword, request, ada).ok());
  CHECK(Noted(world).empty());
}

TEST_CASE("a sign-in beyond the most sessions notes the one that it ends and waits") {
  TestIdentity world;
  const Visitor first = world.Ada();
  Visitor ada = first;
  for (int i = 1; i < kMaxSessions; ++i) {
    world.clock.Advance(absl::Seconds(1));
    REQUIRE(world.SignIn(ada).ok());
  }
  CHECK(Noted(world).empty());
  CHECK_FALSE(ada.held);
  REQUIRE(world.SignIn(ada).ok());
  CHECK(Noted(world) == Ends({first}));
  CHECK(ada.held);
}

}  // namespace
}  // namespace guildhall::identity
