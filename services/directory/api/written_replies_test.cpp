// Every write makes the replies void that it makes wrong, before it is answered: no look at the
// change log is of help here.
#include <functional>
#include <vector>

#include "services/directory/api/bans_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using resources::Name;

struct Fixture : BansFixture {
  // As the engine does: what is kept, or else what the database holds, which is then kept.
  v1::Community Served(MemberId reader, CommunityId id) {
    HearOfTheLog();
    v1::GetCommunityRequest request;
    request.set_name(Name(id));
    cache::Subject subject = *SubjectOf(request);
    subject.key.method = method.number;
    const auto found = replies().Find(method, subject.key);
    REQUIRE(found.ticket.has_value() == (found.reply == nullptr));
    v1::Community community;
    if (found.reply != nullptr) {
      REQUIRE(community.ParseFromString(found.reply->bytes));
      return community;
    }
    As(reader);
    const auto read = Call(Permission::kCommunityRead, GetCommunity, request, id);
    REQUIRE(read.ok());
    if (!kept()) return *read;
    auto reply = std::make_shared<cache::Reply>();
    reply->bytes = read->SerializeAsString();
    replies().Keep(*found.ticket, subject, std::move(reply));
    return *read;
  }
  // "name members" of Bakers, and whether it is archived.
  std::string Bakers() {
    const v1::Community shown = Served(second, bakers);
    return shown.display_name() + " " + std::to_string(shown.member_count()) +
           (shown.archived() ? " archived" : "");
  }

  absl::Status Rename() {
    v1::UpdateCommunityRequest request;
    request.mutable_community()->set_name(Name(bakers));
    request.mutable_community()->set_display_name("Cooks");
    request.mutable_update_mask()->add_paths("display_name");
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityEdit, UpdateCommunity, request, bakers).status();
  }
  absl::Status Archive(CommunityId id) {
    v1::ArchiveCommunityRequest request;
    request.set_name(Name(id));
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityArchive, ArchiveCommunity, request, id).status();
  }
  absl::Status Leave() {
    v1::LeaveCommunityRequest request;
    request.set_name(Name(bakers));
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityLeave, LeaveCommunity, request, bakers).status();
  }
  absl::Status Remove(MemberId removed) {
    v1::DeleteMembershipRequest request;
    request.set_name(resources::MembershipName(bakers, removed));
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityModerate, DeleteMembership, request, bakers).status();
  }
  absl::Status Import(MemberId imported) {
    v1::ImportMembershipsRequest request;
    v1::ImportedMembership& membership = *request.add_memberships();
    membership.set_community(Name(bakers));
    membership.set_member(Name(imported));
    membership.set_role(v1::ROLE_MEMBER);
    membership.mutable_create_time()->set_seconds(1'600'000'000);
    return Call(Permission::kBrowse, ImportMemberships, request).status();
  }

  const cache::Method& method = replies().Declare("GetCommunity");
};

struct Write {
  const char* name;
  const MemberId Fixture::*caller;
  std::function<absl::Status(Fixture&)> run;
  const char* shown;
};

const std::vector<Write> kWrites = {
    {"UpdateCommunity", &Fixture::owner, [](Fixture& it) { return it.Rename(); }, "Cooks 4"},
    {"ArchiveCommunity above", &Fixture::above, [](Fixture& it) { return it.Archive(it.guild); },
     "Bakers 4 archived"},
    {"JoinCommunity", &Fixture::other, [](Fixture& it) { return it.Join(it.bakers); }, "Bakers 5"},
    {"LeaveCommunity", &Fixture::member, [](Fixture& it) { return it.Leave(); }, "Bakers 3"},
    {"DeleteMembership", &Fixture::owner, [](Fixture& it) { return it.Remove(it.member); },
     "Bakers 3"},
    {"CreateBan", &Fixture::owner, [](Fixture& it) { return it.Ban(it.bakers, it.member); },
     "Bakers 3"},
    {"CreateBan above", &Fixture::above, [](Fixture& it) { return it.Ban(it.guild, it.member); },
     "Bakers 3"},
    {"ImportMemberships", &Fixture::owner, [](Fixture& it) { return it.Import(it.other); },
     "Bakers 5"},
};

TEST_CASE("the process that wrote shows at once what a community is now") {
  for (const Write& write : kWrites) {
    DYNAMIC_SECTION(write.name) {
      Fixture fixture;
      CHECK(fixture.Bakers() == "Bakers 4");
      fixture.Run("UPDATE communities SET display_name = 'Behind everybody''s back'");
      CHECK(fixture.Bakers() == "Bakers 4");
      fixture.Run("UPDATE communities SET display_name = 'Bakers'");
      fixture.As(fixture.*write.caller);
      const absl::Status written = write.run(fixture);
      INFO(written);
      REQUIRE(written.ok());
      CHECK(fixture.Bakers() == write.shown);
    }
  }
}

TEST_CASE_METHOD(Fixture, "a community above that becomes SECRET is shown no more at once") {
  Run("UPDATE communities SET visibility = 3 WHERE display_name <> 'Guild'");
  CHECK(Served(member, bakers).parent() == Name(guild));
  v1::UpdateCommunityRequest request;
  request.mutable_community()->set_name(Name(guild));
  request.mutable_community()->set_visibility(v1::VISIBILITY_SECRET);
  request.mutable_update_mask()->add_paths("visibility");
  request.set_request_id(NewRequestId());
  As(above);
  REQUIRE(Call(Permission::kCommunityEdit, UpdateCommunity, request, guild).ok());
  CHECK(Served(member, bakers).parent().empty());
}

}  // namespace
}  // namespace guildhall::directory
