#include "tools/import/archive/loss_words.h"

#include <catch2/catch.hpp>

namespace guildhall::importing {
namespace {

TEST_CASE("a lost file is told in a line") {
  CHECK(FileLoss("plan.pdf", 240'000) == "file plan.pdf (240 KB)");
  CHECK(FileLoss("a.txt", 1) == "file a.txt (1 KB)");
  CHECK(FileLoss("film.mp4", 12'345'678) == "file film.mp4 (12 MB)");
  CHECK(FileLoss("a\nb", 0) == "file a b");
  CHECK(FileLoss("", 0) == "file without a name");
  CHECK(FileLoss(std::string(300, 'x'), 0) == "file " + std::string(100, 'x'));
}

TEST_CASE("mentions, links and pictures are told in a line") {
  CHECK(MentionLoss(" @Ada\n") == "mention of @Ada: its words");
  CHECK(LinkLoss("/t\n1") == "link to /t 1: only its words");
  CHECK(PictureLoss("https://x.y/z") == "picture https://x.y/z: a link to where it is");
  CHECK(UnlinkedPictureLoss("") == "picture without an address: only its words");
  CHECK(LinkLoss(std::string(9000, 'x')) ==
        "link to " + std::string(500, 'x') + ": only its words");
  CHECK(LossName(std::string(9000, '\xFF')).size() == 300);
}

TEST_CASE("what is no UTF-8 is replaced, the rest stays") {
  CHECK(Storable("é→😀") == "é→😀");
  CHECK(Storable("a\xE9 b\xF0\x9F") == "a\uFFFD b\uFFFD\uFFFD");
  CHECK(Storable(std::string("a\0b", 3)) == "a\uFFFDb");
}

}  // namespace
}  // namespace guildhall::importing
