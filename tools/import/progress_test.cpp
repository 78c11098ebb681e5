#include "tools/import/progress.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <vector>

namespace guildhall::importing {
namespace {

std::string Shown(bool is_terminal, const std::vector<int>& steps, int total = 200) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* const out = open_memstream(&text, &size);
  {
    Progress progress(out, is_terminal, total, "posts");
    for (const int done : steps) progress.Show(done);
  }
  std::fclose(out);
  const std::string shown(text, size);
  std::free(text);
  return shown;
}

TEST_CASE("where nobody watches, each tenth is a line") {
  CHECK(Shown(false, {0, 1, 19, 20, 21, 200}) ==
        "   0 of 200 posts\n   20 of 200 posts\n   200 of 200 posts\n");
}

TEST_CASE("on a terminal a bar is redrawn when it has grown") {
  CHECK(Shown(true, {100, 101, 200}) ==
        "\r   [###############...............] 100 of 200 posts"
        "\r   [##############################] 200 of 200 posts\n");
  CHECK(Shown(true, {}).empty());
}

TEST_CASE("of what nobody knows how much it is, each ten thousand is a line") {
  CHECK(Shown(true, {0, 9999, 10'000, 10'001}, 0) == "   0 posts\n   10000 posts\n");
}

}  // namespace
}  // namespace guildhall::importing
