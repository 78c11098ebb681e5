#include "libs/rpc/page.h"

#include <catch2/catch.hpp>

#include "engine_test.pb.h"
#include "guildhall/policy/v1/reasons.h"

namespace guildhall::rpc {
namespace {

using enginetest::v1::EngineListRequest;
namespace reasons = policy::reasons;

struct Fixture {
  absl::StatusOr<Page> PageOf(const EngineListRequest& request) {
    facts.method = "Service/List";
    return Page::Of(tokens, call, request, {.usual = 3, .most = 5});
  }
  EngineListRequest Request(int size = 0, std::string token = "", std::string parent = "a") {
    EngineListRequest request;
    request.set_parent(std::move(parent));
    request.set_page_size(size);
    request.set_page_token(std::move(token));
    return request;
  }
  // The token of the page after the item 3.
  std::string NextToken() {
    std::vector<int> fetched{1, 2, 3, 4};
    return PageOf(Request())->Cut(
        fetched, [](int item) { return resources::PositionWriter().Number(item).Take(); });
  }

  resources::PageTokens tokens{std::string(32, 'k')};
  CallFacts facts;
  Call call{facts};
};

TEST_CASE_METHOD(Fixture, "a page has the usual size, or the one asked for, up to the most") {
  CHECK(PageOf(Request(0))->size() == 3);
  CHECK(PageOf(Request(4))->size() == 4);
  CHECK(PageOf(Request(1000))->size() == 5);
  CHECK(Is(PageOf(Request(-1)).status(), reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a list goes on behind the last item of the page before") {
  const std::string token = NextToken();
  const auto next = PageOf(Request(5, token));
  REQUIRE(next.ok());
  CHECK(!next->first());
  CHECK(next->position().Number() == 3);
}

TEST_CASE_METHOD(Fixture, "the last page has no token") {
  std::vector<int> fetched{1, 2, 3};
  const std::string token = PageOf(Request())->Cut(fetched, [](int) { return std::string("x"); });
  CHECK(token.empty());
  CHECK(fetched.size() == 3);
}

TEST_CASE_METHOD(Fixture, "a token is good for its own list and caller") {
  const std::string token = NextToken();
  CHECK(Is(PageOf(Request(0, token, "b")).status(), reasons::kPageTokenInvalid));
  facts.caller.member = MemberId(NewUuidV7(absl::UnixEpoch(), SystemRandom()));
  CHECK(Is(PageOf(Request(0, token)).status(), reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "a token of a shared list is good for everybody, for that list alone") {
  const auto page_of = [&](const EngineListRequest& request) {
    return Page::OfSharedList(tokens, call, request, {.usual = 3, .most = 5});
  };
  facts.method = "Service/List";
  const std::string token = page_of(Request())->Seal("position");
  facts.caller.member = MemberId(NewUuidV7(absl::UnixEpoch(), SystemRandom()));
  CHECK(page_of(Request(0, token)).ok());
  CHECK(Is(page_of(Request(0, token, "b")).status(), reasons::kPageTokenInvalid));
  CHECK(Is(PageOf(Request(0, token)).status(), reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "a token of positions that held other fields is refused, not read") {
  const auto page_of = [&](const EngineListRequest& request, int revision) {
    return Page::Of(tokens, call, request, {.usual = 3, .most = 5}, revision);
  };
  const std::string token = page_of(Request(), 0)->Seal("position");
  CHECK(page_of(Request(0, token), 0).ok());
  CHECK(Is(page_of(Request(0, token), 1).status(), reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "only first pages that are not refused may be kept") {
  const auto size_of = [](const EngineListRequest& request) {
    return Page::SizeOfFirst(request, {.usual = 3, .most = 5});
  };
  CHECK(size_of(Request()) == 3);
  CHECK(size_of(Request(1000)) == 5);
  CHECK_FALSE(size_of(Request(-1)));
  CHECK_FALSE(size_of(Request(0, "x")));
  EngineListRequest odd = Request();
  odd.GetReflection()->MutableUnknownFields(&odd)->AddVarint(99, 1);
  CHECK_FALSE(size_of(odd));
}

}  // namespace
}  // namespace guildhall::rpc
