#include "tools/import/writer.h"

#include <catch2/catch.hpp>
#include <set>

namespace guildhall::importing {
namespace {

using discussions::v1::ImportedPost;
using discussions::v1::ImportPostsRequest;
using discussions::v1::ImportPostsResponse;

// What a service would have been sent; it knows by name which posts are there.
struct Sink {
  std::vector<ImportPostsRequest> batches;
  std::set<std::string> there;

  WriterMethods methods() {
    return {.posts = [this](const ImportPostsRequest& request) {
      batches.push_back(request);
      int created = 0;
      for (const ImportedPost& post : request.posts()) created += there.insert(post.name()).second;
      ImportPostsResponse response;
      response.set_created_count(created);
      return response;
    }};
  }
};

std::vector<ImportedPost> Posts(int count, std::size_t bytes) {
  std::vector<ImportedPost> posts(count);
  for (int i = 0; i < count; ++i) {
    posts[i].set_name(std::to_string(i));
    posts[i].set_markdown(std::string(bytes, 'x'));
  }
  return posts;
}

TEST_CASE("records go out in order, in batches of at most 1,000") {
  Sink sink;
  Writer writer(sink.methods());
  REQUIRE(writer.ImportPosts(Posts(2500, 10)).ok());
  REQUIRE(sink.batches.size() == 3);
  CHECK(sink.batches[0].posts_size() == 1000);
  CHECK(sink.batches[2].posts_size() == 500);
  CHECK(sink.batches[1].posts(0).name() == "1000");
}

TEST_CASE("a batch of the longest posts stays below 4 MiB") {
  Sink sink;
  Writer writer(sink.methods());
  REQUIRE(writer.ImportPosts(Posts(200, 64 << 10)).ok());
  CHECK(sink.batches.size() == 4);
  for (const ImportPostsRequest& batch : sink.batches) CHECK(batch.ByteSizeLong() <= 4 << 20);
}

TEST_CASE("a second run sends the same and creates nothing") {
  Sink sink;
  REQUIRE(Writer(sink.methods()).ImportPosts(Posts(30, 10)).ok());
  Writer again(sink.methods());
  REQUIRE(again.ImportPosts(Posts(30, 10)).ok());
  CHECK(again.tally().posts.sent == 30);
  CHECK(again.tally().created() == 0);
}

TEST_CASE("progress is told after each batch") {
  Sink sink;
  std::vector<int> sent;
  Writer writer(sink.methods(), [&](const Tally& tally) { sent.push_back(tally.sent()); });
  REQUIRE(writer.ImportPosts(Posts(1200, 10)).ok());
  CHECK(sent == std::vector<int>{1000, 1200});
}

TEST_CASE("an import stops at the first error and counts what was written before") {
  int calls = 0;
  Writer writer({.posts = [&](const auto&) -> absl::StatusOr<ImportPostsResponse> {
    if (++calls == 2) return absl::UnavailableError("gone");
    return ImportPostsResponse();
  }});
  CHECK(writer.ImportPosts(Posts(2500, 10)).code() == absl::StatusCode::kUnavailable);
  CHECK(calls == 2);
  CHECK(writer.tally().posts.sent == 1000);
}

}  // namespace
}  // namespace guildhall::importing
