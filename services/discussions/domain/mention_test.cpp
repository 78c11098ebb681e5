#include "services/discussions/domain/mention.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/markdown.h"

namespace guildhall::discussions {
namespace {

constexpr char kAda[] = "01900000-0000-7000-8000-000000000001";
const MemberId ada = *MemberId::Parse(kAda);
const MemberId ben = *MemberId::Parse("01900000-0000-7000-8000-000000000002");

std::string Html(const std::string& markdown) {
  const auto html = MarkdownToHtml(markdown);
  REQUIRE(html.ok());
  return *html;
}
Mentions In(const std::string& markdown) { return MentionsIn(Html(markdown)); }

TEST_CASE("a link to a member mentions it, whatever its words are") {
  CHECK(Html(absl::StrCat("Ask [@Ada *Quist*](members/", kAda, ")!")) ==
        absl::StrCat("<p>Ask <span data-mention=\"members/", kAda,
                     "\">@Ada <em>Quist</em></span>!</p>\n"));
  CHECK(In(absl::StrCat("[x](members/", kAda, ")")) == Mentions{.members = {ada}});
  CHECK(In(absl::StrCat("[x][a]\n\n[a]: <members/", kAda, "> \"title\"")).members.contains(ada));
  CHECK(HtmlToText(Html(absl::StrCat("[@Ada](members/", kAda, ") bakes"))) == "@Ada bakes");
}

TEST_CASE("everyone and those who keep order are mentioned as groups") {
  const Mentions mentions = In("[@all](members/everyone) and [@mods](members/moderators)");
  CHECK(mentions.members.empty());
  CHECK(mentions.groups == std::set{MentionKind::kEveryone, MentionKind::kModerators});
}

TEST_CASE("what only looks like a mention is none") {
  const std::string link = absl::StrCat("[@Ada](members/", kAda, ")");
  const std::string id = kAda;
  const std::vector<std::string> texts = {"`" + link + "`",
                                          "```\n" + link + "\n```",
                                          "\\" + link,
                                          "@Ada",
                                          "members/" + id,
                                          "<span data-mention=\"members/" + id + "\">",
                                          "    " + link,
                                          "[x](https://a.b/members/" + id + ")",
                                          "[x](members/everybody)",
                                          "[x](members/)",
                                          "[x](members/" + id + "/)",
                                          "[x](/members/" + id + ")",
                                          "[x](communities/everyone)"};
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(In(text).empty());
    CHECK(Html(text).find("<span") == std::string::npos);
  }
}

TEST_CASE("a mention is no link, and none is in another") {
  CHECK(Html(absl::StrCat("[www.a.b](members/", kAda, ")")) ==
        absl::StrCat("<p><span data-mention=\"members/", kAda, "\">www.a.b</span></p>\n"));
  const std::string nested = Html(absl::StrCat("[![b](members/", kAda, ")](https://a.b)"));
  CHECK(nested.find("<span") == std::string::npos);
  CHECK(Html("[](members/everyone)") ==
        "<p><span data-mention=\"members/everyone\">members/everyone</span></p>\n");
}

TEST_CASE("what is quoted mentions nobody again") {
  CHECK(In("> [all](members/everyone)\n> > [all](members/everyone)").empty());
  const Mentions answer = In("> [all](members/everyone)\n\n[mods](members/moderators)");
  CHECK(answer == Mentions{.groups = {MentionKind::kModerators}});
}

TEST_CASE("an id is spelled as in names of members") {
  CHECK(In("[x](members/01900000-0000-7000-8000-00000000000a)").members.size() == 1);
  CHECK(In("[x](members/01900000-0000-7000-8000-00000000000A)").empty());
}

TEST_CASE("who writes mentions nobody by naming itself, and at most twenty others") {
  std::string many = absl::StrCat("[x](members/", kAda, ")");
  for (std::size_t n = 0; n < kMaxMentions; ++n) {
    absl::StrAppend(&many, "[x](members/01900000-0000-7000-8000-0000000001", n + 10, ")");
  }
  CHECK(NewMentions("markdown", Html(many), ada)->members.size() == kMaxMentions);
  CHECK_FALSE(NewMentions("markdown", Html(many), ben).ok());
}

TEST_CASE("an edit adds those who are new and takes away those who are not there any more") {
  const Mentions before{.members = {ada}, .groups = {MentionKind::kModerators}};
  const Mentions now{.members = {ada, ben}};
  CHECK(Without(now, before) == Mentions{.members = {ben}});
  CHECK(Without(before, now) == Mentions{.groups = {MentionKind::kModerators}});
  CHECK(Without(now, now).empty());
}

TEST_CASE("everyone is called so often and no more") {
  CHECK(CheckCalls(kMaxCalls - 1).ok());
  CHECK(Is(CheckCalls(kMaxCalls), reasons::kTooManyCalls));
}

}  // namespace
}  // namespace guildhall::discussions
