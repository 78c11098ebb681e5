#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "guildhall/directory/v1/community_search_service.pb.h"
#include "guildhall/directory/v1/member_search_service.pb.h"
#include "guildhall/gateway/v1/search_service.pb.h"
#include "libs/base/deadline.h"
#include "services/gateway/api/gateway.h"
#include "services/gateway/clients/unary.h"

namespace guildhall::gateway {

// One search under way: each kind is asked of its service with the caller's own token, all at once
// and each for itself, so that none waits for another or fails with it. Destroying it cancels what
// is under way. On the loop.
class SearchCall {
 public:
  // What was found, or SESSION_ENDED, or FIELD_INVALID when the query is one for no kind. Told
  // later, once; it may destroy the call.
  using Done = std::function<void(absl::StatusOr<v1::SearchResponse>)>;

  struct Asked {
    v1::SearchRequest request;
    Sessions::Tokens tokens;
    // Whether these are new, since a service did not take others.
    bool has_renewed = false;
    std::string traceparent;
    // Of the caller; no kind is waited for longer than kPatience.
    Deadline deadline;
  };

  // A page with results waits no longer for a part of them.
  static constexpr absl::Duration kPatience = absl::Seconds(1);

  // Fails with MESSAGE_MALFORMED and FIELD_INVALID.
  static absl::StatusOr<v1::SearchRequest> Read(std::string_view message);

  SearchCall(Shared& shared, Asked asked, Done done);

 private:
  // Asks a service; `take` gets its answer, `state` says why there is none.
  template <typename Response>
  void Ask(std::string_view audience, std::string_view method,
           const google::protobuf::Message& request, void (SearchCall::*take)(Response&&),
           void (SearchCall::*miss)(v1::SearchState));
  void AskForPosts();

  void TakeMembers(directory::v1::SearchMembersResponse&& found);
  // Those who say so of themselves, where fewer than the quota are called so.
  void TakeMembersAbout(directory::v1::SearchMembersResponse&& found);
  void TakeCommunities(directory::v1::SearchCommunitiesResponse&& found);
  void TakePlaces(directory::v1::ListMyCommunitiesResponse&& mine);
  void TakePosts(discussions::v1::SearchPostsResponse&& found);
  void MissMembers(v1::SearchState why);
  void MissMembersAbout(v1::SearchState why);
  void MissCommunities(v1::SearchState why);
  void MissPosts(v1::SearchState why);

  // One kind more is settled.
  void Settle();
  void Finish(absl::StatusOr<v1::SearchResponse> found);

  Shared& shared_;
  Asked asked_;
  const Deadline deadline_;
  Done done_;
  v1::SearchResponse found_;
  // Nobody said where to look for posts.
  bool everywhere_ = false;
  v1::SearchState posts_state_ = v1::SEARCH_STATE_COMPLETE;
  int unsettled_ = 3;
  std::vector<std::unique_ptr<UnaryCall>> calls_;
};

}  // namespace guildhall::gateway
