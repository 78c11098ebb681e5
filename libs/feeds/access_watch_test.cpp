#include "libs/feeds/access_watch.h"

#include <catch2/catch.hpp>

#include "libs/feeds/watch_fixture.h"
#include "libs/testing/eventually.h"

namespace guildhall::feeds {
namespace {

using testing::Eventually;

TEST_CASE("what is known under a lease is not asked again") {
  OwnerOfTruth owner;
  Service service(owner);
  REQUIRE(Eventually([&] { return service.Leased(); }));
  CHECK(service.Lives());
  const int asked = service.asked;
  for (int i = 0; i < 10; ++i) CHECK(service.Lives());
  CHECK(service.asked == asked);
  owner.Set(false);
  CHECK(!service.Lives());
}

TEST_CASE("without its watch a service asks each time, and comes back by itself") {
  OwnerOfTruth owner;
  Service service(owner);
  REQUIRE(Eventually([&] { return service.Leased(); }));
  CHECK(service.Lives());
  service.cut = true;
  REQUIRE(Eventually([&] { return !service.Leased(); }));
  const int asked = service.asked;
  CHECK(service.Lives());
  CHECK(service.Lives());
  CHECK(service.asked == asked + 2);
  owner.Set(false);
  CHECK(!service.Lives());
  service.cut = false;
  CHECK(Eventually([&] { return service.Leased(); }));
}

TEST_CASE("a service that ends is not waited for") {
  OwnerOfTruth owner;
  Service service(owner);
  REQUIRE(Eventually([&] { return service.Leased(); }));
  service.watch.reset();
  CHECK(!service.Leased());
  CHECK(owner.database.Ask("SELECT count(*) FROM access_leases") == "0");
}

TEST_CASE("with the owner away reads end in denial within the lease, and come back alone") {
  OwnerOfTruth owner;
  Service service(owner);
  REQUIRE(Eventually([&] { return service.Leased(); }));
  CHECK(service.Lives());
  const absl::Duration gone = SystemClock().Monotonic();
  owner.away = true;
  absl::Duration last_began = gone;
  for (absl::Duration began = gone; service.Lives(); began = SystemClock().Monotonic()) {
    last_began = began;
  }
  // The lease was renewed by a request that was sent before.
  CHECK(last_began - gone <= kAccessLease);
  for (int i = 0; i < 100; ++i) CHECK(!service.Lives());
  owner.away = false;
  CHECK(Eventually([&] { return service.Lives() && service.Leased(); }));
}

}  // namespace
}  // namespace guildhall::feeds
