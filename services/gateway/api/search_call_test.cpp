// What a search answers when services answer, are slow, are away or refuse.
#include "services/gateway/api/search_call.h"

#include <atomic>
#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "services/gateway/api/gateway_fixture.h"

namespace guildhall::gateway {
namespace {

namespace dir = directory::v1;
namespace dis = discussions::v1;

constexpr char kOwnCommunity[] = "communities/018f0000-0000-7000-8000-000000000002";

struct Fixture {
  Fixture() {
    services.Serve(directory_queue, directory, "directory");
    directory->Unary<dir::SearchMembersRequest, dir::SearchMembersResponse>(
        "guildhall.directory.v1.MemberSearchService/SearchMembers",
        [this](const rpc::Call&, const dir::SearchMembersRequest& asked) {
          return members(asked);
        });
    directory->Unary<dir::SearchCommunitiesRequest, dir::SearchCommunitiesResponse>(
        "guildhall.directory.v1.CommunitySearchService/SearchCommunities",
        [](const rpc::Call&, const dir::SearchCommunitiesRequest& asked)
            -> absl::StatusOr<dir::SearchCommunitiesResponse> {
          if (asked.query().empty()) return WrongField("query", "is empty");
          dir::SearchCommunitiesResponse response;
          for (int n = 0; n < asked.page_size(); ++n) response.add_communities();
          return response;
        });
    ServeDirectoryService();
    services.Serve(discussions_queue, discussions, "discussions");
    discussions->Unary<dis::SearchPostsRequest, dis::SearchPostsResponse>(
        "guildhall.discussions.v1.PostSearchService/SearchPosts",
        [this](const rpc::Call&, const dis::SearchPostsRequest& asked) { return posts(asked); });
    GUILDHALL_CHECK(directory->Start().ok());
    GUILDHALL_CHECK(discussions->Start().ok());
  }

  // One of its methods is asked, all have to be served.
  void ServeDirectoryService() {
    directory->Unary<dir::ListMyCommunitiesRequest, dir::ListMyCommunitiesResponse>(
        "guildhall.directory.v1.DirectoryService/ListMyCommunities",
        [this](const rpc::Call&, const dir::ListMyCommunitiesRequest&) { return mine(); });
    NeverAsked<dir::GetMemberRequest, dir::Member>("GetMember");
    NeverAsked<dir::BatchGetMembersRequest, dir::BatchGetMembersResponse>("BatchGetMembers");
    NeverAsked<dir::UpdateMemberRequest, dir::Member>("UpdateMember");
    NeverAsked<dir::CreateCommunityRequest, dir::Community>("CreateCommunity");
    NeverAsked<dir::GetCommunityRequest, dir::Community>("GetCommunity");
    NeverAsked<dir::ListCommunitiesRequest, dir::ListCommunitiesResponse>("ListCommunities");
    NeverAsked<dir::BatchGetCommunitiesRequest, dir::BatchGetCommunitiesResponse>(
        "BatchGetCommunities");
    NeverAsked<dir::UpdateCommunityRequest, dir::Community>("UpdateCommunity");
    NeverAsked<dir::ListFacetValuesRequest, dir::ListFacetValuesResponse>("ListFacetValues",
                                                                          "MemberSearchService");
  }
  template <typename Request, typename Response>
  void NeverAsked(const char* method, const char* service = "DirectoryService") {
    directory->Unary<Request, Response>(
        absl::StrCat("guildhall.directory.v1.", service, "/", method),
        [](const rpc::Call&, const Request&) -> absl::StatusOr<Response> {
          return Refusal(policy::reasons::kDependencyAway, "Not now.");
        });
  }

  v1::SearchRequest Request(const std::string& query = "rye") {
    v1::SearchRequest request;
    request.set_query(query);
    request.add_communities("communities/018f0000-0000-7000-8000-000000000001");
    return request;
  }
  // Starts a gateway before the services on the first call.
  WireClient::Reply Ask(const v1::SearchRequest& request) {
    if (!house) {
      house.emplace([this](Settings& settings) {
        settings.directory_address = directory->address();
        settings.discussions_address = discussions_address.value_or(discussions->address());
      });
    }
    return house->Ask({.path = "/guildhall.gateway.v1.SearchService/Search",
                       .content_type = "application/proto",
                       .body = request.SerializeAsString()});
  }
  v1::SearchResponse Search(const v1::SearchRequest& request) {
    const WireClient::Reply reply = Ask(request);
    INFO(reply.body);
    REQUIRE(reply.status == 200);
    v1::SearchResponse response;
    REQUIRE(response.ParseFromString(reply.body));
    return response;
  }

  std::function<absl::StatusOr<dir::SearchMembersResponse>(const dir::SearchMembersRequest&)>
      members =
          [](const dir::SearchMembersRequest& asked) -> absl::StatusOr<dir::SearchMembersResponse> {
    dir::SearchMembersResponse response;
    if (!asked.about().empty()) return response;
    if (asked.query().empty()) return WrongField("query", "is empty");
    response.add_members()->set_display_name(asked.query());
    return response;
  };
  std::function<absl::StatusOr<dis::SearchPostsResponse>(const dis::SearchPostsRequest&)> posts =
      [](const dis::SearchPostsRequest& asked) -> absl::StatusOr<dis::SearchPostsResponse> {
    if (asked.query().empty()) return WrongField("query", "is empty");
    dis::SearchPostsResponse response;
    response.add_results()->set_community(asked.communities(0));
    response.set_partial(asked.everywhere());
    return response;
  };
  std::function<absl::StatusOr<dir::ListMyCommunitiesResponse>()> mine = [] {
    dir::ListMyCommunitiesResponse response;
    response.add_communities()->mutable_community()->set_name(kOwnCommunity);
    return response;
  };

  absl::Notification over;   // what a handler waits for
  ServicesFixture services;  // these two are who its tokens are for
  rpc::Queue directory_queue, discussions_queue;
  std::unique_ptr<rpc::Server> directory, discussions;
  std::optional<std::string> discussions_address;
  std::optional<GatewayFixture> house;
};

TEST_CASE_METHOD(Fixture, "each kind is asked with the query and its own quota") {
  v1::SearchRequest request = Request();
  request.set_community_quota(2);
  const v1::SearchResponse found = Search(request);
  CHECK(found.members().state() == v1::SEARCH_STATE_COMPLETE);
  CHECK(found.members().members(0).display_name() == "rye");
  CHECK(found.communities().state() == v1::SEARCH_STATE_COMPLETE);
  CHECK(found.communities().communities_size() == 2);
  CHECK(found.posts().state() == v1::SEARCH_STATE_COMPLETE);
  CHECK(found.posts().results(0).community() == request.communities(0));
  CHECK(Search(Request()).communities().communities_size() == 5);
  request.set_community_quota(1000);
  CHECK(Search(request).communities().communities_size() == 20);
}

// A member of each name.
dir::SearchMembersResponse Members(const std::vector<std::string>& names) {
  dir::SearchMembersResponse response;
  for (const std::string& name : names) response.add_members()->set_name(name);
  return response;
}

TEST_CASE_METHOD(Fixture, "after who is called so come those who say so of themselves, each once") {
  members = [](const dir::SearchMembersRequest& asked) {
    if (asked.query() + asked.about() != "rye") return Members({});
    return asked.about().empty() ? Members({"ryan", "rye"})
                                 : Members({"baker", "rye", "miller", "brewer"});
  };
  v1::SearchRequest request = Request();
  request.set_member_quota(4);
  const auto names = [&] {
    const v1::SearchResponse found = Search(request);
    CHECK(found.members().state() == v1::SEARCH_STATE_COMPLETE);
    std::string all;
    for (const dir::Member& member : found.members().members()) all += member.name() + " ";
    return all;
  };
  CHECK(names() == "ryan rye baker miller ");
  request.set_member_quota(20);
  CHECK(names() == "ryan rye baker miller brewer ");
  // Enough are called so: nobody else is asked for.
  std::atomic<bool> asked_about = false;
  members = [&](const dir::SearchMembersRequest& asked) {
    if (!asked.about().empty()) asked_about = true;
    return Members({"ryan", "rye"});
  };
  request.set_member_quota(2);
  CHECK(names() == "ryan rye ");
  CHECK(!asked_about);
}

TEST_CASE_METHOD(Fixture, "an asterisk is for posts: names are found by beginnings anyway") {
  v1::SearchRequest request = Request();
  request.set_query("rye*");
  CHECK(Search(request).members().members(0).display_name() == "rye");
}

TEST_CASE_METHOD(Fixture, "who is called so comes also where what members say is late or refused") {
  const auto refusal = GENERATE(policy::reasons::kDependencyAway, policy::reasons::kFieldInvalid);
  using Found = absl::StatusOr<dir::SearchMembersResponse>;
  members = [&](const dir::SearchMembersRequest& asked) -> Found {
    if (asked.about().empty()) return Members({"rye"});
    return Refusal(refusal, "Not so.");
  };
  const v1::SearchResponse found = Search(Request());
  CHECK(found.members().members_size() == 1);
  const bool is_away = refusal.name == policy::reasons::kDependencyAway.name;
  CHECK(found.members().state() == (is_away ? v1::SEARCH_STATE_AWAY : v1::SEARCH_STATE_COMPLETE));
}

TEST_CASE_METHOD(Fixture, "a service that is slow is missing alone") {
  posts = [this](const dis::SearchPostsRequest&) {
    over.WaitForNotification();
    return dis::SearchPostsResponse();
  };
  const v1::SearchResponse found = Search(Request());
  over.Notify();
  CHECK(found.posts().state() == v1::SEARCH_STATE_LATE);
  CHECK(found.members().state() == v1::SEARCH_STATE_COMPLETE);
  CHECK(found.members().members_size() == 1);
  CHECK(found.communities().state() == v1::SEARCH_STATE_COMPLETE);
}

TEST_CASE_METHOD(Fixture, "a service that is away is missing alone") {
  discussions_address = "unix:/nowhere/socket";
  const v1::SearchResponse found = Search(Request());
  CHECK(found.posts().state() == v1::SEARCH_STATE_AWAY);
  CHECK(found.members().state() == v1::SEARCH_STATE_COMPLETE);
  CHECK(found.communities().state() == v1::SEARCH_STATE_COMPLETE);
}

TEST_CASE_METHOD(Fixture, "where the communities cannot be asked for, posts alone are missing") {
  v1::SearchRequest request = Request();
  request.clear_communities();
  mine = [] { return Refusal(policy::reasons::kDependencyAway, "Not now."); };
  const v1::SearchResponse found = Search(request);
  CHECK(found.posts().state() == v1::SEARCH_STATE_AWAY);
  CHECK(found.members().state() == v1::SEARCH_STATE_COMPLETE);
}

TEST_CASE_METHOD(Fixture, "who does not say where looks everywhere, first at its own") {
  v1::SearchRequest request = Request();
  CHECK(Search(request).posts().state() == v1::SEARCH_STATE_COMPLETE);
  request.clear_communities();
  const v1::SearchResponse found = Search(request);
  CHECK(found.posts().results(0).community() == kOwnCommunity);
  CHECK(found.posts().state() == v1::SEARCH_STATE_PARTIAL);
}

TEST_CASE_METHOD(Fixture, "a query that is none for a kind is one for the others") {
  members = [](const dir::SearchMembersRequest&) { return WrongField("query", "is too long"); };
  const v1::SearchResponse found = Search(Request());
  CHECK(found.members().state() == v1::SEARCH_STATE_UNFIT);
  CHECK(found.posts().state() == v1::SEARCH_STATE_COMPLETE);
  const WireClient::Reply refused = Ask(Request(""));
  CHECK(refused.status == 400);
  CHECK(refused.body.find("FIELD_INVALID") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "what cannot be asked is refused before a service hears of it") {
  v1::SearchRequest request = Request();
  request.set_post_quota(-1);
  CHECK(Ask(request).body.find("FIELD_INVALID") != std::string::npos);
  request = Request();
  request.add_communities("topics/x");
  CHECK(Ask(request).body.find("FIELD_INVALID") != std::string::npos);
}

TEST_CASE_METHOD(Fixture, "a session that has ended ends the search") {
  members = [](const dir::SearchMembersRequest&) {
    return Refusal(policy::reasons::kSessionEnded, "The session has ended.");
  };
  const WireClient::Reply refused = Ask(Request());
  CHECK(refused.status == 401);
  CHECK(refused.body.find("SESSION_ENDED") != std::string::npos);
}

TEST_CASE_METHOD(Fixture,
                 "a token that is not taken is renewed once, and then that service is away") {
  std::atomic<int> refusals = 1;
  posts = [&](const dis::SearchPostsRequest&) -> absl::StatusOr<dis::SearchPostsResponse> {
    if (refusals-- > 0) return Refusal(policy::reasons::kTokenInvalid, "No token.");
    return dis::SearchPostsResponse();
  };
  CHECK(Search(Request()).posts().state() == v1::SEARCH_STATE_COMPLETE);
  CHECK(house->services.exchanges == 2);
  refusals = 2;
  const v1::SearchResponse found = Search(Request());
  CHECK(found.posts().state() == v1::SEARCH_STATE_AWAY);
  CHECK(found.members().state() == v1::SEARCH_STATE_COMPLETE);
}

}  // namespace
}  // namespace guildhall::gateway
