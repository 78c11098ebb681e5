#pragma once

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {

// A community below another and above a third, and somebody of every rank.
struct BansFixture : ApiFixture {
  BansFixture() {
    AddMembership(guild, above, Role::kOwner);
    AddMembership(bakers, owner, Role::kOwner);
    AddMembership(bakers, second, Role::kOwner);
    AddMembership(bakers, moderator, Role::kModerator);
    AddMembership(bakers, member);
    AddMembership(rye, owner, Role::kOwner);
    As(owner);
  }

  v1::CreateBanRequest BanOf(CommunityId community, MemberId banned,
                             const std::string& request_id = NewRequestId()) {
    v1::CreateBanRequest request;
    request.set_parent(resources::Name(community));
    request.mutable_ban()->set_member(resources::Name(banned));
    request.set_request_id(request_id);
    return request;
  }
  absl::StatusOr<v1::Ban> Send(const v1::CreateBanRequest& request) {
    return Call(access::Permission::kCommunityModerate, CreateBan, request,
                *resources::ParseCommunity("parent", request.parent()));
  }
  absl::Status Ban(CommunityId community, MemberId banned) {
    return Send(BanOf(community, banned)).status();
  }
  absl::Status Lift(CommunityId community, MemberId banned,
                    const std::string& request_id = NewRequestId()) {
    v1::DeleteBanRequest request;
    request.set_name(resources::BanName(community, banned));
    request.set_request_id(request_id);
    return Call(access::Permission::kCommunityModerate, DeleteBan, request, community).status();
  }
  // Lets the caller in, to lift a ban later.
  std::function<absl::Status()> Lifting(CommunityId community, MemberId banned) {
    v1::DeleteBanRequest request;
    request.set_name(resources::BanName(community, banned));
    request.set_request_id(NewRequestId());
    return LetIn(access::Permission::kCommunityModerate, DeleteBan, request, community);
  }
  absl::Status Get(CommunityId community) {
    return Call(access::Permission::kCommunityRead, GetCommunity, v1::GetCommunityRequest(),
                community)
        .status();
  }
  v1::JoinCommunityRequest Joining(CommunityId community) {
    v1::JoinCommunityRequest request;
    request.set_name(resources::Name(community));
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::Status Join(CommunityId community) {
    return Call(access::Permission::kCommunityJoin, JoinCommunity, Joining(community), community)
        .status();
  }
  // The roles of a member in the three, from the top: "- 3 1".
  std::string RolesOf(MemberId id) {
    return Ask(
        "SELECT string_agg(coalesce(role::text, '-'), ' ' ORDER BY cardinality(ancestor_ids))"
        " FROM communities LEFT JOIN memberships ON community_id = id AND member_id = '" +
        id.ToString() + "'");
  }
  std::string CountsOfMembers() {
    return Ask(
        "SELECT string_agg(member_count::text, ' ' ORDER BY cardinality(ancestor_ids)) "
        "FROM communities");
  }
  // "kind community" of what the log says of a member, in order; communities by name.
  std::string ToldOf(MemberId id) {
    return Ask(
        "SELECT string_agg(change.kind || ' ' || display_name, ', ' ORDER BY n) "
        "FROM change_log change JOIN communities ON communities.id = key WHERE resource = '" +
        id.ToString() + "'");
  }
  // How often the log says `kind` of a member and a community.
  std::string TimesTold(int kind, CommunityId community, MemberId id) {
    return Ask(absl::StrCat("SELECT count(*) FROM change_log WHERE kind = ", kind, " AND key = '",
                            community.ToString(), "' AND resource = '", id.ToString(), "'"));
  }
  // "kind subject" of what was noted, in order.
  std::string Noted() {
    return Ask(
        "SELECT string_agg(kind || ' ' || subject, ', ' ORDER BY revision, place) "
        "FROM access_changes");
  }

  const MemberId above = AddMember("Ada"), owner = AddMember("Olga"), second = AddMember("Otto"),
                 moderator = AddMember("Mo"), member = AddMember("Mia"), other = AddMember("Eve");
  const CommunityId guild = AddCommunity("Guild");
  const CommunityId bakers = AddCommunity("Bakers", Visibility::kOpen, Admits::kEmployees, guild);
  const CommunityId rye = AddCommunity("Rye", Visibility::kOpen, Admits::kEmployees, bakers);
};

}  // namespace guildhall::directory
