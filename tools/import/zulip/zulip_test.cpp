// A real archive against the renderer that readers will see its messages through.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tools/import/archive/archive_files.h"
#include "tools/import/html/html_to_markdown.h"
#include "tools/import/html/html_words_fixture.h"
#include "tools/import/html/shown_fixture.h"
#include "tools/import/text_limit.h"
#include "tools/import/zulip/topic_file.h"

namespace guildhall::zulip {
namespace {

TEST_CASE("a real archive reads the same after the import") {
  const char* const path = std::getenv("GUILDHALL_ZULIP_ARCHIVE");
  if (path == nullptr) {
    WARN("GUILDHALL_ZULIP_ARCHIVE names no archive: none was compared");
    return;
  }
  auto files = importing::ArchiveFiles::Open(path, importing::EndsIn(".json"));
  REQUIRE(files.ok());
  html::HtmlToMarkdown convert("");
  int posts = 0;
  int differ = 0;
  for (;;) {
    const auto file = (*files)->Next();
    REQUIRE(file.ok());
    if (!*file) break;
    const auto topic = ParseTopicFile((*file)->bytes);
    REQUIRE(topic.ok());
    for (const RawPost& post : *topic) {
      const std::string words = html::WordsOf(post.html);
      std::string markdown = convert.Convert(post.html);
      ++posts;
      differ += !words.empty() && html::RenderedWords(markdown) != words;
      importing::CutToLimit(markdown);
      CAPTURE(markdown);
      REQUIRE(html::IsTaken(markdown));
    }
  }
  WARN(posts << " posts, " << differ << " read differently");
  CHECK(differ == 0);
}

}  // namespace
}  // namespace guildhall::zulip
