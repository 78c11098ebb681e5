#include "services/gateway/api/search_call.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/gateway/domain/limits.h"

namespace guildhall::gateway {
namespace {

constexpr std::string_view kSearchMembers =
    "/guildhall.directory.v1.MemberSearchService/SearchMembers";
constexpr std::string_view kSearchCommunities =
    "/guildhall.directory.v1.CommunitySearchService/SearchCommunities";
constexpr std::string_view kListMyCommunities =
    "/guildhall.directory.v1.DirectoryService/ListMyCommunities";
constexpr std::string_view kSearchPosts = "/guildhall.discussions.v1.PostSearchService/SearchPosts";

// What is looked for in names, which are found by the beginnings of their words anyway: posts need
// an asterisk for that.
std::string NamesIn(const std::string& query) {
  return query.ends_with('*') ? query.substr(0, query.size() - 1) : query;
}

int QuotaOf(int asked) { return asked == 0 ? kUsualSearchQuota : std::min(asked, kMaxSearchQuota); }

absl::Status CheckQuota(const char* field, int asked) {
  return asked >= 0 ? absl::OkStatus() : WrongField(field, "is not negative");
}

// Before the caller itself stops waiting.
Deadline DeadlineFor(Deadline caller) {
  return Deadline::After(std::min(SearchCall::kPatience, caller.Remaining() * 0.9));
}

v1::SearchState WhyMissing(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kDeadlineExceeded:
      return v1::SEARCH_STATE_LATE;
    case absl::StatusCode::kInvalidArgument:
      return v1::SEARCH_STATE_UNFIT;
    default:
      return v1::SEARCH_STATE_AWAY;
  }
}

}  // namespace

absl::StatusOr<v1::SearchRequest> SearchCall::Read(std::string_view message) {
  v1::SearchRequest request;
  if (!request.ParseFromArray(message.data(), static_cast<int>(message.size()))) {
    return Refusal(policy::reasons::kMessageMalformed, "The request is no SearchRequest.");
  }
  GUILDHALL_TRY(CheckQuota("member_quota", request.member_quota()));
  GUILDHALL_TRY(CheckQuota("community_quota", request.community_quota()));
  GUILDHALL_TRY(CheckQuota("post_quota", request.post_quota()));
  if (request.communities_size() > kMaxSearchedCommunities) {
    return WrongField("communities", absl::StrCat("takes at most ", kMaxSearchedCommunities));
  }
  for (const std::string& name : request.communities()) {
    GUILDHALL_TRY(resources::ParseCommunity("communities", name).status());
  }
  return request;
}

SearchCall::SearchCall(Shared& shared, Asked asked, Done done)
    : shared_(shared),
      asked_(std::move(asked)),
      deadline_(DeadlineFor(asked_.deadline)),
      done_(std::move(done)) {
  directory::v1::SearchMembersRequest members;
  members.set_query(NamesIn(asked_.request.query()));
  members.set_page_size(QuotaOf(asked_.request.member_quota()));
  Ask("directory", kSearchMembers, members, &SearchCall::TakeMembers, &SearchCall::MissMembers);
  directory::v1::SearchCommunitiesRequest communities;
  communities.set_query(NamesIn(asked_.request.query()));
  communities.set_page_size(QuotaOf(asked_.request.community_quota()));
  Ask("directory", kSearchCommunities, communities, &SearchCall::TakeCommunities,
      &SearchCall::MissCommunities);
  if (!asked_.request.communities().empty()) {
    AskForPosts();
    return;
  }
  directory::v1::ListMyCommunitiesRequest mine;
  mine.set_page_size(kMaxSearchedCommunities);
  Ask("directory", kListMyCommunities, mine, &SearchCall::TakePlaces, &SearchCall::MissPosts);
}

template <typename Response>
void SearchCall::Ask(std::string_view audience, std::string_view method,
                     const google::protobuf::Message& request, void (SearchCall::*take)(Response&&),
                     void (SearchCall::*miss)(v1::SearchState)) {
  const auto on_reply = [this, take, miss](absl::StatusOr<std::string> reply) {
    if (!done_) return;
    // A service that takes no token at all is away; the others have found what they have.
    const bool is_away = asked_.has_renewed && Is(reply.status(), policy::reasons::kTokenInvalid);
    if (absl::IsUnauthenticated(reply.status()) && !is_away) return Finish(reply.status());
    Response response;
    if (reply.ok() && !response.ParseFromString(*reply)) {
      reply = absl::InternalError("The service's answer is broken.");
    }
    if (!reply.ok()) return (this->*miss)(WhyMissing(reply.status()));
    (this->*take)(std::move(response));
  };
  std::vector<UnaryCall::OwnField> fields = {
      {"guildhall-token", std::string(asked_.tokens->For(audience))},
      {"traceparent", asked_.traceparent, true}};
  calls_.push_back(std::make_unique<UnaryCall>(*shared_.upstreams.at(std::string(audience)), method,
                                               request.SerializeAsString(), std::move(fields),
                                               deadline_, on_reply));
}

void SearchCall::AskForPosts() {
  discussions::v1::SearchPostsRequest posts;
  posts.set_query(asked_.request.query());
  *posts.mutable_communities() = asked_.request.communities();
  posts.set_everywhere(everywhere_);
  posts.set_page_size(QuotaOf(asked_.request.post_quota()));
  Ask("discussions", kSearchPosts, posts, &SearchCall::TakePosts, &SearchCall::MissPosts);
}

void SearchCall::TakeMembers(directory::v1::SearchMembersResponse&& found) {
  found_.mutable_members()->set_state(v1::SEARCH_STATE_COMPLETE);
  found_.mutable_members()->mutable_members()->Swap(found.mutable_members());
  const int quota = QuotaOf(asked_.request.member_quota());
  if (found_.members().members_size() >= quota) return Settle();
  // So many that enough are left without those who are here already.
  directory::v1::SearchMembersRequest about;
  about.set_about(NamesIn(asked_.request.query()));
  about.set_page_size(quota);
  Ask("directory", kSearchMembers, about, &SearchCall::TakeMembersAbout,
      &SearchCall::MissMembersAbout);
}

void SearchCall::TakeMembersAbout(directory::v1::SearchMembersResponse&& found) {
  auto& members = *found_.mutable_members()->mutable_members();
  const int quota = QuotaOf(asked_.request.member_quota());
  for (directory::v1::Member& member : *found.mutable_members()) {
    if (members.size() >= quota) break;
    const bool is_here = std::any_of(members.begin(), members.end(), [&](const auto& here) {
      return here.name() == member.name();
    });
    if (!is_here) *members.Add() = std::move(member);
  }
  Settle();
}

void SearchCall::TakeCommunities(directory::v1::SearchCommunitiesResponse&& found) {
  found_.mutable_communities()->set_state(v1::SEARCH_STATE_COMPLETE);
  found_.mutable_communities()->mutable_communities()->Swap(found.mutable_communities());
  Settle();
}

void SearchCall::TakePlaces(directory::v1::ListMyCommunitiesResponse&& mine) {
  if (!mine.next_page_token().empty()) posts_state_ = v1::SEARCH_STATE_PARTIAL;
  for (const directory::v1::MyCommunity& each : mine.communities()) {
    asked_.request.add_communities(each.community().name());
  }
  everywhere_ = true;
  AskForPosts();
}

void SearchCall::TakePosts(discussions::v1::SearchPostsResponse&& found) {
  if (found.partial()) posts_state_ = v1::SEARCH_STATE_PARTIAL;
  found_.mutable_posts()->set_state(posts_state_);
  found_.mutable_posts()->mutable_results()->Swap(found.mutable_results());
  Settle();
}

void SearchCall::MissMembers(v1::SearchState why) {
  found_.mutable_members()->set_state(why);
  Settle();
}

void SearchCall::MissMembersAbout(v1::SearchState why) {
  // Unfit is what asks for no words, and everything for a directory that does not know of words
  // yet: the next version need not expect that one.
  if (why != v1::SEARCH_STATE_UNFIT) found_.mutable_members()->set_state(why);
  Settle();
}

void SearchCall::MissCommunities(v1::SearchState why) {
  found_.mutable_communities()->set_state(why);
  Settle();
}

void SearchCall::MissPosts(v1::SearchState why) {
  found_.mutable_posts()->set_state(why);
  Settle();
}

void SearchCall::Settle() {
  if (--unsettled_ > 0) return;
  if (found_.members().state() == v1::SEARCH_STATE_UNFIT &&
      found_.communities().state() == v1::SEARCH_STATE_UNFIT &&
      found_.posts().state() == v1::SEARCH_STATE_UNFIT) {
    return Finish(WrongField("query", "is one for no kind: it is empty or too long"));
  }
  Finish(std::move(found_));
}

void SearchCall::Finish(absl::StatusOr<v1::SearchResponse> found) {
  const Done done = std::exchange(done_, nullptr);
  done(std::move(found));
}

}  // namespace guildhall::gateway
