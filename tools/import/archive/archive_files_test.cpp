#include "tools/import/archive/archive_files.h"

#include <catch2/catch.hpp>

#include "tools/import/archive/archive_fixture.h"

namespace guildhall::importing {
namespace {

ArchiveFixture::Files FilesOf(const std::string& path) {
  auto files = ArchiveFiles::Open(path, EndsIn(".json"));
  REQUIRE(files.ok());
  ArchiveFixture::Files found;
  for (;;) {
    auto file = (*files)->Next();
    REQUIRE(file.ok());
    if (!*file) return found;
    found.emplace_back((*file)->path, (*file)->bytes);
  }
}

absl::StatusCode OpenAndRead(const std::string& path) {
  auto files = ArchiveFiles::Open(path, EndsIn(".json"));
  return files.ok() ? (*files)->Next().status().code() : files.status().code();
}

TEST_CASE("an archive gives the files that are wanted, packed and unpacked") {
  const ArchiveFixture::Files files = {
      {"a/1-x/p.json", "[1]"}, {"a/1-x/q.json", std::string(200000, ' ')}, {"a/2-y/é.json", ""}};
  ArchiveFixture::Files all = files;
  all.emplace_back("a/README.md", "no");
  const ArchiveFixture fixture(all);
  CHECK(FilesOf(fixture.Packed()) == files);
  CHECK(FilesOf(fixture.Folder()) == files);
}

TEST_CASE("what is no archive, damaged or not there is refused") {
  const ArchiveFixture fixture(
      {{"no.tar.xz", "no archive at all"}, {"1-a/b.json", std::string(5000, 'x')}});
  CHECK(OpenAndRead(fixture.Folder() + "/absent") == absl::StatusCode::kNotFound);
  CHECK(OpenAndRead(fixture.Folder() + "/no.tar.xz") == absl::StatusCode::kInvalidArgument);
  const std::string packed = fixture.Packed();
  std::filesystem::resize_file(packed, std::filesystem::file_size(packed) / 2);
  CHECK(OpenAndRead(packed) == absl::StatusCode::kInvalidArgument);
}

TEST_CASE("no program is run for an archive, whatever it says that it was packed with") {
  // Of lrzip, which libarchive calls by name where it is let.
  const ArchiveFixture fixture({{"a.tar.lrz", std::string("LRZI\0\x06", 6) + std::string(60, '\0')},
                                {"lrzip", "#!/bin/sh\necho ran > \"$0.ran\"\n"}});
  const std::filesystem::path folder = fixture.Folder();
  std::filesystem::permissions(folder / "lrzip", std::filesystem::perms::owner_all);
  const std::string path = std::getenv("PATH");
  setenv("PATH", (folder.string() + ":" + path).c_str(), 1);
  CHECK(OpenAndRead(folder / "a.tar.lrz") == absl::StatusCode::kInvalidArgument);
  setenv("PATH", path.c_str(), 1);
  CHECK_FALSE(std::filesystem::exists(folder / "lrzip.ran"));
}

TEST_CASE("a link is refused by name, packed and unpacked") {
  const ArchiveFixture::Files files = {{"a/real.json", "[1]"}};
  const std::string says = "is a link, and links are not followed: put the file itself there";
  const ArchiveFixture fixture(files);
  const std::filesystem::path folder = fixture.Folder();
  std::filesystem::create_symlink("/etc/passwd", folder / "a/other.json");
  CHECK(ArchiveFiles::Open(folder, EndsIn(".json")).status() ==
        absl::InvalidArgumentError((folder / "a/other.json").string() + " " + says));
  // One that nobody wants is nobody's trouble.
  CHECK(ArchiveFiles::Open(folder, EndsIn("real.json")).ok());
  for (const ArchiveFixture::Link kind : {ArchiveFixture::kSymbolic, ArchiveFixture::kHard}) {
    auto packed = ArchiveFiles::Open(fixture.PackedLink("a/other.json", "a/real.json", kind),
                                     EndsIn(".json"));
    REQUIRE(packed.ok());
    CHECK((*packed)->Next().status() == absl::InvalidArgumentError("a/other.json " + says));
  }
}

TEST_CASE("a file beyond the limit is refused before it is kept") {
  const ArchiveFixture fixture({{"1-a/b.json", std::string(Count(kMaxFile) + 1, ' ')}});
  CHECK(OpenAndRead(fixture.Packed()) == absl::StatusCode::kInvalidArgument);
  CHECK(OpenAndRead(fixture.Folder()) == absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace guildhall::importing
