#include "libs/base/record_hash.h"

#include <catch2/catch.hpp>

#include "libs/base/sha256.h"

namespace guildhall {
namespace {

TEST_CASE("a record's hash is that of its fields with their lengths") {
  const RecordHash hash =
      RecordHash().Text("Bread").Texts({"a", ""}).Number(-7).Time(absl::FromUnixMicros(1'000'001));
  CHECK(hash.Finish() == Sha256("5:Bread1:21:a0:2:-77:1000001"));
  CHECK(BytesOf(hash.Finish()).size() == 32);
}

TEST_CASE("fields that run together are not the same") {
  CHECK(RecordHash().Text("ab").Text("c").Finish() != RecordHash().Text("a").Text("bc").Finish());
  CHECK(RecordHash().Texts({"a"}).Finish() != RecordHash().Text("a").Finish());
}

TEST_CASE("a mark is stored as one number, whatever its halves are") {
  for (const ImportMark mark : {ImportMark{}, ImportMark{0xFFFFFFFF, 0}, ImportMark{1, 0xFFFFFFFF},
                                ImportMark{0x80000000, 0x80000000}}) {
    CHECK(ImportMark::From(mark.Packed()) == mark);
  }
  CHECK(HalfOf({1, 2, 3, 0xFF}) == 0x010203FF);
}

}  // namespace
}  // namespace guildhall
