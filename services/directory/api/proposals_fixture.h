#pragma once

#include <string>

#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"
#include "services/directory/api/proposing.h"

namespace guildhall::directory {

// A CLOSED community below an OPEN one, somebody of every rank, and who wants to come in.
struct ProposalsFixture : ApiFixture {
  ProposalsFixture() {
    AddMembership(guild, above, Role::kOwner);
    AddMembership(bakers, owner, Role::kOwner);
    AddMembership(bakers, moderator, Role::kModerator);
    AddMembership(bakers, member);
    As(guest);
  }

  // A write about the community, or about the guest's own.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Write(access::Permission permission,
                                 absl::StatusOr<Response> (*handler)(Directory&, const rpc::Call&,
                                                                     const Request&),
                                 Request request) {
    if (request.request_id().empty()) request.set_request_id(NewRequestId());
    return Call(permission, handler, request, bakers);
  }
  template <typename Request>
  static Request Named(const std::string& name) {
    Request request;
    request.set_name(name);
    return request;
  }

  // Lets the caller in, to write later.
  template <typename Response, typename Request>
  std::function<absl::Status()> Writing(access::Permission permission,
                                        absl::StatusOr<Response> (*handler)(Directory&,
                                                                            const rpc::Call&,
                                                                            const Request&),
                                        const std::string& name) {
    auto request = Named<Request>(name);
    request.set_request_id(NewRequestId());
    return LetIn(permission, handler, request, bakers);
  }

  // The guest asks.
  absl::StatusOr<v1::JoinRequest> AskToJoin(const std::string& request_id = "") {
    v1::CreateJoinRequestRequest request;
    request.set_parent(resources::Name(bakers));
    request.mutable_join_request()->set_message("I bake.");
    request.set_request_id(request_id);
    return Write(access::Permission::kCommunityJoin, CreateJoinRequest, request);
  }
  absl::StatusOr<v1::Membership> Approve(const std::string& request_id = "") {
    auto request = Named<v1::ApproveJoinRequestRequest>(JoinRequest());
    request.set_request_id(request_id);
    return Write(access::Permission::kMembershipAdmit, ApproveJoinRequest, request);
  }
  absl::Status DeclineRequest() {
    return Write(access::Permission::kCommunityModerate, DeclineJoinRequest,
                 Named<v1::DeclineJoinRequestRequest>(JoinRequest()))
        .status();
  }
  absl::Status Withdraw() {
    return Write(access::Permission::kOwn, DeleteJoinRequest,
                 Named<v1::DeleteJoinRequestRequest>(JoinRequest()))
        .status();
  }

  // The guest, or who else, is invited.
  absl::StatusOr<v1::Invitation> InviteWhom(MemberId invited) {
    v1::CreateInvitationRequest request;
    request.set_parent(resources::Name(bakers));
    request.mutable_invitation()->set_member(resources::Name(invited));
    request.mutable_invitation()->set_message("Bake with us.");
    return Write(access::Permission::kMembershipAdmit, CreateInvitation, request);
  }
  absl::Status Invite() { return InviteWhom(guest).status(); }
  absl::StatusOr<v1::Membership> Accept() {
    return Write(access::Permission::kOwn, AcceptInvitation,
                 Named<v1::AcceptInvitationRequest>(Invitation()));
  }
  absl::Status DeclineInvited() {
    return Write(access::Permission::kOwn, DeclineInvitation,
                 Named<v1::DeclineInvitationRequest>(Invitation()))
        .status();
  }
  absl::Status TakeBack() {
    return Write(access::Permission::kCommunityModerate, DeleteInvitation,
                 Named<v1::DeleteInvitationRequest>(Invitation()))
        .status();
  }

  absl::Status Join() {
    return Write(access::Permission::kCommunityJoin, JoinCommunity,
                 Named<v1::JoinCommunityRequest>(resources::Name(bakers)))
        .status();
  }
  absl::Status Ban(CommunityId from) {
    v1::CreateBanRequest request;
    request.set_parent(resources::Name(from));
    request.mutable_ban()->set_member(resources::Name(guest));
    request.set_request_id(NewRequestId());
    return Call(access::Permission::kCommunityModerate, CreateBan, request, from).status();
  }
  absl::Status Edit(v1::Visibility visibility, v1::Admits admits) {
    v1::UpdateCommunityRequest request;
    request.mutable_community()->set_name(resources::Name(bakers));
    request.mutable_community()->set_visibility(visibility);
    request.mutable_community()->set_admits(admits);
    request.mutable_update_mask()->add_paths("visibility");
    request.mutable_update_mask()->add_paths("admits");
    return Write(access::Permission::kCommunityEdit, UpdateCommunity, request).status();
  }

  std::string JoinRequest() const { return resources::JoinRequestName(bakers, guest); }
  std::string Invitation() const { return resources::InvitationName(bakers, guest); }

  // "kind state" of what stands.
  std::string Standing() {
    return Ask("SELECT string_agg(kind || ' ' || state, ', ' ORDER BY kind) FROM proposals");
  }
  // The role of the guest, or nothing.
  std::string RoleOfGuest() {
    return Ask("SELECT role FROM memberships WHERE member_id = '" + guest.ToString() + "'");
  }
  // The kinds of what the log says of the guest, in order.
  std::string Told() {
    return Ask("SELECT string_agg(kind::text, ',' ORDER BY n) FROM change_log WHERE resource = '" +
               guest.ToString() + "'");
  }

  const MemberId above = AddMember("Ada"), owner = AddMember("Olga"), moderator = AddMember("Mo"),
                 member = AddMember("Mia"), guest = AddMember("Gus");
  const CommunityId guild = AddCommunity("Guild", Visibility::kOpen, Admits::kEveryone);
  const CommunityId bakers = AddCommunity("Bakers", Visibility::kClosed, Admits::kEveryone, guild);
};

}  // namespace guildhall::directory
