#include "services/gateway/api/routes.h"

#include "absl/strings/str_cat.h"
#include "guildhall/directory/v1/ban_service.pb.h"
#include "guildhall/directory/v1/charter_service.pb.h"
#include "guildhall/directory/v1/community_archive_service.pb.h"
#include "guildhall/directory/v1/community_search_service.pb.h"
#include "guildhall/directory/v1/community_template_service.pb.h"
#include "guildhall/directory/v1/directory_service.pb.h"
#include "guildhall/directory/v1/invitation_service.pb.h"
#include "guildhall/directory/v1/join_request_service.pb.h"
#include "guildhall/directory/v1/member_moderation_service.pb.h"
#include "guildhall/directory/v1/member_search_service.pb.h"
#include "guildhall/directory/v1/membership_service.pb.h"
#include "guildhall/directory/v1/mute_service.pb.h"
#include "guildhall/discussions/v1/bookmark_service.pb.h"
#include "guildhall/discussions/v1/carrying_service.pb.h"
#include "guildhall/discussions/v1/discussions_service.pb.h"
#include "guildhall/discussions/v1/draft_service.pb.h"
#include "guildhall/discussions/v1/feed_service.pb.h"
#include "guildhall/discussions/v1/flag_service.pb.h"
#include "guildhall/discussions/v1/follow_service.pb.h"
#include "guildhall/discussions/v1/history_service.pb.h"
#include "guildhall/discussions/v1/ignore_service.pb.h"
#include "guildhall/discussions/v1/mention_service.pb.h"
#include "guildhall/discussions/v1/moderation_service.pb.h"
#include "guildhall/discussions/v1/poll_service.pb.h"
#include "guildhall/discussions/v1/post_search_service.pb.h"
#include "guildhall/discussions/v1/reaction_service.pb.h"
#include "guildhall/discussions/v1/reading_service.pb.h"
#include "guildhall/discussions/v1/tag_service.pb.h"
#include "guildhall/gateway/v1/live_service.pb.h"
#include "guildhall/gateway/v1/probe_service.pb.h"
#include "guildhall/gateway/v1/search_service.pb.h"
#include "guildhall/identity/v1/access_token_service.pb.h"
#include "guildhall/identity/v1/account_invitation_service.pb.h"
#include "guildhall/identity/v1/account_service.pb.h"
#include "guildhall/identity/v1/email_change_service.pb.h"
#include "guildhall/identity/v1/identity_service.pb.h"
#include "guildhall/identity/v1/password_service.pb.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"

namespace guildhall::gateway {
namespace {

namespace pb = google::protobuf;

// The methods after which the calling session may have ended, so that its tokens are dropped.
constexpr std::string_view kEndSessions[] = {
    "guildhall.identity.v1.IdentityService.SignOut",
    "guildhall.identity.v1.IdentityService.ChangePassword",
    "guildhall.identity.v1.IdentityService.RevokeSession",
    "guildhall.identity.v1.IdentityService.RevokeSessions",
    "guildhall.identity.v1.AccountService.SuspendAccount",
};

// A contract that the gateway stands before, and the service that serves it.
struct Contract {
  const pb::FileDescriptor* file;
  std::string_view audience;
};

std::vector<Contract> Contracts() {
  return {{identity::v1::SignInRequest::descriptor()->file(), "identity"},
          {identity::v1::GetAccountRequest::descriptor()->file(), "identity"},
          {identity::v1::AccessToken::descriptor()->file(), "identity"},
          {identity::v1::Invitation::descriptor()->file(), "identity"},
          {identity::v1::FinishPasswordResetRequest::descriptor()->file(), "identity"},
          {identity::v1::EmailChange::descriptor()->file(), "identity"},
          {directory::v1::GetCommunityRequest::descriptor()->file(), "directory"},
          {directory::v1::CreateBanRequest::descriptor()->file(), "directory"},
          {directory::v1::UpdateMembershipRequest::descriptor()->file(), "directory"},
          {directory::v1::Mute::descriptor()->file(), "directory"},
          {directory::v1::JoinRequest::descriptor()->file(), "directory"},
          {directory::v1::Invitation::descriptor()->file(), "directory"},
          {directory::v1::SearchMembersRequest::descriptor()->file(), "directory"},
          {directory::v1::ModerateMemberRequest::descriptor()->file(), "directory"},
          {directory::v1::Charter::descriptor()->file(), "directory"},
          {directory::v1::SearchCommunitiesRequest::descriptor()->file(), "directory"},
          {directory::v1::ArchiveCommunityRequest::descriptor()->file(), "directory"},
          {directory::v1::CommunityTemplate::descriptor()->file(), "directory"},
          {discussions::v1::GetTopicRequest::descriptor()->file(), "discussions"},
          {discussions::v1::MoveTopicRequest::descriptor()->file(), "discussions"},
          {discussions::v1::SplitTopicRequest::descriptor()->file(), "discussions"},
          {discussions::v1::Flag::descriptor()->file(), "discussions"},
          {discussions::v1::Reaction::descriptor()->file(), "discussions"},
          {discussions::v1::UnreadCount::descriptor()->file(), "discussions"},
          {discussions::v1::TopicFollow::descriptor()->file(), "discussions"},
          {discussions::v1::Ignore::descriptor()->file(), "discussions"},
          {discussions::v1::ListFeedRequest::descriptor()->file(), "discussions"},
          {discussions::v1::Bookmark::descriptor()->file(), "discussions"},
          {discussions::v1::Draft::descriptor()->file(), "discussions"},
          {discussions::v1::SearchResult::descriptor()->file(), "discussions"},
          {discussions::v1::Revision::descriptor()->file(), "discussions"},
          {discussions::v1::Tag::descriptor()->file(), "discussions"},
          {discussions::v1::Mention::descriptor()->file(), "discussions"},
          {discussions::v1::Poll::descriptor()->file(), "discussions"},
          {v1::EchoRequest::descriptor()->file(), "probe"},
          {v1::SubscribeRequest::descriptor()->file(), "gateway"},
          {v1::SearchRequest::descriptor()->file(), "gateway"}};
}

telemetry::Labels LabelsOf(const pb::MethodDescriptor& method) {
  return {{"grpc_service", method.service()->full_name()}, {"grpc_method", method.name()}};
}

}  // namespace

Route::Route(const pb::MethodDescriptor& method, std::string_view audience,
             telemetry::Metrics& metrics)
    : method(method),
      path(absl::StrCat("/", method.service()->full_name(), "/", method.name())),
      audience(audience),
      streams(method.server_streaming()),
      own(audience == "gateway"),
      metrics_(metrics),
      seconds_(metrics.HistogramOf("guildhall_gateway_request_seconds",
                                   "From a request's last byte to its answer.", LabelsOf(method))) {
}

void Route::Answered(Protocol protocol, absl::StatusCode code, absl::Duration took) const {
  auto index = static_cast<std::size_t>(code);
  if (index >= answered_[0].size()) index = static_cast<std::size_t>(absl::StatusCode::kUnknown);
  telemetry::Counter*& counter = answered_[static_cast<std::size_t>(protocol)][index];
  if (counter == nullptr) {
    telemetry::Labels labels = LabelsOf(method);
    labels["protocol"] = Name(protocol);
    labels["code"] = CodeName(static_cast<absl::StatusCode>(index));
    counter = &metrics_.CounterOf("guildhall_gateway_requests_total",
                                  "Requests answered, by method, protocol and code.", labels);
  }
  counter->Increment();
  seconds_.Observe(absl::ToDoubleSeconds(took));
}

absl::StatusOr<Routes> Routes::FromContracts(
    telemetry::Metrics& metrics,
    const std::function<http::Upstream*(std::string_view audience)>& upstream_of) {
  Routes routes;
  for (const Contract& contract : Contracts()) {
    std::vector<const pb::ServiceDescriptor*> services;
    for (int i = 0; i < contract.file->service_count(); ++i) {
      services.push_back(contract.file->service(i));
    }
    GUILDHALL_ASSIGN(const access::PolicyTable policies,
                     access::PolicyTable::FromServices(services));
    for (const access::MethodPolicy& policy : policies.methods()) {
      if (policy.audience == access::Audience::kService) continue;
      routes.Add(std::make_unique<Route>(*policy.descriptor, contract.audience, metrics), policy,
                 upstream_of(contract.audience));
    }
  }
  return routes;
}

void Routes::Add(std::unique_ptr<Route> route, const access::MethodPolicy& policy,
                 http::Upstream* upstream) {
  route->writes = route->method.input_type()->FindFieldByName("request_id") != nullptr;
  route->needs_session = policy.audience == access::Audience::kSignedIn;
  for (const std::string_view name : kEndSessions) {
    route->ends_sessions |= policy.descriptor->full_name() == name;
  }
  route->upstream = upstream;
  by_path_[route->path] = route.get();
  routes_.push_back(std::move(route));
}

const Route* Routes::Find(std::string_view path) const {
  const auto found = by_path_.find(Absl(path));
  return found == by_path_.end() ? nullptr : found->second;
}

}  // namespace guildhall::gateway
