#include "libs/changelog/tail.h"

#include "libs/changelog/log_fixture.h"

namespace guildhall::changelog {
namespace {

postgres::Context In(absl::Duration wait) { return {.deadline = Deadline::After(wait)}; }

// A tail without a stream.
struct Fixture : TestLog {
  std::string Hear(absl::Duration wait = absl::Seconds(10)) {
    const auto page = tail.Next(In(wait));
    REQUIRE(page.ok());
    return page->reset ? "reset" : VersionsOf(page->entries);
  }

  telemetry::Metrics metrics;
  Source source = AsSource();
  Tail tail{{.producer = "test",
             .source = [this](const Position& from,
                              const postgres::Context& context) { return source(from, context); },
             .redis = {},
             .metrics = metrics}};
};

TEST_CASE_METHOD(Fixture, "a tail from nowhere begins where the log ends, at once") {
  Write(kTopic, 1);
  CHECK(Hear().empty());
  CHECK(tail.position().incarnation == Start().incarnation);
  Write(kTopic, 2);
  CHECK(Hear() == "2");
}

TEST_CASE_METHOD(Fixture, "a tail goes on from where it is told") {
  Write(kTopic, 1);
  const Position position = Read(Start()).end;
  Write(kTopic, 2);
  tail.Seek(position);
  CHECK(Hear() == "2");
  tail.Seek(position);
  CHECK(Hear() == "2");
}

TEST_CASE_METHOD(Fixture, "a silent log answers an empty page at the deadline") {
  Hear();
  const Position position = tail.position();
  CHECK(Hear(absl::Milliseconds(150)).empty());
  CHECK(tail.position() == position);
}

TEST_CASE_METHOD(Fixture, "a producer that is away for a moment is asked again") {
  Hear();
  Write(kTopic, 1);
  int failures = 0;
  source = [&, asked = AsSource()](const Position& from,
                                   const postgres::Context& context) -> absl::StatusOr<Page> {
    if (++failures < 3) return absl::UnavailableError("away");
    return asked(from, context);
  };
  CHECK(Hear() == "1");
}

TEST_CASE_METHOD(Fixture, "a producer that stays away is told of at the deadline") {
  source = [](const Position&, const postgres::Context&) -> absl::StatusOr<Page> {
    return absl::UnavailableError("away");
  };
  CHECK(absl::IsUnavailable(tail.Next(In(absl::Milliseconds(150))).status()));
}

TEST_CASE_METHOD(Fixture, "who waits for changes and is cancelled waits no more") {
  Hear();
  Cancellation cancellation;
  source = [&](const Position& from, const postgres::Context&) -> absl::StatusOr<Page> {
    cancellation.Cancel();
    return Page{.end = from};
  };
  postgres::Context context = In(absl::Seconds(30));
  context.cancellation = &cancellation;
  CHECK(absl::IsCancelled(tail.Next(context).status()));
}

TEST_CASE_METHOD(Fixture, "a restored log answers RESET once") {
  Hear();
  Run("UPDATE change_log_head SET incarnation = gen_random_uuid()");
  CHECK(Hear() == "reset");
  Write(kTopic, 1);
  CHECK(Hear() == "1");
}

}  // namespace
}  // namespace guildhall::changelog
