// Who reads and who writes what a community is for.
#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kEtagStale;
using policy::reasons::kFieldInvalid;
using policy::reasons::kNotFound;
using policy::reasons::kNotPermitted;
using resources::Name;

struct Fixture : ApiFixture {
  Fixture() {
    AddMembership(bakers, owner, Role::kOwner);
    AddMembership(bakers, member);
    As(owner);
  }
  absl::StatusOr<v1::Charter> Read() {
    return Call(Permission::kCommunityRead, GetCharter, v1::GetCharterRequest(), bakers);
  }
  absl::StatusOr<v1::Charter> Write(const v1::Charter& charter,
                                    const std::vector<std::string>& paths,
                                    const std::string& request_id = NewRequestId()) {
    v1::UpdateCharterRequest request;
    *request.mutable_charter() = charter;
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    request.set_request_id(request_id);
    return Call(Permission::kCommunityEdit, UpdateCharter, request, bakers);
  }
  static v1::Charter Purpose(const std::string& purpose) {
    v1::Charter charter;
    charter.set_purpose(purpose);
    return charter;
  }

  const MemberId owner = AddMember("Olga"), member = AddMember("Mia"), other = AddMember("Eve");
  const CommunityId bakers = AddCommunity("Bakers");
};

TEST_CASE_METHOD(Fixture, "what nobody has written is empty, and what is written is read") {
  CHECK(Read()->purpose().empty());
  v1::Charter charter = Purpose("Better bread.");
  charter.set_sponsor(Name(other));
  charter.set_cadence("every Thursday");
  charter.set_welcome("Come in.");
  charter.mutable_review_time()->set_seconds(1'600'000'000);
  const auto written = Write(charter, {"purpose", "sponsor", "cadence", "welcome", "review_time"});
  REQUIRE(written.ok());
  CHECK(written->community() == Name(bakers));
  CHECK(written->review_overdue());
  As(other);
  CHECK(Read()->SerializeAsString() == written->SerializeAsString());
  CHECK(Ask("SELECT string_agg(kind::text, ',') FROM change_log") == "37");
}

TEST_CASE_METHOD(Fixture, "a charter names who leads, to whom that may be told") {
  const MemberId second = AddMember("Otto");
  AddMembership(bakers, second, Role::kOwner);
  CHECK(Read()->leads_size() == 2);
  CHECK(Read()->leads(0) == Name(owner));
  CHECK(Write(Purpose("Bread."), {"purpose"})->leads(1) == Name(second));
  As(other);
  CHECK(Read()->leads_size() == 2);
  Run("UPDATE communities SET visibility = 2");
  CHECK(Read()->purpose() == "Bread.");
  CHECK(Read()->leads_size() == 0);
}

TEST_CASE_METHOD(Fixture, "an edit changes what its mask names, once for a request id") {
  const std::string id = NewRequestId();
  REQUIRE(Write(Purpose("Bread."), {"purpose"}, id).ok());
  REQUIRE(Write(Purpose("Cake."), {"cadence"}).ok());
  CHECK(Read()->purpose() == "Bread.");
  REQUIRE(Write(Purpose("Cake."), {"purpose"}).ok());
  REQUIRE(Write(Purpose("Bread."), {"purpose"}, id).ok());
  CHECK(Read()->purpose() == "Cake.");
}

TEST_CASE_METHOD(Fixture, "of two edits of what both have read one is stale") {
  v1::Charter charter = Purpose("Bread.");
  charter.set_etag(Read()->etag());
  REQUIRE(Write(charter, {"purpose"}).ok());
  CHECK(Is(Write(charter, {"purpose"}).status(), kEtagStale));
}

TEST_CASE_METHOD(Fixture, "owners write it, and a sponsor is somebody there is") {
  As(member);
  CHECK(Is(Write(Purpose("Cake."), {"purpose"}).status(), kNotPermitted));
  As(owner);
  v1::Charter charter;
  charter.set_sponsor(Name(MemberId(NewUuidV7(SystemClock().Now(), SystemRandom()))));
  CHECK(Is(Write(charter, {"sponsor"}).status(), kNotFound));
  charter.set_sponsor("somebody");
  CHECK(Is(Write(charter, {"sponsor"}).status(), kFieldInvalid));
  CHECK(Is(Write(charter, {"review_overdue"}).status(), kFieldInvalid));
  charter.set_sponsor(Name(other));
  REQUIRE(Write(charter, {"sponsor"}).ok());
  REQUIRE(Write({}, {"sponsor"}).ok());
  CHECK(Read()->sponsor().empty());
}

TEST_CASE_METHOD(Fixture, "who does not see the community does not see its charter") {
  Run("UPDATE communities SET visibility = 3");
  As(other);
  CHECK(Is(Read().status(), kNotFound));
  CHECK(Is(Write(Purpose("Cake."), {"purpose"}).status(), kNotFound));
}

}  // namespace
}  // namespace guildhall::directory
