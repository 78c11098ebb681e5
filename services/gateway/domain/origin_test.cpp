#include "services/gateway/domain/origin.h"

#include <catch2/catch.hpp>

namespace guildhall::gateway {
namespace {

using Verdict = OriginPolicy::Verdict;

TEST_CASE("pages of the own host may call, and pages that are allowed") {
  const OriginPolicy policy({"https://app.example.org"}, true);
  const auto judge = [&](std::string_view origin, std::string_view host) {
    return policy.Judge({.origin = origin, .host = host});
  };
  CHECK(judge("https://hall.test", "hall.test") == Verdict::kOwn);
  CHECK(judge("https://Hall.test", "hall.TEST") == Verdict::kOwn);
  CHECK(judge("https://hall.test:8443", "hall.test:8443") == Verdict::kOwn);
  CHECK(judge("https://app.example.org", "hall.test") == Verdict::kCross);
  for (const auto* origin : {"http://hall.test", "https://hall.test.evil", "https://evil", "null",
                             "", "https://app.example.org.evil", "https://hall.test:8443",
                             "https://x@hall.test", "HTTPS://hall.test"}) {
    INFO(origin);
    CHECK(judge(origin, "hall.test") == Verdict::kRefused);
  }
  CHECK(judge("https://", "") == Verdict::kRefused);
}

TEST_CASE("without TLS pages without TLS are our own") {
  const OriginPolicy policy({}, false);
  CHECK(policy.Judge({.origin = "http://localhost:8080", .host = "localhost:8080"}) ==
        Verdict::kOwn);
}

TEST_CASE("whoever is no page, and sends no cookie, says nothing of where it comes from") {
  const OriginPolicy policy({}, true);
  CHECK(policy.Judge({.host = "hall.test"}) == Verdict::kOwn);
  CHECK(policy.Judge({.fetch_site = "cross-site", .host = "hall.test"}) == Verdict::kOwn);
}

TEST_CASE("whoever sends the cookie must say where it comes from and could not be a form") {
  const OriginPolicy policy({}, true);
  const auto judge = [&](std::optional<std::string_view> site, bool custom_header) {
    return policy.Judge(
        {.fetch_site = site, .host = "h", .cookie = true, .custom_header = custom_header});
  };
  CHECK(judge("same-origin", true) == Verdict::kOwn);
  CHECK(judge("none", true) == Verdict::kOwn);
  CHECK(judge("same-origin", false) == Verdict::kRefused);
  CHECK(judge("same-site", true) == Verdict::kRefused);
  CHECK(judge("cross-site", true) == Verdict::kRefused);
  CHECK(judge(std::nullopt, true) == Verdict::kRefused);
}

}  // namespace
}  // namespace guildhall::gateway
