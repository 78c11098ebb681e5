#include "libs/feeds/known_facts.h"

#include <catch2/catch.hpp>

#include "libs/testing/fake_clock.h"

namespace guildhall::feeds {
namespace {

template <typename Id>
Id MakeId(std::uint8_t n) {
  Uuid uuid;
  uuid.bytes.fill(n);
  return Id(uuid);
}

const MemberId kAda = MakeId<MemberId>(1);
const MemberId kBob = MakeId<MemberId>(2);
const CommunityId kOvens = MakeId<CommunityId>(3);
const CommunityId kMills = MakeId<CommunityId>(4);
const SessionId kSession = MakeId<SessionId>(5);

struct Knowledge {
  Knowledge() {
    for (Known* known : {static_cast<Known*>(&sessions), static_cast<Known*>(&standings)}) {
      known->lease().Apply(10);
      Renew(*known);
    }
  }
  void Renew(Known& known) { known.lease().Renew(clock.Monotonic() + absl::Seconds(2)); }
  // What the watch does when it hears of a change.
  void Change(std::int64_t revision, const AccessChange& change) {
    standings.Forget(change);
    standings.lease().Apply(revision);
  }
  StandingFact Fact(Role role, std::int64_t revision, Visibility visibility = Visibility::kOpen) {
    return {Affiliation::kEmployee,
            {.exists = true, .visibility = visibility, .admits = Admits::kEmployees, .role = role},
            revision};
  }
  Role RoleOf(MemberId member, CommunityId community) {
    const auto found = standings.Find(member, community);
    return found ? found->community.role : Role::kNone;
  }

  testing::FakeClock clock;
  KnownSessions sessions{clock};
  KnownStandings standings{clock};
};

TEST_CASE_METHOD(Knowledge, "a ban is known of the one and not of others") {
  StandingFact banned = Fact(Role::kOwner, 10);
  banned.community.banned = true;
  standings.Keep(kAda, kOvens, banned);
  standings.Keep(kBob, kOvens, Fact(Role::kOwner, 10));
  standings.Keep(kAda, kMills, Fact(Role::kOwner, 10));
  CHECK(standings.Find(kAda, kOvens)->community.banned);
  CHECK(!standings.Find(kBob, kOvens)->community.banned);
  CHECK(!standings.Find(kAda, kMills)->community.banned);
}

TEST_CASE_METHOD(Knowledge, "a mute is known of the one, an archived community of everybody") {
  StandingFact muted = Fact(Role::kMember, 10);
  muted.community.muted = true;
  muted.community.archived = true;
  standings.Keep(kAda, kOvens, muted);
  standings.Keep(kAda, kMills, Fact(Role::kMember, 10));
  muted.community.muted = false;
  standings.Keep(kBob, kOvens, muted);
  CHECK(standings.Find(kAda, kOvens)->community.muted);
  CHECK(standings.Find(kAda, kOvens)->community.archived);
  CHECK(!standings.Find(kBob, kOvens)->community.muted);
  CHECK(standings.Find(kBob, kOvens)->community.archived);
  CHECK(!standings.Find(kAda, kMills)->community.muted);
  CHECK(!standings.Find(kAda, kMills)->community.archived);
}

TEST_CASE_METHOD(Knowledge, "what was told counts until the lease runs out") {
  sessions.Keep(kSession, {true, absl::Hours(1), 10});
  standings.Keep(kAda, kOvens, Fact(Role::kModerator, 10));
  CHECK(sessions.Find(kSession));
  CHECK(RoleOf(kAda, kOvens) == Role::kModerator);
  CHECK(standings.Find(kAda, std::nullopt)->affiliation == Affiliation::kEmployee);
  clock.Advance(absl::Seconds(2));
  CHECK(!sessions.Find(kSession));
  CHECK(!standings.Find(kAda, kOvens));
  CHECK(!standings.Find(kAda, std::nullopt));
  Renew(standings);
  CHECK(RoleOf(kAda, kOvens) == Role::kModerator);
}

TEST_CASE_METHOD(Knowledge, "who administers the organization is known with its session") {
  sessions.Keep(kSession, {true, absl::Hours(1), 10, true});
  CHECK(sessions.Find(kSession)->administrator);
  sessions.Keep(kSession, {true, absl::Hours(1), 10, false});
  CHECK(!sessions.Find(kSession)->administrator);
}

TEST_CASE_METHOD(Knowledge, "a jump of the wall clock prolongs nothing") {
  sessions.Keep(kSession, {true, absl::Hours(1), 10});
  clock.SetWallClock(clock.Now() - absl::Hours(24));
  clock.Advance(absl::Seconds(2));
  CHECK(!sessions.Find(kSession));
}

TEST_CASE_METHOD(Knowledge, "a session is known no longer than it lives") {
  sessions.Keep(kSession, {true, absl::Seconds(1), 10});
  clock.Advance(absl::Seconds(1));
  CHECK(!sessions.Find(kSession));
}

TEST_CASE_METHOD(Knowledge, "only what exists is kept") {
  sessions.Keep(kSession, {false, absl::ZeroDuration(), 10});
  CHECK(!sessions.Find(kSession));
  standings.Keep(kAda, std::nullopt, {Affiliation::kNone, {}, 10});
  CHECK(!standings.Find(kAda, std::nullopt));
  standings.Keep(kAda, kOvens, {Affiliation::kEmployee, {}, 10});
  CHECK(standings.Find(kAda, std::nullopt));
  CHECK(!standings.Find(kAda, kOvens));
}

TEST_CASE_METHOD(Knowledge, "facts from before a change that was applied are not kept") {
  Change(11, AccessChange::Of(kBob, kMills));
  standings.Keep(kAda, kOvens, Fact(Role::kOwner, 10));
  CHECK(!standings.Find(kAda, kOvens));
  standings.Keep(kAda, kOvens, Fact(Role::kOwner, 11));
  CHECK(RoleOf(kAda, kOvens) == Role::kOwner);
}

TEST_CASE_METHOD(Knowledge, "a change takes what it is about, and nothing else") {
  for (const MemberId member : {kAda, kBob}) {
    for (const CommunityId community : {kOvens, kMills}) {
      standings.Keep(member, community, Fact(Role::kMember, 10));
    }
  }
  Change(11, AccessChange::Of(kAda, kOvens));
  CHECK(!standings.Find(kAda, kOvens));
  CHECK(RoleOf(kAda, kMills) == Role::kMember);
  CHECK(RoleOf(kBob, kOvens) == Role::kMember);

  Change(12, AccessChange::Of(kBob));
  CHECK(!standings.Find(kBob, std::nullopt));
  CHECK(!standings.Find(kBob, kMills));
  CHECK(RoleOf(kAda, kMills) == Role::kMember);

  Change(13, AccessChange::Of(kMills));
  CHECK(!standings.Find(kAda, kMills));
  CHECK(standings.Find(kAda, std::nullopt));

  Change(14, AccessChange::Everything());
  CHECK(!standings.Find(kAda, std::nullopt));
}

TEST_CASE_METHOD(Knowledge, "who observes hears of a change when nothing older is known any more") {
  sessions.Keep(kSession, {true, absl::Hours(1), 10});
  std::vector<AccessChange::Kind> heard;
  sessions.Observe([&](const AccessChange& change) {
    heard.push_back(change.kind);
    CHECK(!sessions.Find(kSession));
  });
  sessions.Forget(AccessChange::Of(kSession));
  sessions.Forget(AccessChange::Everything());
  CHECK(heard == std::vector{AccessChange::Kind::kSession, AccessChange::Kind::kEverything});
}

TEST_CASE_METHOD(Knowledge, "a member that is told anew does not bring its old standings back") {
  standings.Keep(kAda, kOvens, Fact(Role::kOwner, 10));
  standings.Keep(kAda, kMills, Fact(Role::kOwner, 10));
  Change(11, AccessChange::Of(kAda));
  standings.Keep(kAda, kOvens, Fact(Role::kMember, 11));
  CHECK(RoleOf(kAda, kOvens) == Role::kMember);
  CHECK(!standings.Find(kAda, kMills));
}

TEST_CASE_METHOD(Knowledge, "a community that is told anew does not bring its old standings back") {
  standings.Keep(kAda, kOvens, Fact(Role::kMember, 10));
  standings.Keep(kBob, kOvens, Fact(Role::kMember, 10));
  Change(11, AccessChange::Of(kOvens));
  standings.Keep(kBob, kOvens, Fact(Role::kMember, 11, Visibility::kSecret));
  CHECK(standings.Find(kBob, kOvens)->community.visibility == Visibility::kSecret);
  CHECK(!standings.Find(kAda, kOvens));
}

TEST_CASE_METHOD(Knowledge, "a session that is revoked is forgotten") {
  sessions.Keep(kSession, {true, absl::Hours(1), 10});
  sessions.Forget(AccessChange::Of(MakeId<SessionId>(6)));
  CHECK(sessions.Find(kSession));
  sessions.Forget(AccessChange::Of(kSession));
  CHECK(!sessions.Find(kSession));
}

TEST_CASE("a bounded map holds no more than it may, and keeps what is asked for") {
  BoundedMap<int, int> map(8);  // one set
  for (int i = 0; i < 8; ++i) map.Put(i, i * 10);
  CHECK(map.size() == 8);
  map.Put(8, 80);  // all were wanted: one of them goes, the others must be asked for
  for (const int wanted : {8, 3, 5}) map.Find(wanted);
  for (int i = 100; i < 105; ++i) map.Put(i, i);
  CHECK(map.size() == 8);
  for (const int wanted : {8, 3, 5}) {
    REQUIRE(map.Find(wanted) != nullptr);
    CHECK(*map.Find(wanted) == wanted * 10);
  }
  map.Erase(3);
  CHECK(map.Find(3) == nullptr);
  CHECK(map.size() == 7);
  map.Clear();
  CHECK(map.size() == 0);
}

TEST_CASE("a bounded map grows with what it is given") {
  BoundedMap<int, int> map(100'000);
  for (int round = 0; round < 4; ++round) {  // what it held before it grew is put again
    for (int i = 0; i < 50'000; ++i) map.Put(i, i);
  }
  int known = 0;
  for (int i = 0; i < 50'000; ++i) known += map.Find(i) != nullptr && *map.Find(i) == i;
  CHECK(known > 49'000);
}

}  // namespace
}  // namespace guildhall::feeds
