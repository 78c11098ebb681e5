#include "tools/import/archive/line_stream.h"

#include <catch2/catch.hpp>

#include "tools/import/archive/archive_fixture.h"

namespace guildhall::importing {
namespace {

using Lines = std::vector<std::string>;

// The lines, and at the end what is wrong, if anything is.
Lines LinesOf(const std::string& path, const std::string& ending) {
  auto stream = LineStream::Open(path, EndsIn(ending));
  if (!stream.ok()) return {std::string(stream.status().message())};
  Lines lines;
  for (;;) {
    const auto line = (*stream)->Next();
    if (!line.ok()) lines.emplace_back(line.status().message());
    if (!line.ok() || !*line) return lines;
    lines.emplace_back(**line);
  }
}

TEST_CASE("a text gives its lines, whatever it lies in") {
  const std::string longer(100'000, 'x');  // than a block
  const ArchiveFixture fixture({{"a/b.txt", "no\n"}, {"a/dump.sql", "1\n\n" + longer + "\nlast"}});
  const Lines expected = {"1", "", longer, "last"};
  CHECK(LinesOf(fixture.Folder(), ".sql") == expected);
  CHECK(LinesOf(fixture.Folder() + "/a/dump.sql", "") == expected);
  CHECK(LinesOf(fixture.Packed(), ".sql") == expected);
}

TEST_CASE("a packed text in an archive is unpacked, too") {
  const ArchiveFixture fixture({{"a/dump.sql.gz", Gzip("1\n2\n")}});
  CHECK(LinesOf(fixture.Packed(), ".gz") == Lines{"1", "2"});
  CHECK(LinesOf(fixture.Folder(), ".gz") == Lines{"1", "2"});
  CHECK(LinesOf(fixture.Folder() + "/a/dump.sql.gz", "") == Lines{"1", "2"});
}

TEST_CASE("what is damaged, too long or not there is refused") {
  const ArchiveFixture longer({{"a/long.sql", "1\n" + std::string(Count(kMaxLine) + 1, 'x')}});
  CHECK(LinesOf(longer.Folder(), ".sql").back().ends_with("line 2 is longer than 16777216 bytes"));
  const ArchiveFixture fixture({{"a/dump.sql", std::string(5000, 'x')}});
  CHECK(LinesOf(fixture.Folder(), ".txt").back().ends_with("holds nothing to be read"));
  CHECK(LinesOf(fixture.Packed(), ".txt").back().ends_with("holds nothing to be read"));
  CHECK(LinesOf(fixture.Folder() + "/absent", "").back().starts_with("there is no "));
  const std::string packed = fixture.Packed();
  std::filesystem::resize_file(packed, std::filesystem::file_size(packed) / 2);
  CHECK(LinesOf(packed, ".sql").back().find("is damaged: ") != std::string::npos);
}

}  // namespace
}  // namespace guildhall::importing
