#include "tools/import/archive/spool.h"

#include <catch2/catch.hpp>

namespace guildhall::importing {
namespace {

TEST_CASE("what was added in any order is read group by group") {
  auto spool = Spool::Create();
  REQUIRE(spool.ok());
  const std::string longer(100'000, 'x');
  REQUIRE(spool->Add(1, {"a", "", longer}).ok());
  REQUIRE(spool->Add(3, {}).ok());
  REQUIRE(spool->Add(1, {std::string("\0\n", 2)}).ok());
  REQUIRE(spool->size() == 4);
  CHECK(*spool->Read(1) == std::vector<Spool::Record>{{"a", "", longer}, {std::string("\0\n", 2)}});
  CHECK(*spool->Read(3) == std::vector<Spool::Record>{{}});
  CHECK(spool->Read(0)->empty());
  CHECK(spool->CountOf(1) == 2);
}

}  // namespace
}  // namespace guildhall::importing
