#include "libs/cache/reply_cache.h"

#include <catch2/catch.hpp>
#include <string>

namespace guildhall::cache {
namespace {

Uuid Numbered(int n) {
  Uuid uuid;
  uuid.bytes[14] = static_cast<std::uint8_t>(n >> 8);
  uuid.bytes[15] = static_cast<std::uint8_t>(n);
  return uuid;
}

Subject SubjectOf(int n, Tags tags) {
  return {.key = {.method = 1, .id = Numbered(n)}, .tags = std::move(tags)};
}

SharedReply ReplyOf(std::string bytes) {
  return std::make_shared<const Reply>(Reply{.bytes = std::move(bytes)});
}

struct Fixture {
  bool Put(int n, Tags tags, std::string bytes = "reply") {
    return cache.Put(cache.Note(), SubjectOf(n, std::move(tags)), ReplyOf(std::move(bytes)));
  }
  bool Has(int n) { return cache.Find({.method = 1, .id = Numbered(n)}) != nullptr; }

  ReplyCache cache{KiB(64)};
};

const Tag kRed = Numbered(1000), kBlue = Numbered(1001), kGreen = Numbered(1002);

TEST_CASE_METHOD(Fixture, "a reply is found by its whole key") {
  Put(1, {kRed}, "one");
  CHECK(cache.Find({.method = 1, .id = Numbered(1)})->bytes == "one");
  CHECK(cache.Find({.method = 2, .id = Numbered(1)}) == nullptr);
  CHECK(cache.Find({.method = 1, .id = Numbered(2)}) == nullptr);
  CHECK(cache.Find({.method = 1, .id = Numbered(1), .part = Numbered(1)}) == nullptr);
  CHECK(cache.Find({.method = 1, .id = Numbered(1), .parameters = 1}) == nullptr);
}

TEST_CASE_METHOD(Fixture, "an invalidation forgets the replies of its tags and no others") {
  Put(1, {kRed});
  Put(2, {kRed, kBlue});
  Put(3, {kBlue});
  cache.Invalidate({kRed, kGreen});
  CHECK_FALSE(Has(1));
  CHECK_FALSE(Has(2));
  CHECK(Has(3));
  cache.InvalidateAll();
  CHECK_FALSE(Has(3));
  CHECK(cache.usage().bytes == 0);
}

TEST_CASE_METHOD(Fixture, "what was being read while a tag of it changed is not kept") {
  const Ticket before = cache.Note();
  cache.Invalidate({kRed});
  CHECK_FALSE(cache.Current(before, {kBlue, kRed}));
  CHECK_FALSE(cache.Put(before, SubjectOf(1, {kBlue, kRed}), ReplyOf("old")));
  CHECK_FALSE(Has(1));
  CHECK(cache.Put(before, SubjectOf(2, {kBlue}), ReplyOf("sound")));
  CHECK(Put(1, {kBlue, kRed}));
  const Ticket later = cache.Note();
  cache.InvalidateAll();
  CHECK_FALSE(cache.Put(later, SubjectOf(3, {kGreen}), ReplyOf("old")));
}

TEST_CASE_METHOD(Fixture, "a read that took longer than what is remembered is not kept") {
  const Ticket before = cache.Note();
  for (std::size_t i = 0; i <= ReplyCache::kRemembered; ++i) cache.Invalidate({kRed});
  CHECK_FALSE(cache.Put(before, SubjectOf(1, {kBlue}), ReplyOf("old")));
  CHECK(Put(1, {kBlue}));
}

TEST_CASE_METHOD(Fixture, "the limit holds, and what is used stays") {
  Put(1, {kRed});
  for (int n = 2; n < 1000; ++n) {
    Put(n, {kBlue}, std::string(1000, 'x'));
    CHECK(Has(1));
    CHECK(cache.usage().bytes <= Count(KiB(64)));
  }
  CHECK(cache.usage().replies > 30);
  CHECK_FALSE(Has(2));
  CHECK(Has(999));
}

TEST_CASE_METHOD(Fixture, "a reply that would push out many others is not kept") {
  CHECK(Put(1, {kRed}, std::string(Count(KiB(9)), 'x')));
  CHECK_FALSE(Has(1));
}

TEST_CASE_METHOD(Fixture, "a reply takes the place of an older one of its key") {
  Put(1, {kRed}, "old");
  Put(1, {kRed}, "new");
  CHECK(cache.Find({.method = 1, .id = Numbered(1)})->bytes == "new");
  CHECK(cache.usage().replies == 1);
}

}  // namespace
}  // namespace guildhall::cache
