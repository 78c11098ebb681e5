#include "tools/import/discourse/copy_reader.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "tools/import/archive/archive_fixture.h"

namespace guildhall::discourse {
namespace {

using importing::ArchiveFixture;
using Files = ArchiveFixture::Files;

CopyReader ReaderOf(const ArchiveFixture& fixture) {
  auto lines = importing::LineStream::Open(fixture.Folder(), importing::EndsIn(".sql"));
  REQUIRE(lines.ok());
  return CopyReader(*std::move(lines));
}

// What is wrong with a dump of which every value is read as text.
std::string FaultOf(const std::string& dump) {
  const ArchiveFixture fixture(Files{{"dump.sql", dump}});
  CopyReader reader = ReaderOf(fixture);
  for (;;) {
    const auto table = reader.NextTable();
    if (!table.ok()) return std::string(table.status().message());
    if (!*table) return "";
    for (;;) {
      const auto more = reader.NextRow();
      if (!more.ok()) return std::string(more.status().message());
      if (!*more) break;
      reader.Text("a");
      reader.Number("n");
      reader.Time("t");
    }
  }
}

TEST_CASE("rows are read by the names of their columns") {
  const ArchiveFixture fixture(
      Files{{"dump.sql",
             "-- PostgreSQL database dump\n"
             "SET client_encoding = 'UTF8';\n"
             "CREATE TABLE public.users (id integer);\n"
             "COPY public.users (id, \"order\", name, ok, at) FROM stdin;\n"
             "1\t\\N\tAda\\tL\\\\\\nx\\x41\\101\\q\tt\t2020-01-01 00:00:01.5\n"
             "-2\t5\t\tf\t\\N\n"
             "\\.\n\n"
             "COPY public.empty (id) FROM stdin;\n\\.\n"}});
  CopyReader reader = ReaderOf(fixture);
  REQUIRE(*reader.NextTable() == "users");
  REQUIRE(*reader.NextRow());
  CHECK(reader.NeedNumber("id") == 1);
  CHECK(reader.Number("order") == std::nullopt);
  CHECK(reader.Text("absent") == std::nullopt);
  CHECK(reader.Text("name") == "Ada\tL\\\nxAAq");
  CHECK(reader.Flag("ok"));
  CHECK(reader.Time("at") == absl::FromUnixMillis(1577836801500));
  REQUIRE(*reader.NextRow());
  CHECK(reader.Number("id") == -2);
  CHECK(reader.NeedText("name").empty());
  CHECK_FALSE(reader.Flag("ok"));
  CHECK(reader.Time("at") == std::nullopt);
  CHECK_FALSE(*reader.NextRow());
  CHECK(*reader.NextTable() == "empty");
  CHECK(*reader.NextTable() == std::nullopt);
}

TEST_CASE("a table that nobody reads is passed over") {
  const ArchiveFixture fixture(Files{
      {"dump.sql", "COPY a (x) FROM stdin;\n1\n2\n\\.\nCOPY public.b (x) FROM stdin;\n3\n\\.\n"}});
  CopyReader reader = ReaderOf(fixture);
  CHECK(*reader.NextTable() == "a");
  CHECK(*reader.NextTable() == "b");
  REQUIRE(*reader.NextRow());
  CHECK(reader.Text("x") == "3");
}

TEST_CASE("what is no dump is refused with its line") {
  const std::string table = "COPY public.x (a, n, t) FROM stdin;\n";
  CHECK(FaultOf(table + "\\N\t1\t\\N\n\\.\n") == "");
  const auto says = [](const std::string& fault, const std::string& end) {
    CAPTURE(fault);
    CHECK(fault.ends_with("dump.sql: line " + end));
  };
  says(FaultOf(table + "a\t1\n\\.\n"), "2 has not as many values as columns");
  says(FaultOf(table + "a\t1\t\\N\tb\n\\.\n"), "2 has not as many values as columns");
  says(FaultOf(table + "a\t1\t\\N\n"), "3 is missing: the dump ends within a table");
  says(FaultOf(table + "\xFF\t1\t\\N\n\\.\n"), "2 is no UTF-8");
  says(FaultOf(table + "a\\000\t1\t\\N\n\\.\n"), "2 is no UTF-8");
  says(FaultOf(table + "a\t1x\t\\N\n\\.\n"), "2 has no number in n");
  says(FaultOf(table + "a\t99999999999999999999\t\\N\n\\.\n"), "2 has no number in n");
  says(FaultOf(table + "a\t1\tinfinity\n\\.\n"), "2 has no time in t");
  says(FaultOf(table + "a\t1\t1960-01-01 00:00:00\n\\.\n"), "2 has no time in t");
  says(FaultOf("COPY x (a, a) FROM stdin;\n"), "1 has a column twice");
  says(FaultOf("SET client_encoding = 'LATIN1';\n"), "1 sets an encoding that is not UTF8");
}

}  // namespace
}  // namespace guildhall::discourse
