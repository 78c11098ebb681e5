#include "libs/rpc/handler_table.h"
#include "services/directory/api/directory.h"

namespace guildhall::directory {
namespace {

// To employees: what externals see depends on who they are.
template <typename Request>
void Keep(Directory& directory, rpc::Server& server, const std::string& method) {
  server.Keep<Request>(method, {.replies = directory.replies,
                                .subject = [](const Request& asked) { return SubjectOf(asked); },
                                .serves =
                                    [](const rpc::Call& call) {
                                      return call.grant().viewer().affiliation() ==
                                             Affiliation::kEmployee;
                                    }});
}

// Who belongs to a community, may, wants to and may not.
void RegisterBelonging(Directory& directory, rpc::Server& server) {
  rpc::HandlerTable memberships(directory, server, "guildhall.directory.v1.MembershipService");
  memberships.Add("ListMemberships", ListMemberships);
  memberships.Add("GetMembership", GetMembership);
  memberships.Add("ListMemberCommunities", ListMemberCommunities);
  memberships.Add("GetStanding", GetStanding);
  memberships.Add("ListOwnerlessCommunities", ListOwnerlessCommunities);
  memberships.Add("JoinCommunity", JoinCommunity);
  memberships.Add("LeaveCommunity", LeaveCommunity);
  memberships.Add("UpdateMembership", UpdateMembership);
  memberships.Add("DeleteMembership", DeleteMembership);

  rpc::HandlerTable bans(directory, server, "guildhall.directory.v1.BanService");
  bans.Add("CreateBan", CreateBan);
  bans.Add("DeleteBan", DeleteBan);
  bans.Add("GetBan", GetBan);
  bans.Add("ListBans", ListBans);

  rpc::HandlerTable mutes(directory, server, "guildhall.directory.v1.MuteService");
  mutes.Add("CreateMute", CreateMute);
  mutes.Add("DeleteMute", DeleteMute);
  mutes.Add("GetMute", GetMute);
  mutes.Add("ListMutes", ListMutes);
  mutes.Add("ListMyMutes", ListMyMutes);

  rpc::HandlerTable requests(directory, server, "guildhall.directory.v1.JoinRequestService");
  requests.Add("CreateJoinRequest", CreateJoinRequest);
  requests.Add("ListJoinRequests", ListJoinRequests);
  requests.Add("ListWaitingJoinRequests", ListWaitingJoinRequests);
  requests.Add("GetWaitingJoinRequestCount", GetWaitingJoinRequestCount);
  requests.Add("ListMyJoinRequests", ListMyJoinRequests);
  requests.Add("ApproveJoinRequest", ApproveJoinRequest);
  requests.Add("DeclineJoinRequest", DeclineJoinRequest);
  requests.Add("DeleteJoinRequest", DeleteJoinRequest);

  rpc::HandlerTable invitations(directory, server, "guildhall.directory.v1.InvitationService");
  invitations.Add("CreateInvitation", CreateInvitation);
  invitations.Add("ListInvitations", ListInvitations);
  invitations.Add("ListMyInvitations", ListMyInvitations);
  invitations.Add("DeleteInvitation", DeleteInvitation);
  invitations.Add("AcceptInvitation", AcceptInvitation);
  invitations.Add("DeclineInvitation", DeclineInvitation);
}

}  // namespace

void Register(Directory& directory, rpc::Server& server) {
  rpc::HandlerTable table(directory, server, "guildhall.directory.v1.DirectoryService");
  table.Add("GetMember", GetMember);
  table.Add("BatchGetMembers", BatchGetMembers);
  table.Add("UpdateMember", UpdateMember);
  table.Add("CreateCommunity", CreateCommunity);
  table.Add("GetCommunity", GetCommunity);
  table.Add("BatchGetCommunities", BatchGetCommunities);
  table.Add("ListCommunities", ListCommunities);
  table.Add("ListMyCommunities", ListMyCommunities);
  table.Add("UpdateCommunity", UpdateCommunity);

  const std::string service = "guildhall.directory.v1.DirectoryService";
  Keep<v1::GetMemberRequest>(directory, server, service + "/GetMember");
  Keep<v1::GetCommunityRequest>(directory, server, service + "/GetCommunity");

  rpc::HandlerTable moderation(directory, server, "guildhall.directory.v1.MemberModerationService");
  moderation.Add("ModerateMember", ModerateMember);
  moderation.Add("ListProfileRemovals", ListProfileRemovals);
  moderation.Add("ListMyProfileRemovals", ListMyProfileRemovals);

  RegisterBelonging(directory, server);

  rpc::HandlerTable archive(directory, server, "guildhall.directory.v1.CommunityArchiveService");
  archive.Add("ArchiveCommunity", ArchiveCommunity);
  archive.Add("RestoreCommunity", RestoreCommunity);

  rpc::HandlerTable search(directory, server, "guildhall.directory.v1.MemberSearchService");
  search.Add("SearchMembers", SearchMembers);
  search.Add("ListFacetValues", ListFacetValues);

  rpc::HandlerTable communities(directory, server, "guildhall.directory.v1.CommunitySearchService");
  communities.Add("SearchCommunities", SearchCommunities);

  rpc::HandlerTable templates(directory, server, "guildhall.directory.v1.CommunityTemplateService");
  templates.Add("ListCommunityTemplates", ListCommunityTemplates);

  rpc::HandlerTable charters(directory, server, "guildhall.directory.v1.CharterService");
  charters.Add("GetCharter", GetCharter);
  charters.Add("UpdateCharter", UpdateCharter);
  charters.Add("ListOverdueCharters", ListOverdueCharters);

  rpc::HandlerTable internal(directory, server, "guildhall.directory.v1.InternalDirectoryService");
  internal.Add("BatchGetAccessFacts", BatchGetAccessFacts);
  internal.Add("ImportMembers", ImportMembers);
  internal.Add("ImportCommunities", ImportCommunities);
  internal.Add("ImportMemberships", ImportMemberships);

  rpc::HandlerTable items(directory, server, "guildhall.change.v1.InternalItemService");
  items.Add("LoadItems", LoadItems);
}

}  // namespace guildhall::directory
