#include "tools/import/mbox/mbox_reader.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "tools/import/archive/archive_fixture.h"

namespace guildhall::mbox {
namespace {

struct Read {
  std::vector<RawMail> mails;
  std::string fault;
};

Read ReadMbox(const std::string& bytes) {
  const importing::ArchiveFixture fixture(importing::ArchiveFixture::Files{{"a.mbox", bytes}});
  auto lines = importing::LineStream::Open(fixture.Folder(), importing::EndsIn(".mbox"));
  REQUIRE(lines.ok());
  Read read;
  const absl::Status status = ForEachMail(**lines, [&](RawMail mail) {
    read.mails.push_back(std::move(mail));
    return absl::OkStatus();
  });
  read.fault = std::string(status.message());
  return read;
}

TEST_CASE("messages lie between postmarks") {
  const Read read = ReadMbox(
      "From ada at x.org  Mon Jan  6 12:00:00 2020\r\nSubject: a\r\n\r\nFrom here on\r\n"
      ">From there\r\n>>From afar\r\n\r\n"
      "From 1@xxx Mon Jan 06 12:00:00 +0100 2020\nSubject: b\n\nFrom now on it is 12:00\n"
      "From ben Tue 12:00 2020\n");
  REQUIRE(read.fault.empty());
  REQUIRE(read.mails.size() == 2);
  CHECK(read.mails[0].bytes == "Subject: a\n\nFrom here on\nFrom there\n>From afar\n\n");
  CHECK(read.mails[0].postmarked == absl::FromUnixSeconds(1578312000));
  CHECK(read.mails[1].postmarked == absl::FromUnixSeconds(1578308400));
  // The last is no postmark: no empty line is before it.
  CHECK(read.mails[1].bytes.ends_with("From ben Tue 12:00 2020\n"));
}

TEST_CASE("what is no mbox is refused") {
  CHECK(ReadMbox("\nSubject: a\n")
            .fault.ends_with("line 2 begins no message: an mbox begins with \"From \""));
  CHECK(ReadMbox("From somebody\n").fault.find("line 1 begins no message") != std::string::npos);
}

TEST_CASE("of a message that is too long the beginning is kept") {
  const std::string line(1 << 20, 'x');
  std::string bytes = "From a 12:00 2020\n\n";
  for (int i = 0; i < 10; ++i) bytes += line + "\n";
  const Read read = ReadMbox(bytes + "\nFrom b 12:00 2020\n\nx\n");
  REQUIRE(read.mails.size() == 2);
  CHECK(read.mails[0].cut);
  CHECK(read.mails[0].bytes.size() <= Count(kMaxMessage));
  CHECK_FALSE(read.mails[1].cut);
}

}  // namespace
}  // namespace guildhall::mbox
