#include <catch2/catch.hpp>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/identity_fixture.h"
#include "services/identity/workers/session_use_writer.h"

namespace guildhall::identity {
namespace {

bool Live(TestIdentity& world, Visitor& visitor) {
  const absl::Status status = world.AsMember(GetMe, v1::GetMeRequest(), visitor).status();
  GUILDHALL_CHECK(status.ok() || Is(status, policy::reasons::kSessionEnded));
  return status.ok();
}

v1::RevokeSessionsRequest Scope(v1::RevocationScope scope) {
  v1::RevokeSessionsRequest request;
  request.set_scope(scope);
  return request;
}

struct ThreeSessions {
  TestIdentity world;
  Visitor laptop = world.Ada(), phone, tablet;

  ThreeSessions() { GUILDHALL_CHECK(world.SignIn(phone).ok() && world.SignIn(tablet).ok()); }
};

TEST_CASE("all other sessions end") {
  ThreeSessions ada;
  const auto response =
      ada.world.AsMember(RevokeSessions, Scope(v1::REVOCATION_SCOPE_OTHERS), ada.laptop);
  CHECK(response->revoked_count() == 2);
  CHECK(Live(ada.world, ada.laptop));
  CHECK_FALSE(Live(ada.world, ada.phone));
  CHECK_FALSE(Live(ada.world, ada.tablet));
  CHECK(ada.world.Changes(change::v1::KIND_SESSION_REVOKED) == 2);
  const auto again =
      ada.world.AsMember(RevokeSessions, Scope(v1::REVOCATION_SCOPE_OTHERS), ada.laptop);
  CHECK(again->revoked_count() == 0);
}

TEST_CASE("all sessions end, the calling one too") {
  ThreeSessions ada;
  const auto response =
      ada.world.AsMember(RevokeSessions, Scope(v1::REVOCATION_SCOPE_ALL), ada.phone);
  CHECK(response->revoked_count() == 3);
  CHECK_FALSE(Live(ada.world, ada.phone));
}

TEST_CASE("a repeat from a session that the first call has ended is told so, and changes nothing") {
  ThreeSessions ada;
  const auto all = [&](Visitor& visitor) {
    return ada.world.AsMember(RevokeSessions, Scope(v1::REVOCATION_SCOPE_ALL), visitor).status();
  };
  v1::RevokeSessionRequest itself;
  itself.set_name(resources::Name(ada.phone.caller.session));
  CHECK(ada.world.AsMember(RevokeSession, itself, ada.phone).ok());
  CHECK(Is(ada.world.AsMember(RevokeSession, itself, ada.phone).status(),
           policy::reasons::kSessionEnded));
  CHECK(all(ada.laptop).ok());
  CHECK(Is(all(ada.laptop), policy::reasons::kSessionEnded));
  CHECK(ada.world.Changes(change::v1::KIND_SESSION_REVOKED) == 3);
}

TEST_CASE("a use that is not written yet brings no session back that was ended meanwhile") {
  TestIdentity world;
  Visitor phone = world.Ada();
  const auto use = [&] {
    v1::IssueTokensRequest request;
    request.set_session_secret(phone.secret);
    request.add_audiences("directory");
    return world.AsService(IssueTokens, request).status();
  };
  // Used just before it would have run out for want of use, which only memory knows.
  world.clock.Advance(absl::Hours(24 * 14) - absl::Seconds(1));
  REQUIRE(use().ok());
  world.clock.Advance(absl::Seconds(1));
  Visitor laptop;
  REQUIRE(world.SignIn(laptop).ok());
  SECTION("with all others") {
    CHECK(world.AsMember(RevokeSessions, Scope(v1::REVOCATION_SCOPE_OTHERS), laptop).ok());
  }
  SECTION("by name") {
    v1::RevokeSessionRequest request;
    request.set_name(resources::Name(phone.caller.session));
    CHECK(world.AsMember(RevokeSession, request, laptop).ok());
  }
  CHECK(SessionUseWriter(*world.database, world.process.uses).RunOnce(world.clock.Now()).ok());
  CHECK(Is(use(), policy::reasons::kSessionEnded));
  CHECK_FALSE(Live(world, phone));
}

TEST_CASE("which sessions end must be said") {
  ThreeSessions ada;
  CHECK(Is(ada.world.AsMember(RevokeSessions, v1::RevokeSessionsRequest(), ada.phone).status(),
           policy::reasons::kFieldInvalid));
}

TEST_CASE("one session of one's own ends, and ends again without a word") {
  ThreeSessions ada;
  v1::RevokeSessionRequest request;
  request.set_name(resources::Name(ada.phone.caller.session));
  CHECK(ada.world.AsMember(RevokeSession, request, ada.laptop).ok());
  CHECK_FALSE(Live(ada.world, ada.phone));
  CHECK(Live(ada.world, ada.tablet));
  CHECK(ada.world.AsMember(RevokeSession, request, ada.laptop).ok());
  CHECK(ada.world.Changes(change::v1::KIND_SESSION_REVOKED) == 1);
}

TEST_CASE("another's session and none at all are not found alike, and live on") {
  ThreeSessions ada;
  Visitor eve;
  REQUIRE(ada.world.SignUp(eve, "eve@example.org").ok());
  REQUIRE(ada.world.SignIn(eve, "eve@example.org").ok());
  v1::RevokeSessionRequest request;
  request.set_name(resources::Name(ada.phone.caller.session));
  const absl::Status others = ada.world.AsMember(RevokeSession, request, eve).status();
  CHECK(Is(others, policy::reasons::kNotFound));
  CHECK(Live(ada.world, ada.phone));
  request.set_name("sessions/018f0000-0000-7000-8000-000000000001");
  CHECK(ada.world.AsMember(RevokeSession, request, eve).status() == others);
  request.set_name("sessions/x");
  CHECK(
      Is(ada.world.AsMember(RevokeSession, request, eve).status(), policy::reasons::kFieldInvalid));
}

TEST_CASE("signing out ends the calling session and has the cookie cleared") {
  ThreeSessions ada;
  CHECK(ada.world.AsMember(SignOut, v1::SignOutRequest(), ada.phone).ok());
  CHECK(ada.phone.metadata == Metadata{{"guildhall-clear-session", "1"}});
  CHECK_FALSE(Live(ada.world, ada.phone));
  CHECK(Live(ada.world, ada.laptop));
  CHECK(Is(ada.world.AsMember(SignOut, v1::SignOutRequest(), ada.phone).status(),
           policy::reasons::kSessionEnded));
}

TEST_CASE("a session ends when it is not used for two weeks, or after thirty days") {
  TestIdentity world;
  Visitor ada = world.Ada();
  world.clock.Advance(absl::Hours(24 * 14) - absl::Seconds(1));
  CHECK(Live(world, ada));
  world.clock.Advance(absl::Seconds(1));
  CHECK_FALSE(Live(world, ada));

  REQUIRE(world.SignIn(ada).ok());
  world.database.Run("UPDATE sessions SET last_used_time = 'infinity'");
  world.clock.Advance(absl::Hours(24 * 30) - absl::Seconds(1));
  CHECK(Live(world, ada));
  world.clock.Advance(absl::Seconds(1));
  CHECK_FALSE(Live(world, ada));
}

}  // namespace
}  // namespace guildhall::identity
