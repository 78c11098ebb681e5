// What is kept of directory's replies, for whom, and what makes it void.
#include <catch2/catch.hpp>

#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using resources::Name;

struct Fixture : ApiFixture {
  // The headline of a member as a batch shows it now.
  std::string Headline(MemberId id) {
    HearOfTheLog();
    v1::BatchGetMembersRequest request;
    request.add_names(Name(id));
    const auto batch = Call(Permission::kBrowse, BatchGetMembers, request);
    REQUIRE(batch.ok());
    return batch->members_size() == 0 ? "nobody" : batch->members(0).headline();
  }
  // Behind everybody's back: no reply becomes void by it.
  void Set(MemberId id, const std::string& headline) {
    Run("UPDATE members SET headline = '" + headline + "' WHERE id = '" + id.ToString() + "'");
  }
  absl::StatusOr<v1::Community> Get(CommunityId id) {
    v1::GetCommunityRequest request;
    request.set_name(Name(id));
    return Call(Permission::kCommunityRead, GetCommunity, request, id);
  }

  const MemberId ada = AddMember("Ada"), ben = AddMember("Ben");
};

TEST_CASE_METHOD(Fixture, "a profile is kept for employees until its member edits it") {
  As(ben);
  CHECK(Headline(ada).empty());
  Set(ada, "Baker");
  CHECK(Headline(ada).empty());
  As(ada);
  v1::UpdateMemberRequest request;
  request.mutable_member()->set_name("members/me");
  request.mutable_member()->set_headline("Miller");
  request.mutable_update_mask()->add_paths("headline");
  request.set_request_id(NewRequestId());
  REQUIRE(Call(Permission::kOwn, UpdateMember, request).ok());
  CHECK(Headline(ada) == "Miller");
  As(ben);
  CHECK(Headline(ada) == "Miller");
}

TEST_CASE_METHOD(Fixture, "nothing is kept for externals, and nothing that is kept reaches them") {
  As(ben);
  CHECK(Headline(ada).empty());
  const MemberId carla = AddMember("Carla", Affiliation::kExternal);
  As(carla);
  CHECK(Headline(ada) == "nobody");
  const CommunityId shared = AddCommunity("Both", Visibility::kClosed, Admits::kEveryone);
  AddMembership(shared, ada);
  AddMembership(shared, carla);
  Set(ada, "Baker");
  CHECK(Headline(ada) == "Baker");
  Set(ada, "Miller");
  CHECK(Headline(ada) == "Miller");
}

TEST_CASE_METHOD(Fixture, "a community below a SECRET one is shown to each as it may see it") {
  const CommunityId top = AddCommunity("Top", Visibility::kSecret);
  const CommunityId below = AddCommunity("Below", Visibility::kSecret, Admits::kEmployees, top);
  AddMembership(top, ada);
  AddMembership(below, ada);
  AddMembership(below, ben);
  As(ada);
  CHECK(Get(below)->parent() == Name(top));
  CHECK_FALSE(kept());
  As(ben);
  CHECK(Get(below)->parent().empty());
  CHECK_FALSE(kept());
  CHECK(Get(AddCommunity("Alone"))->parent().empty());
  CHECK(kept());
}

}  // namespace
}  // namespace guildhall::directory
