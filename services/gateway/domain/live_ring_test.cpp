#include "services/gateway/domain/live_ring.h"

#include <catch2/catch.hpp>

#include "services/gateway/domain/closed_places.h"
#include "services/gateway/domain/positions_fixture.h"

namespace guildhall::gateway {
namespace {

using Ring = LiveRing<int>;
void Append(Ring& ring, int change, const Positions& after, std::size_t bytes = 1) {
  ring.Append(std::make_shared<int>(change), after, bytes);
}

TEST_CASE("a ring forgets its oldest changes and says from where on it knows all") {
  Ring ring(2, KiB(1));
  ring.Restart(At(1, 1));
  Append(ring, 10, At(2, 1));
  Append(ring, 20, At(2, 2));
  CHECK(ring.start_positions() == At(1, 1));
  Append(ring, 30, At(3, 2));
  CHECK(ring.begin() == 1);
  CHECK(ring.end() == 3);
  CHECK_FALSE(ring.Holds(0));
  CHECK(*ring.At(1).change == 20);
  CHECK(ring.start_positions() == At(2, 1));
  CHECK(ring.Before(1) == At(2, 1));
  CHECK(ring.Before(2) == At(2, 2));
  CHECK(ring.end_positions() == At(3, 2));
}

TEST_CASE("a ring is bounded in bytes and keeps at least the newest change") {
  Ring ring(100, KiB(1));
  ring.Restart(At(0, 0));
  Append(ring, 1, At(1, 0), 600);
  Append(ring, 2, At(2, 0), 600);
  CHECK(ring.begin() == 1);
  Append(ring, 3, At(3, 0), 5000);
  CHECK(ring.begin() == 2);
  CHECK(*ring.At(2).change == 3);
}

TEST_CASE("what is read on without a change counts for the newest one") {
  Ring ring(2, KiB(1));
  ring.Restart(At(1, 1));
  ring.Pass(At(4, 1));
  CHECK(ring.start_positions() == At(4, 1));
  Append(ring, 10, At(4, 2));
  ring.Pass(At(6, 2));
  CHECK(ring.At(0).after == At(6, 2));
  CHECK(ring.start_positions() == At(4, 1));
}

TEST_CASE("a ring that begins anew leaves readers behind") {
  Ring ring(4, KiB(1));
  ring.Restart(At(1, 1));
  Append(ring, 10, At(2, 1));
  ring.Restart(At(9, 9));
  CHECK(ring.begin() == ring.end());
  CHECK_FALSE(ring.Holds(0));
  CHECK(ring.start_positions() == At(9, 9));
}

TEST_CASE("positions cover others when no log is behind") {
  CHECK(At(2, 2).Covers(At(2, 1)));
  CHECK_FALSE(At(2, 2).Covers(At(1, 3)));
  Positions joined = At(1, 5);
  joined.Join(At(4, 2));
  CHECK(joined == At(4, 5));
  Positions late = At(2, 2);
  late.votes = {1, 1};
  CHECK(late.Covers(At(2, 2)));
  CHECK_FALSE(At(2, 2).Covers(late));
  CHECK(late.ReadFrom(Log::kDiscussions).place == Place{1, 1});
  CHECK(late.ReadFrom(Log::kDirectory).place == Place{2, 1});
  Positions restored = At(1, 1);
  restored[Log::kDirectory].incarnation.bytes[0] = 1;
  CHECK_FALSE(restored.IsComparable(At(1, 1)));
}

TEST_CASE("a change that stands in its place is told with it") {
  const Place page[] = {{5, 1}, {5, 2}, {7, 1}};
  CHECK(ToldPlaces({3, 0}, page) == std::vector<Place>{{5, 1}, {5, 2}, {7, 1}});
}

TEST_CASE("what is told in one place counts as told with the last of it") {
  const Place page[] = {{4, 1}, {5, 1}, {5, 1}, {5, 1}, {6, 1}, {6, 1}};
  CHECK(ToldPlaces({3, 0}, page) ==
        std::vector<Place>{{4, 1}, {4, 1}, {4, 1}, {5, 1}, {5, 1}, {6, 1}});
  CHECK(ToldPlaces({3, 0}, {}).empty());
}

}  // namespace
}  // namespace guildhall::gateway
