#pragma once

#include <functional>

#include "absl/status/statusor.h"
#include "guildhall/directory/v1/internal_directory_service.pb.h"
#include "guildhall/discussions/v1/internal_discussions_service.pb.h"
#include "guildhall/identity/v1/identity_service.pb.h"
#include "guildhall/identity/v1/internal_identity_service.pb.h"

namespace guildhall::importing {

// One method of a service as the importer calls it: services.h makes them of clients, tests of
// lambdas.
template <typename Req, typename Resp>
using Method = std::function<absl::StatusOr<Resp>(const Req&)>;

// One that answers later, on a thread of its own that must not wait.
template <typename Req, typename Resp>
using AsyncMethod = std::function<void(const Req&, std::function<void(absl::StatusOr<Resp>)>)>;

// The batch methods that take an import.
struct WriterMethods {
  Method<directory::v1::ImportMembersRequest, directory::v1::ImportMembersResponse> members;
  Method<directory::v1::ImportCommunitiesRequest, directory::v1::ImportCommunitiesResponse>
      communities;
  Method<directory::v1::ImportMembershipsRequest, directory::v1::ImportMembershipsResponse>
      memberships;
  Method<discussions::v1::ImportTopicsRequest, discussions::v1::ImportTopicsResponse> topics;
  Method<discussions::v1::ImportPostsRequest, discussions::v1::ImportPostsResponse> posts;
};

// The methods of identity that open accounts.
struct AccountMethods {
  Method<identity::v1::SignUpRequest, identity::v1::Account> sign_up;
  Method<identity::v1::SignInRequest, identity::v1::SignInResponse> sign_in;
  Method<identity::v1::IssueTokensRequest, identity::v1::IssueTokensResponse> issue_tokens;
};

}  // namespace guildhall::importing
