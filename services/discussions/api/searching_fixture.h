#pragma once

#include <string>
#include <vector>

#include "services/discussions/api/api_fixture.h"
#include "services/discussions/workers/search_indexer.h"

namespace guildhall::discussions {

// For tests of searches.
struct SearchingFixture : ApiFixture {
  SearchIndexer indexer{*database};

  void Index() {
    for (int taken = 1; taken > 0;) taken = Must(indexer.RunOnce(clock.Now()));
  }
  v1::SearchPostsRequest Request(const std::string& query) {
    v1::SearchPostsRequest request;
    request.set_query(query);
    for (const CommunityId place : {open, closed, secret}) {
      request.add_communities(resources::Name(place));
    }
    return request;
  }
  absl::StatusOr<v1::SearchPostsResponse> Search(MemberId who,
                                                 const v1::SearchPostsRequest& request) {
    return Call<v1::SearchPostsResponse>(who, "PostSearchService/SearchPosts", request);
  }
  // What is found by what is known already.
  std::vector<std::string> KnownNames(MemberId who, const std::string& query) {
    const auto page = Must(Search(who, Request(query)));
    std::vector<std::string> names;
    for (const v1::SearchResult& result : page.results()) names.push_back(result.post());
    return names;
  }
  std::vector<std::string> Names(MemberId who, const std::string& query) {
    Index();
    return KnownNames(who, query);
  }
  bool Finds(const std::string& query, const v1::Post& post, MemberId who = MemberId(Numbered(1))) {
    return Names(who, query) == std::vector{post.name()};
  }
};

}  // namespace guildhall::discussions
