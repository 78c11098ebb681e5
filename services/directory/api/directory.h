#pragma once

#include "guildhall/change/v1/internal_item_service.pb.h"
#include "guildhall/directory/v1/ban_service.pb.h"
#include "guildhall/directory/v1/charter_service.pb.h"
#include "guildhall/directory/v1/community_archive_service.pb.h"
#include "guildhall/directory/v1/community_search_service.pb.h"
#include "guildhall/directory/v1/community_template_service.pb.h"
#include "guildhall/directory/v1/directory_service.pb.h"
#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/directory/v1/invitation_service.pb.h"
#include "guildhall/directory/v1/join_request_service.pb.h"
#include "guildhall/directory/v1/member_moderation_service.pb.h"
#include "guildhall/directory/v1/member_search_service.pb.h"
#include "guildhall/directory/v1/membership_service.pb.h"
#include "guildhall/directory/v1/mute_service.pb.h"
#include "libs/base/random.h"
#include "libs/cache/replies.h"
#include "libs/feeds/access_owner.h"
#include "libs/postgres/database.h"
#include "libs/resources/page_tokens.h"
#include "libs/rpc/call.h"
#include "services/directory/store/change_looks.h"
#include "services/directory/store/community_store.h"

namespace guildhall::rpc {
class Server;  // its header brings gRPC's along, which no handler needs
}

namespace guildhall::directory {

// What the handlers work with. Outlives the server.
struct Directory {
  postgres::Database& database;
  Random& random;
  const resources::PageTokens& page_tokens;
  feeds::AccessOwner& access;
  cache::Replies& replies;
  // Profiles as BatchGetMembers shows them to employees.
  const cache::Method& member_rows = replies.Declare("BatchGetMembers");
  CommunityStore communities{database};
};

// One function per RPC, each in the file of its name. What each does, costs and fails with stands
// in the contract, protos/guildhall/directory/v1.
absl::StatusOr<v1::Member> GetMember(Directory&, const rpc::Call&, const v1::GetMemberRequest&);
absl::StatusOr<v1::BatchGetMembersResponse> BatchGetMembers(Directory&, const rpc::Call&,
                                                            const v1::BatchGetMembersRequest&);
absl::StatusOr<v1::Member> UpdateMember(Directory&, const rpc::Call&,
                                        const v1::UpdateMemberRequest&);
absl::StatusOr<v1::Member> ModerateMember(Directory&, const rpc::Call&,
                                          const v1::ModerateMemberRequest&);
absl::StatusOr<v1::ListProfileRemovalsResponse> ListProfileRemovals(
    Directory&, const rpc::Call&, const v1::ListProfileRemovalsRequest&);
absl::StatusOr<v1::ListMyProfileRemovalsResponse> ListMyProfileRemovals(
    Directory&, const rpc::Call&, const v1::ListMyProfileRemovalsRequest&);
absl::StatusOr<v1::Community> CreateCommunity(Directory&, const rpc::Call&,
                                              const v1::CreateCommunityRequest&);
absl::StatusOr<v1::Community> GetCommunity(Directory&, const rpc::Call&,
                                           const v1::GetCommunityRequest&);
absl::StatusOr<v1::BatchGetCommunitiesResponse> BatchGetCommunities(
    Directory&, const rpc::Call&, const v1::BatchGetCommunitiesRequest&);
absl::StatusOr<v1::ListCommunitiesResponse> ListCommunities(Directory&, const rpc::Call&,
                                                            const v1::ListCommunitiesRequest&);
absl::StatusOr<v1::ListMyCommunitiesResponse> ListMyCommunities(
    Directory&, const rpc::Call&, const v1::ListMyCommunitiesRequest&);
absl::StatusOr<v1::Community> UpdateCommunity(Directory&, const rpc::Call&,
                                              const v1::UpdateCommunityRequest&);
absl::StatusOr<v1::ListCommunityTemplatesResponse> ListCommunityTemplates(
    Directory&, const rpc::Call&, const v1::ListCommunityTemplatesRequest&);
absl::StatusOr<v1::Community> ArchiveCommunity(Directory&, const rpc::Call&,
                                               const v1::ArchiveCommunityRequest&);
absl::StatusOr<v1::Community> RestoreCommunity(Directory&, const rpc::Call&,
                                               const v1::RestoreCommunityRequest&);
absl::StatusOr<v1::Standing> GetStanding(Directory&, const rpc::Call&,
                                         const v1::GetStandingRequest&);
absl::StatusOr<v1::Membership> JoinCommunity(Directory&, const rpc::Call&,
                                             const v1::JoinCommunityRequest&);
absl::StatusOr<v1::LeaveCommunityResponse> LeaveCommunity(Directory&, const rpc::Call&,
                                                          const v1::LeaveCommunityRequest&);
absl::StatusOr<v1::ListMembershipsResponse> ListMemberships(Directory&, const rpc::Call&,
                                                            const v1::ListMembershipsRequest&);
absl::StatusOr<v1::Membership> GetMembership(Directory&, const rpc::Call&,
                                             const v1::GetMembershipRequest&);
absl::StatusOr<v1::ListOwnerlessCommunitiesResponse> ListOwnerlessCommunities(
    Directory&, const rpc::Call&, const v1::ListOwnerlessCommunitiesRequest&);
absl::StatusOr<v1::ListMemberCommunitiesResponse> ListMemberCommunities(
    Directory&, const rpc::Call&, const v1::ListMemberCommunitiesRequest&);
absl::StatusOr<v1::Membership> UpdateMembership(Directory&, const rpc::Call&,
                                                const v1::UpdateMembershipRequest&);
absl::StatusOr<v1::DeleteMembershipResponse> DeleteMembership(Directory&, const rpc::Call&,
                                                              const v1::DeleteMembershipRequest&);
absl::StatusOr<v1::Ban> CreateBan(Directory&, const rpc::Call&, const v1::CreateBanRequest&);
absl::StatusOr<v1::DeleteBanResponse> DeleteBan(Directory&, const rpc::Call&,
                                                const v1::DeleteBanRequest&);
absl::StatusOr<v1::Ban> GetBan(Directory&, const rpc::Call&, const v1::GetBanRequest&);
absl::StatusOr<v1::ListBansResponse> ListBans(Directory&, const rpc::Call&,
                                              const v1::ListBansRequest&);

absl::StatusOr<v1::Mute> CreateMute(Directory&, const rpc::Call&, const v1::CreateMuteRequest&);
absl::StatusOr<v1::DeleteMuteResponse> DeleteMute(Directory&, const rpc::Call&,
                                                  const v1::DeleteMuteRequest&);
absl::StatusOr<v1::Mute> GetMute(Directory&, const rpc::Call&, const v1::GetMuteRequest&);
absl::StatusOr<v1::ListMutesResponse> ListMutes(Directory&, const rpc::Call&,
                                                const v1::ListMutesRequest&);
absl::StatusOr<v1::ListMyMutesResponse> ListMyMutes(Directory&, const rpc::Call&,
                                                    const v1::ListMyMutesRequest&);

absl::StatusOr<v1::JoinRequest> CreateJoinRequest(Directory&, const rpc::Call&,
                                                  const v1::CreateJoinRequestRequest&);
absl::StatusOr<v1::ListJoinRequestsResponse> ListJoinRequests(Directory&, const rpc::Call&,
                                                              const v1::ListJoinRequestsRequest&);
absl::StatusOr<v1::ListWaitingJoinRequestsResponse> ListWaitingJoinRequests(
    Directory&, const rpc::Call&, const v1::ListWaitingJoinRequestsRequest&);
absl::StatusOr<v1::GetWaitingJoinRequestCountResponse> GetWaitingJoinRequestCount(
    Directory&, const rpc::Call&, const v1::GetWaitingJoinRequestCountRequest&);
absl::StatusOr<v1::ListMyJoinRequestsResponse> ListMyJoinRequests(
    Directory&, const rpc::Call&, const v1::ListMyJoinRequestsRequest&);
absl::StatusOr<v1::Membership> ApproveJoinRequest(Directory&, const rpc::Call&,
                                                  const v1::ApproveJoinRequestRequest&);
absl::StatusOr<v1::JoinRequest> DeclineJoinRequest(Directory&, const rpc::Call&,
                                                   const v1::DeclineJoinRequestRequest&);
absl::StatusOr<v1::DeleteJoinRequestResponse> DeleteJoinRequest(
    Directory&, const rpc::Call&, const v1::DeleteJoinRequestRequest&);
absl::StatusOr<v1::Invitation> CreateInvitation(Directory&, const rpc::Call&,
                                                const v1::CreateInvitationRequest&);
absl::StatusOr<v1::ListInvitationsResponse> ListInvitations(Directory&, const rpc::Call&,
                                                            const v1::ListInvitationsRequest&);
absl::StatusOr<v1::ListMyInvitationsResponse> ListMyInvitations(
    Directory&, const rpc::Call&, const v1::ListMyInvitationsRequest&);
absl::StatusOr<v1::DeleteInvitationResponse> DeleteInvitation(Directory&, const rpc::Call&,
                                                              const v1::DeleteInvitationRequest&);
absl::StatusOr<v1::Membership> AcceptInvitation(Directory&, const rpc::Call&,
                                                const v1::AcceptInvitationRequest&);
absl::StatusOr<v1::DeclineInvitationResponse> DeclineInvitation(
    Directory&, const rpc::Call&, const v1::DeclineInvitationRequest&);
absl::StatusOr<v1::SearchMembersResponse> SearchMembers(Directory&, const rpc::Call&,
                                                        const v1::SearchMembersRequest&);
absl::StatusOr<v1::ListFacetValuesResponse> ListFacetValues(Directory&, const rpc::Call&,
                                                            const v1::ListFacetValuesRequest&);
absl::StatusOr<v1::SearchCommunitiesResponse> SearchCommunities(
    Directory&, const rpc::Call&, const v1::SearchCommunitiesRequest&);
absl::StatusOr<v1::Charter> GetCharter(Directory&, const rpc::Call&, const v1::GetCharterRequest&);
absl::StatusOr<v1::Charter> UpdateCharter(Directory&, const rpc::Call&,
                                          const v1::UpdateCharterRequest&);
absl::StatusOr<v1::ListOverdueChartersResponse> ListOverdueCharters(
    Directory&, const rpc::Call&, const v1::ListOverdueChartersRequest&);

absl::StatusOr<v1::BatchGetAccessFactsResponse> BatchGetAccessFacts(
    Directory&, const rpc::Call&, const v1::BatchGetAccessFactsRequest&);
absl::StatusOr<v1::ImportMembersResponse> ImportMembers(Directory&, const rpc::Call&,
                                                        const v1::ImportMembersRequest&);
absl::StatusOr<v1::ImportCommunitiesResponse> ImportCommunities(
    Directory&, const rpc::Call&, const v1::ImportCommunitiesRequest&);
absl::StatusOr<v1::ImportMembershipsResponse> ImportMemberships(
    Directory&, const rpc::Call&, const v1::ImportMembershipsRequest&);

absl::StatusOr<change::v1::LoadItemsResponse> LoadItems(Directory&, const rpc::Call&,
                                                        const change::v1::LoadItemsRequest&);

// Which replies to employees are kept (rpc::Server::Keep), and what they depend on.
std::optional<cache::Subject> SubjectOf(const v1::GetMemberRequest&);
std::optional<cache::Subject> SubjectOf(const v1::GetCommunityRequest&);

// Puts all of them into the table of a server that has not started.
void Register(Directory& directory, rpc::Server& server);

}  // namespace guildhall::directory
