#include "services/directory/domain/template.h"

#include <catch2/catch.hpp>

namespace guildhall::directory {
namespace {

CommunityProfile ReachOf(Kind kind, const AskedReach& asked = {},
                         const std::optional<LockedCommunity>& parent = {},
                         Affiliation founder = Affiliation::kEmployee) {
  CommunityProfile profile;
  SetReach(TemplateOf(kind), asked, founder, parent, profile);
  return profile;
}

LockedCommunity Parent(Visibility visibility, Admits admits) {
  LockedCommunity parent;
  parent.community.profile = {.visibility = visibility, .admits = admits};
  return parent;
}

TEST_CASE("every kind of community has its template") {
  REQUIRE(Templates().size() == 5);
  for (const Template& each : Templates()) CHECK(&TemplateOf(each.kind) == &each);
}

TEST_CASE("crafts, interests and places are open to employees, projects are closed") {
  for (const Kind kind : {Kind::kPractice, Kind::kInterest, Kind::kLocation}) {
    CHECK(ReachOf(kind).visibility == Visibility::kOpen);
    CHECK(ReachOf(kind).admits == Admits::kEmployees);
  }
  CHECK(ReachOf(Kind::kProject).visibility == Visibility::kClosed);
  CHECK(ReachOf(Kind::kProject).admits == Admits::kEmployees);
}

TEST_CASE("customers are let in one by one, and only by who says that everyone is admitted") {
  CHECK(ReachOf(Kind::kCustomer).visibility == Visibility::kClosed);
  CHECK(TemplateOf(Kind::kCustomer).admits == Admits::kEveryone);
  CHECK(ReachOf(Kind::kCustomer).admits == Admits::kEmployees);
  CHECK(ReachOf(Kind::kCustomer, {.admits = Admits::kEveryone}).admits == Admits::kEveryone);
}

TEST_CASE("what an external founds admits everyone, unless it asks otherwise") {
  const LockedCommunity above = Parent(Visibility::kOpen, Admits::kEveryone);
  CHECK(ReachOf(Kind::kInterest, {}, above, Affiliation::kExternal).admits == Admits::kEveryone);
  const AskedReach asked{.admits = Admits::kEmployees};
  CHECK(ReachOf(Kind::kInterest, asked, above, Affiliation::kExternal).admits ==
        Admits::kEmployees);
}

TEST_CASE("what the founder asks counts more than the template") {
  const AskedReach asked{Visibility::kSecret, Admits::kEveryone};
  const CommunityProfile reach = ReachOf(Kind::kPractice, asked);
  CHECK(reach.visibility == Visibility::kSecret);
  CHECK(reach.admits == Admits::kEveryone);
}

TEST_CASE("below a narrower community the template is as narrow, what is asked is not touched") {
  const LockedCommunity parent = Parent(Visibility::kSecret, Admits::kEmployees);
  CHECK(ReachOf(Kind::kCustomer, {}, parent).visibility == Visibility::kSecret);
  const AskedReach wider{Visibility::kOpen, Admits::kEveryone};
  CHECK(ReachOf(Kind::kCustomer, wider, parent).visibility == Visibility::kOpen);
  const LockedCommunity open = Parent(Visibility::kOpen, Admits::kEveryone);
  CHECK(ReachOf(Kind::kProject, {}, open).visibility == Visibility::kClosed);
}

TEST_CASE("a project is reviewed each quarter, crafts and customers half-yearly, the rest yearly") {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  const auto days = [&](Kind kind) {
    return (*FirstCharter(TemplateOf(kind), now).review_time - now) / absl::Hours(24);
  };
  CHECK(days(Kind::kProject) == 91);
  CHECK(days(Kind::kPractice) == 182);
  CHECK(days(Kind::kCustomer) == 182);
  CHECK(days(Kind::kInterest) == 365);
  CHECK(days(Kind::kLocation) == 365);
}

TEST_CASE("a founded community has a charter with a welcome, to be reviewed within a year") {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  for (const Template& each : Templates()) {
    Charter charter = FirstCharter(each, now);
    const Charter written = charter;
    REQUIRE(TidyCharter(charter).ok());
    CHECK(charter.welcome == written.welcome);
    CHECK(charter.cadence == written.cadence);
    CHECK_FALSE(charter.welcome.empty());
    CHECK_FALSE(IsReviewOverdue(charter, now));
    CHECK(IsReviewOverdue(charter, now + absl::Hours(366 * 24)));
    CHECK(charter.version == 1);
  }
}

}  // namespace
}  // namespace guildhall::directory
