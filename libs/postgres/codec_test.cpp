#include "libs/postgres/codec.h"

#include <catch2/catch.hpp>
#include <limits>
#include <string>
#include <vector>

#include "libs/postgres/database.h"
#include "libs/testing/test_database.h"

namespace guildhall::postgres {
namespace {

// Sends a value through the server and back; `statement` casts it on the way, so that it is really
// read there.
template <typename T>
T Echo(testing::TestDatabase& db, const Statement& statement, const T& value) {
  const absl::StatusOr<Rows> rows = db->Read(Context(), statement, value);
  INFO(rows.status());
  REQUIRE(rows.ok());
  return (*rows)[0].Get<T>(0);
}

// What the server makes of a value, in its own text.
template <typename T>
std::string Text(testing::TestDatabase& db, const Statement& statement, const T& value) {
  const absl::StatusOr<Rows> rows = db->Read(Context(), statement, value);
  INFO(rows.status());
  REQUIRE(rows.ok());
  return (*rows)[0].Get<std::string>(0);
}

constexpr Statement kBool{"bool", "SELECT NOT NOT $1"};
constexpr Statement kInt{"int", "SELECT $1 + 0"};
constexpr Statement kLong{"long", "SELECT $1 + 0"};
constexpr Statement kDouble{"double", "SELECT $1 + 0"};
constexpr Statement kString{"string", "SELECT $1 || ''"};
constexpr Statement kUuid{"uuid", "SELECT $1"};
constexpr Statement kTime{"time", "SELECT $1 + interval '0'"};
constexpr Statement kTimeText{"time_text", "SELECT $1::text"};
constexpr Statement kStrings{"strings", "SELECT $1 || '{}'::text[]"};
constexpr Statement kStringsText{"strings_text", "SELECT $1::text"};
constexpr Statement kMaybeStrings{"maybe_strings", "SELECT $1 || '{}'::text[]"};
constexpr Statement kUuids{"uuids", "SELECT $1 || '{}'::uuid[]"};
constexpr Statement kBools{"bools", "SELECT $1 || '{}'::bool[]"};
constexpr Statement kLongs{"longs", "SELECT $1 || '{}'::int8[]"};
constexpr Statement kTimes{"times", "SELECT $1 || '{}'::timestamptz[]"};
constexpr Statement kBytes{"bytes", "SELECT $1 || ''::bytea"};

TEST_CASE("values come back as they went") {
  testing::TestDatabase db;
  CHECK(Echo(db, kBool, true));
  CHECK_FALSE(Echo(db, kBool, false));
  for (const int value : {0, -1, 255, std::numeric_limits<int>::min(), 2147483647}) {
    CHECK(Echo(db, kInt, value) == value);
  }
  for (const std::int64_t value : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-129},
                                   std::numeric_limits<std::int64_t>::max()}) {
    CHECK(Echo(db, kLong, value) == value);
  }
  for (const double value : {0.0, -1.5, 1e300, std::numeric_limits<double>::infinity()}) {
    CHECK(Echo(db, kDouble, value) == value);
  }
  for (const char* value : {"", "ü 漢 🎉 \\ \" ' { } , NULL", "line\nline"}) {
    CHECK(Echo(db, kString, std::string(value)) == value);
  }
  const MemberId id(*Uuid::Parse("018bcfe5-687b-7fff-8000-0123456789ab"));
  CHECK(Echo(db, kUuid, id) == id);
  CHECK(Text(db, Statement{"uuid_text", "SELECT $1::text"}, id) == id.ToString());
}

TEST_CASE("times are exact to the microsecond and may be infinite") {
  testing::TestDatabase db;
  for (const absl::Time time :
       {absl::UnixEpoch(), absl::FromUnixMicros(-1), absl::FromUnixMicros(1'700'000'000'123'456),
        absl::FromCivil(absl::CivilSecond(1, 1, 1), absl::UTCTimeZone()), absl::InfiniteFuture(),
        absl::InfinitePast()}) {
    CHECK(Echo(db, kTime, time) == time);
  }
  CHECK(Text(db, kTimeText, absl::FromUnixMicros(946'684'800'000'001)) ==
        "2000-01-01 00:00:00.000001+00");
  CHECK(Text(db, kTimeText, absl::InfiniteFuture()) == "infinity");
  CHECK(Text(db, kTimeText, absl::InfinitePast()) == "-infinity");
}

TEST_CASE("lists carry quotes, NULL, nothing and every alphabet") {
  testing::TestDatabase db;
  const std::vector<std::string> hard = {"", "NULL", "null", "a,b", "{}", "\"", "\\", "'", "漢 🎉"};
  CHECK(Echo(db, kStrings, hard) == hard);
  CHECK(Text(db, kStringsText, hard) == R"({"","NULL","null","a,b","{}","\"","\\",',"漢 🎉"})");
  CHECK(Echo(db, kStrings, std::vector<std::string>()).empty());
  const std::vector<std::optional<std::string>> gaps = {"a", std::nullopt, "NULL", std::nullopt};
  CHECK(Echo(db, kMaybeStrings, gaps) == gaps);
  const std::vector<Uuid> uuids = {Uuid(), *Uuid::Parse("018bcfe5-687b-7fff-8000-0123456789ab")};
  CHECK(Echo(db, kUuids, uuids) == uuids);
  const std::vector<bool> bools = {true, false, true};
  CHECK(Echo(db, kBools, bools) == bools);
  const std::vector<std::int64_t> longs = {-1, 0, 1LL << 40};
  CHECK(Echo(db, kLongs, longs) == longs);
  const std::vector<absl::Time> times = {absl::InfinitePast(), absl::UnixEpoch()};
  CHECK(Echo(db, kTimes, times) == times);
}

TEST_CASE("a list of ten thousand ids is one parameter") {
  testing::TestDatabase db;
  std::vector<CommunityId> ids;
  for (int i = 0; i < 10'000; ++i) ids.emplace_back(NewUuidV7(absl::Now(), SystemRandom()));
  constexpr Statement kCount{"count", "SELECT count(DISTINCT id) FROM unnest($1) AS id"};
  const auto rows = db->Read(Context(), kCount, std::span(std::as_const(ids)));
  REQUIRE(rows.ok());
  CHECK((*rows)[0].Get<std::int64_t>(0) == 10'000);
}

TEST_CASE("bytes keep zeros, and an empty text is not NULL") {
  testing::TestDatabase db;
  const std::string bytes("\0\xff\\x'", 5);
  const auto rows = db->Read(Context(), kBytes, Bytea{bytes});
  REQUIRE(rows.ok());
  CHECK((*rows)[0].Get<std::string>(0) == bytes);

  constexpr Statement kIsNull{"is_null", "SELECT $1::text IS NULL, $2::text IS NULL, $3 IS NULL"};
  const auto nulls = db->Read(Context(), kIsNull, std::string_view(), std::optional<std::string>(),
                              std::optional<int>(3));
  REQUIRE(nulls.ok());
  CHECK_FALSE((*nulls)[0].Get<bool>(0));
  CHECK((*nulls)[0].Get<bool>(1));
  CHECK_FALSE((*nulls)[0].Get<bool>(2));
}

TEST_CASE("small and wide columns are read as the next larger type") {
  testing::TestDatabase db;
  constexpr Statement kSmall{
      "small", "SELECT (-3)::int2, 7, 1.5::float4, 'v'::varchar(3), '5'::xid8, NULL::int"};
  const auto rows = db->Read(Context(), kSmall);
  REQUIRE(rows.ok());
  const Row row = (*rows)[0];
  CHECK(row.Get<int>(0) == -3);
  CHECK(row.Get<std::int64_t>(0) == -3);
  CHECK(row.Get<std::int64_t>(1) == 7);
  CHECK(row.Get<double>(2) == 1.5);
  CHECK(row.Get<std::string_view>(3) == "v");
  CHECK(row.Get<std::int64_t>(4) == 5);
  CHECK(row.Get<std::optional<int>>(5) == std::nullopt);
}

TEST_CASE("text that no database can hold is the caller's fault") {
  testing::TestDatabase db;
  const auto zero = db->Read(Context(), kString, std::string_view("a\0b", 3));
  CHECK(absl::IsInvalidArgument(zero.status()));
  const auto broken = db->Read(Context(), kString, "\xc3(");
  CHECK(absl::IsInvalidArgument(broken.status()));
}

}  // namespace
}  // namespace guildhall::postgres
