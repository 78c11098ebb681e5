#include "tools/import/mbox/mail_threads.h"

#include <catch2/catch.hpp>

namespace guildhall::mbox {
namespace {

using Threads = std::vector<std::vector<std::size_t>>;

// Of messages with ids from 1 on, each with its references.
MailThreads ThreadsOf(const std::vector<std::vector<IdHash>>& references) {
  MailThreads threads;
  IdHash id = 1;
  for (const auto& of : references) REQUIRE(threads.Add(id++, of));
  threads.Finish();
  return threads;
}

TEST_CASE("a message replies to the last of its references that is there") {
  const MailThreads threads = ThreadsOf({{}, {1}, {1, 2, 99}, {}});
  CHECK(threads.threads() == Threads{{0, 1, 2}, {3}});
  CHECK(threads.ParentOf(2) == 1);
  CHECK(threads.ParentOf(3) == std::nullopt);
}

TEST_CASE("what is replied to may come later") {
  const MailThreads threads = ThreadsOf({{2}, {3}, {}});
  CHECK(threads.threads() == Threads{{0, 1, 2}});
  CHECK(threads.ParentOf(0) == 1);
}

TEST_CASE("replies to what is not there are one thread") {
  const MailThreads threads = ThreadsOf({{99, 98}, {99}, {97}, {1}});
  CHECK(threads.threads() == Threads{{0, 1, 3}, {2}});
  CHECK(threads.ParentOf(1) == std::nullopt);
}

TEST_CASE("messages that reply to each other do not go in circles") {
  const MailThreads threads = ThreadsOf({{2}, {3}, {1}, {4}});
  CHECK(threads.threads() == Threads{{0, 1, 2}, {3}});
  CHECK(threads.ParentOf(2) == std::nullopt);
}

TEST_CASE("an id is there once") {
  MailThreads threads;
  CHECK(threads.Add(7, {}));
  CHECK_FALSE(threads.Add(7, {}));
  CHECK(HashOf("a@b") != HashOf("a@c"));
}

}  // namespace
}  // namespace guildhall::mbox
