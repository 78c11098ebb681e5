#include "services/identity/store/password_hash.h"

#include <catch2/catch.hpp>

namespace guildhall::identity {
namespace {

constexpr HashCost kCheap{.memory = KiB(64), .passes = 1};
constexpr Salt kSalt = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

TEST_CASE("a password matches its hash and no other") {
  const PasswordHash hash = HashPassword("a fine password", kSalt, kCheap, Pepper());
  CHECK(hash.phc.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
  CHECK(Matches(hash, "a fine password", Pepper()));
  CHECK_FALSE(Matches(hash, "a fine passwore", Pepper()));
  CHECK_FALSE(Matches(hash, "", Pepper()));
}

TEST_CASE("L-06: what follows a NUL counts") {
  const PasswordHash hash =
      HashPassword(std::string_view("secret\0one", 10), kSalt, kCheap, Pepper());
  CHECK(Matches(hash, std::string_view("secret\0one", 10), Pepper()));
  CHECK_FALSE(Matches(hash, std::string_view("secret\0two", 10), Pepper()));
  CHECK_FALSE(Matches(hash, "secret", Pepper()));
}

TEST_CASE("with a pepper the hash alone is of no use") {
  const Pepper pepper("a key of the deployment");
  const PasswordHash hash = HashPassword("a fine password", kSalt, kCheap, pepper);
  CHECK(Matches(hash, "a fine password", pepper));
  CHECK_FALSE(Matches(hash, "a fine password", Pepper()));
  CHECK_FALSE(Matches(hash, "a fine password", Pepper("another")));
}

TEST_CASE("a hash from before there was a pepper still matches") {
  const PasswordHash hash = HashPassword("a fine password", kSalt, kCheap, Pepper());
  CHECK(Matches(hash, "a fine password", Pepper("new")));
  CHECK_FALSE(Matches(hash, "another password", Pepper("new")));
}

TEST_CASE("a hash is outdated when cost or pepper have changed") {
  const PasswordHash hash = HashPassword("a fine password", kSalt, kCheap, Pepper());
  CHECK_FALSE(IsOutdated(hash, kCheap, Pepper()));
  CHECK(IsOutdated(hash, kCheap, Pepper("new")));
  CHECK(IsOutdated(hash, {.memory = KiB(128), .passes = 1}, Pepper()));
  CHECK(IsOutdated(hash, {.memory = KiB(64), .passes = 2}, Pepper()));
}

TEST_CASE("a damaged hash matches nothing") {
  for (const char* phc : {"", "$argon2id$", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", "plain"}) {
    CHECK_FALSE(Matches({phc, ""}, "a fine password", Pepper()));
  }
}

}  // namespace
}  // namespace guildhall::identity
