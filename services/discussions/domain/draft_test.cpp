#include "services/discussions/domain/draft.h"

#include <catch2/catch.hpp>

#include "guildhall/discussions/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::discussions {
namespace {

bool IsInvalid(const absl::Status& status) { return Is(status, policy::reasons::kFieldInvalid); }

TEST_CASE("a draft may be empty, blank or unfinished") {
  CHECK(CheckDraft({}).ok());
  CHECK(CheckDraft({.title = "  ", .markdown = "\n**"}).ok());
}

TEST_CASE("a draft is no longer than what may be posted") {
  CHECK(CheckDraft({.title = std::string(200, 'x')}).ok());
  CHECK(IsInvalid(CheckDraft({.title = std::string(201, 'x')})));
  CHECK(CheckDraft({.markdown = std::string(64 << 10, 'x')}).ok());
  CHECK(IsInvalid(CheckDraft({.markdown = std::string((64 << 10) + 1, 'x')})));
  CHECK(CheckDraft({.rest = std::string(64 << 10, 'x')}).ok());
  CHECK(IsInvalid(CheckDraft({.rest = std::string((64 << 10) + 1, 'x')})));
}

TEST_CASE("a draft is text that can be kept, or its field is named") {
  const auto field = [](const Draft& draft) {
    const absl::Status status = CheckDraft(draft);
    return IsInvalid(status) ? DetailsOf(status)->violations[0].field : "";
  };
  CHECK(field({.title = "\xFF"}) == "draft.title");
  CHECK(field({.title = std::string(201, 'x')}) == "draft.title");
  CHECK(field({.markdown = std::string("a\0b", 3)}) == "draft.markdown");
  CHECK(field({.markdown = std::string(70'000, 'x')}) == "draft.markdown");
  CHECK(field({.rest = std::string(70'000, 'x')}) == "draft");
}

TEST_CASE("a member has at most a hundred drafts, and is told so") {
  CHECK(Is(TooManyDrafts(), reasons::kTooManyDrafts));
  CHECK(DetailsOf(TooManyDrafts())->metadata[0].second == "100");
}

TEST_CASE("drafts at one place differ by when they were stored") {
  const Draft first{.markdown = "rye", .update_time = absl::FromUnixMicros(7)};
  Draft second = first;
  second.update_time += absl::Microseconds(1);
  CHECK(SaysTheSame(first, second));
  CHECK(VersionOf(first) != VersionOf(second));
  second.title = "Bread";
  CHECK_FALSE(SaysTheSame(first, second));
  second = first;
  second.rest = "tags";
  CHECK_FALSE(SaysTheSame(first, second));
}

}  // namespace
}  // namespace guildhall::discussions
