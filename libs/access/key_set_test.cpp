#include "libs/access/key_set.h"

#include <catch2/catch.hpp>
#include <vector>

namespace guildhall::access {
namespace {

PublicKey NewKey() { return SigningKey::Generate().public_key(); }

TEST_CASE("a malformed key is left out, and the others are good") {
  const PublicKey good = NewKey();
  PublicKey foreign = NewKey();
  foreign.key_id = "x";
  KeySet keys;
  keys.Replace(std::vector{foreign, good});
  CHECK(keys.loaded());
  CHECK(keys.Find(good.key_id) != nullptr);
  CHECK(keys.Find("x") == nullptr);
}

TEST_CASE("what was verified counts until a key is dropped; one more changes nothing") {
  const PublicKey first = NewKey(), second = NewKey();
  KeySet keys;
  keys.Replace(std::vector{first});
  const std::uint64_t before = keys.generation();
  keys.Replace(std::vector{first, second});
  CHECK(keys.generation() == before);
  keys.Replace(std::vector{second});
  CHECK(keys.generation() != before);
}

TEST_CASE("keys are asked for once a minute, and not twice at a time") {
  int asked = 0;
  KeySet::Fetched answer;
  KeySet keys([&](KeySet::Fetched fetched) {
    ++asked;
    answer = std::move(fetched);
  });
  keys.RefreshIfDue(absl::ZeroDuration());
  keys.RefreshIfDue(KeySet::kFetchEvery);
  CHECK(asked == 1);
  CHECK_FALSE(keys.loaded());
  answer(std::vector{NewKey()});
  CHECK(keys.loaded());
  keys.RefreshIfDue(KeySet::kFetchEvery - absl::Milliseconds(1));
  CHECK(asked == 1);
  keys.RefreshIfDue(KeySet::kFetchEvery);
  CHECK(asked == 2);
  answer(absl::UnavailableError("away"));
  keys.RefreshIfDue(KeySet::kFetchEvery + KeySet::kFetchAgain - absl::Milliseconds(1));
  CHECK(asked == 2);
  keys.RefreshIfDue(KeySet::kFetchEvery + KeySet::kFetchAgain);
  CHECK(asked == 3);
}

}  // namespace
}  // namespace guildhall::access
