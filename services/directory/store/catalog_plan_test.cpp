// What browsing costs: EXPLAIN's buffers among 5,000 communities and among 50, planned for any
// parameters.
#include "absl/strings/str_cat.h"
#include "services/directory/store/plan_fixture.h"

namespace guildhall::directory {
namespace {

struct Fixture : PlanFixture {
  // `count` communities: one in ten is archived, SECRET, for everybody, or of a kind, and two are
  // at a place; the customer and the colleague belong to one in 25, which are for employees.
  void Fill(int count) {
    Run(absl::StrCat(R"sql(
      INSERT INTO communities (id, display_name, description, kind, visibility, admits, location,
                               archived, member_count, create_time)
      SELECT md5(n::text)::uuid, 'Community ' || lpad(n::text, 5, '0'),
             repeat('What it is about. ', 20), CASE WHEN n % 10 = 1 THEN 5 ELSE 1 + n % 4 END,
             CASE WHEN n % 10 = 2 THEN 3 ELSE 1 + n % 2 END, 1 + (n % 10 = 3)::int,
             CASE WHEN n % 10 IN (3, 4) THEN 'Porto' ELSE '' END, n % 10 = 5, n % 977,
             now() - n * interval '1 hour'
      FROM generate_series(1, )sql",
                     count, ") n"));
    for (const MemberId member : {colleague, customer}) {
      Run(absl::StrCat("INSERT INTO memberships SELECT md5(n::text)::uuid, '", member.ToString(),
                       "', 1, now() FROM generate_series(1, ", count, ", 25) n;",
                       "UPDATE members SET community_ids = ARRAY(SELECT community_id FROM "
                       "memberships WHERE member_id = members.id)"));
    }
    // As after some time: a page that nobody writes is known to be seen by all.
    Run("VACUUM ANALYZE community_catalog");
    Run("ANALYZE");
  }
  int Measure(const postgres::Statement& statement, const std::string& types,
              const std::string& arguments) {
    const Plan plan = PlanOf(statement, types, arguments);
    rows = plan.rows;
    return plan.buffers;
  }
  // A page of 31. `filter` is kind, admission, location, and whether archived ones come; `place`
  // whether those at the top come alone, and what they are below.
  int Page(MemberId viewer, const std::string& filter, const std::string& order = "name",
           const std::string& place = "false, NULL") {
    const std::string external = viewer == customer ? "true" : "false";
    const auto measure = [&](const postgres::Statement& statement, const std::string& type,
                             const std::string& position) {
      return Measure(
          statement,
          "uuid, boolean, uuid, int, int, text, boolean, int, " + type + ", uuid, boolean, uuid",
          absl::StrCat("'", viewer.ToString(), "', ", external, ", NULL, ", filter, ", 31, ",
                       position, ", ", kNil, ", ", place));
    };
    if (order == "newest") return measure(sql::kListNewestCommunities, "timestamptz", "'infinity'");
    if (order == "largest") return measure(sql::kListLargestCommunities, "int", "2147483647");
    return measure(sql::kListCommunities, "text", "''");
  }
  int Mine() {
    return Measure(sql::kListMyCommunities, "uuid, boolean, text, uuid, int",
                   absl::StrCat("'", customer.ToString(), "', true, '', ", kNil, ", 31"));
  }

  // Where the customer belongs, as far as `viewer` sees it.
  int Theirs(MemberId viewer, int count) {
    return Measure(sql::kListMemberCommunities, "uuid, boolean, uuid, boolean, text, uuid, int",
                   absl::StrCat("'", viewer.ToString(), viewer == customer ? "', true" : "', false",
                                ", '", customer.ToString(), "', true, '', ", kNil, ", ", count));
  }

  // What `viewer` is told of charters that are overdue.
  int Overdue(MemberId viewer) {
    return Measure(sql::kListOverdueCharters, "uuid, boolean, timestamptz, timestamptz, uuid, int",
                   absl::StrCat("'", viewer.ToString(), viewer == customer ? "', true" : "', false",
                                ", now(), '-infinity', ", kNil, ", 31"));
  }

  const MemberId colleague = AddMember("Cleo");
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  int rows = 0;
};

TEST_CASE_METHOD(Fixture, "browsing 5,000 communities reads a page and an index") {
  Fill(5'000);
  const char* filters[] = {"0, 0, '', false",      "5, 0, '', false",        "0, 2, '', false",
                           "0, 0, 'porto', false", "0, 0, 'nowhere', false", "0, 0, '', true"};
  for (const MemberId viewer : {colleague, customer}) {
    for (const char* filter : filters) {
      for (const char* order : {"name", "newest", "largest"}) {
        INFO(filter << " " << order);
        CHECK(Page(viewer, filter, order) <= 350);
        CHECK(rows == (std::string_view(filter).find("nowhere") == std::string::npos ? 31 : 0));
      }
    }
  }
  CHECK(Mine() <= 500);
  CHECK(rows == 31);
}

// Nine in ten are below one of the others, and the colleague is banned from one.
TEST_CASE_METHOD(Fixture, "browsing a tree of 5,000 communities walks the catalog thrice") {
  Fill(5'000);
  Run("UPDATE communities child SET parent_id = parent.id, ancestor_ids = ARRAY[parent.id] "
      "FROM communities parent WHERE parent.display_name = "
      "left(child.display_name, 14) || '1' AND child.id <> parent.id;"
      "UPDATE community_catalog entry SET parent_id = community.parent_id, "
      "ancestor_ids = community.ancestor_ids FROM communities community "
      "WHERE community.id = entry.community_id");
  Run("VACUUM FULL community_catalog");
  Run("VACUUM ANALYZE community_catalog");
  Run("ANALYZE");
  const auto check = [&](const char* place, int least) {
    for (const MemberId viewer : {colleague, customer}) {
      for (const char* order : {"name", "newest", "largest"}) {
        INFO(place << " " << order);
        CHECK(Page(viewer, "0, 0, '', true", order, place) <= 500);
        CHECK(rows >= least);
      }
    }
  };
  check("true, NULL", 31);
  check("false, md5('1001')::uuid", 1);
  Run("INSERT INTO bans (community_id, member_id, creator_id, create_time) SELECT "
      "md5('2001')::uuid, "
      "id, id, now() FROM members");
  check("false, NULL", 31);
}

TEST_CASE_METHOD(Fixture, "where somebody belongs is told of 200 communities by a walk") {
  Fill(5'000);
  for (const int count : {31, 51}) {
    CHECK(Theirs(colleague, count) <= 500);
    CHECK(rows == count);
    CHECK(Theirs(AddMember("Stella"), count) <= 500);
    CHECK(rows > 0);
  }
  // All are closed to who looks, but for one who owns what is above.
  Run("UPDATE communities SET visibility = 2");
  const MemberId stranger = AddMember("Stella"), owner = AddMember("Olga");
  const CommunityId top = AddCommunity("Top");
  AddMembership(top, owner, Role::kOwner);
  Run("UPDATE community_catalog SET ancestor_ids = ARRAY[uuid '" + top.ToString() + "']");
  Run("VACUUM FULL community_catalog");
  Run("VACUUM ANALYZE community_catalog");
  CHECK(Theirs(stranger, 51) <= 200);
  CHECK(rows == 0);
  CHECK(Theirs(owner, 51) <= 500);
  CHECK(rows == 51);
}

TEST_CASE_METHOD(Fixture,
                 "nine communities in ten that are archived cost a list entries of its index") {
  Fill(5'000);
  const int few = Page(colleague, "0, 0, '', false");
  Run("UPDATE communities SET archived = (substr(display_name, 11)::int % 10 > 0)");
  Run("VACUUM ANALYZE community_catalog");
  // Ten entries of the index for each that is listed.
  CHECK(Page(colleague, "0, 0, '', false") <= few + 60);
  CHECK(rows == 31);
}

TEST_CASE_METHOD(Fixture, "browsing costs little more than among a hundredth of it") {
  Fill(50);
  const int employee = Page(colleague, "0, 0, '', false");
  REQUIRE(rows == 31);
  Run("DELETE FROM memberships; DELETE FROM community_catalog; DELETE FROM communities");
  Fill(5'000);
  CHECK(Page(colleague, "0, 0, '', false") <= 2 * employee);
  CHECK(Page(customer, "0, 0, '', false") <= 2 * employee);
}

// 37 and 197: of 31 communities and 31 memberships each is looked up in an index of two levels,
// where 50 are read as a whole, and of a membership that is not vacuumed yet the row; the walk
// passes by those of others.
TEST_CASE_METHOD(Fixture, "one's own list costs a look-up for each more than among a hundredth") {
  Fill(50);
  Run("INSERT INTO memberships SELECT id, '" + customer.ToString() +
      "', 1, now() FROM communities ON CONFLICT DO NOTHING;"
      "UPDATE members SET community_ids = ARRAY(SELECT community_id FROM memberships "
      "WHERE member_id = members.id)");
  Run("ANALYZE");
  const int few = Mine();
  REQUIRE(rows == 31);
  Run("DELETE FROM memberships; DELETE FROM community_catalog; DELETE FROM communities");
  Fill(5'000);
  CHECK(Mine() <= few + 31 * (2 + 2 + 1) + 20);
  CHECK(rows == 31);
}

TEST_CASE_METHOD(Fixture, "overdue charters are told by an index alone") {
  Fill(5'000);
  Run("INSERT INTO charters (community_id, review_time, version) "
      "SELECT id, create_time, 1 FROM communities;"
      "UPDATE memberships SET role = 3 WHERE member_id = '" +
      colleague.ToString() +
      "'; UPDATE community_catalog SET ancestor_ids = ARRAY(SELECT md5((5000 + n)::text)::uuid "
      "FROM generate_series(1, 4) n)");
  Run("VACUUM ANALYZE community_catalog");
  CHECK(Overdue(colleague) <= 350);
  CHECK(rows == 31);
  CHECK(Overdue(customer) <= 350);
  CHECK(rows == 0);
}

// 20,000 requests wait in 5,000 communities; the colleague moderates 200 of these and owns what all
// are below, the customer moderates as many.
TEST_CASE_METHOD(Fixture, "who waits for an answer is told by an index of those who wait") {
  Fill(5'000);
  Run(absl::StrCat(
      "UPDATE memberships SET role = 2;"
      "INSERT INTO members (id, display_name, affiliation, create_time) "
      "SELECT gen_random_uuid(), 'Guest', 1, now() FROM generate_series(1, 4);"
      "INSERT INTO proposals (community_id, member_id, kind, creator_id, create_time, expire_time) "
      "SELECT community.id, member.id, 1, member.id, community.create_time, now() "
      "FROM communities community, members member WHERE member.display_name = 'Guest'"));
  const CommunityId top = AddCommunity("Top");
  Run(absl::StrCat("INSERT INTO memberships VALUES ('", top.ToString(), "', '",
                   colleague.ToString(), "', 3, now());",
                   "UPDATE community_catalog SET ancestor_ids = ARRAY[uuid '", top.ToString(),
                   "'] WHERE community_id <> '", top.ToString(), "' AND kind = 5"));
  Run("VACUUM ANALYZE community_catalog");
  Run("VACUUM ANALYZE proposals");
  const auto list = [&](MemberId viewer, const char* external, const char* after = "'-infinity'") {
    return Measure(sql::kListWaitingRequests, "uuid, boolean, timestamptz, uuid, uuid, int",
                   absl::StrCat("'", viewer.ToString(), "', ", external, ", ", after, ", ", kNil,
                                ", ", kNil, ", 51"));
  };
  const auto count = [&](MemberId viewer, const char* external) {
    return Measure(sql::kCountWaitingRequests, "uuid, boolean, int",
                   absl::StrCat("'", viewer.ToString(), "', ", external, ", 101"));
  };
  CHECK(list(colleague, "false") <= 450);
  CHECK(rows == 51);
  CHECK(list(customer, "true") <= 450);
  CHECK(rows == 51);
  CHECK(count(colleague, "false") <= 250);
  CHECK(count(customer, "true") <= 250);
  // Nobody waits: all who wait elsewhere are gone through, or nothing where no order is kept.
  Run("DELETE FROM proposals USING memberships WHERE memberships.community_id = "
      "proposals.community_id AND memberships.member_id = '" +
      customer.ToString() + "'");
  Run("VACUUM proposals");
  CHECK(list(customer, "true") <= 350);
  CHECK(rows == 0);
  CHECK(count(customer, "true") <= 350);
  CHECK(list(AddMember("Stella"), "false") <= 30);
}

// 30,000 requests wait elsewhere, in rows that no vacuum has seen.
TEST_CASE_METHOD(Fixture, "what waits elsewhere costs who keeps order in few communities nothing") {
  Fill(5'000);
  const MemberId moderator = AddMember("Mo");
  Run("INSERT INTO memberships SELECT community_id, '" + moderator.ToString() +
      "', 2, now() FROM (SELECT community_id FROM community_catalog WHERE NOT archived "
      "ORDER BY display_key LIMIT 5) few");
  Run("INSERT INTO members (id, display_name, affiliation, create_time) "
      "SELECT gen_random_uuid(), 'Guest', 1, now() FROM generate_series(1, 6)");
  const auto wait = [&](const char* whether) {
    Run(absl::StrCat(
        "INSERT INTO proposals (community_id, member_id, kind, creator_id, create_time, "
        "expire_time) SELECT community.id, member.id, 1, member.id, community.create_time, now() "
        "FROM communities community, members member WHERE member.display_name = 'Guest' AND ",
        whether,
        " EXISTS (SELECT FROM memberships WHERE community_id = community.id AND "
        "member_id = '",
        moderator.ToString(), "')"));
    Run("ANALYZE");
  };
  const auto list = [&] {
    return Measure(sql::kListWaitingRequests, "uuid, boolean, timestamptz, uuid, uuid, int",
                   absl::StrCat("'", moderator.ToString(), "', false, '-infinity', ", kNil, ", ",
                                kNil, ", 51"));
  };
  const auto count = [&] {
    return Measure(sql::kCountWaitingRequests, "uuid, boolean, int",
                   absl::StrCat("'", moderator.ToString(), "', false, 101"));
  };
  wait("");
  const int listed_alone = list(), counted_alone = count();
  CHECK(rows == 1);
  wait("NOT");
  CHECK(list() <= listed_alone + 20);
  CHECK(rows == 30);
  CHECK(count() <= counted_alone + 20);
  CHECK(listed_alone <= 250);
}

// 10,000 own, two each community; as many accounts are suspended, with them all owners of one in
// ten; another tenth of the owners is banned from some other community.
TEST_CASE_METHOD(Fixture, "where no owner can act is told by reading owners and catalog once") {
  Fill(5'000);
  Run(R"sql(
    INSERT INTO members (id, display_name, affiliation, create_time)
    SELECT md5('m' || n)::uuid, 'M', 1, now() FROM generate_series(1, 10000) n;
    INSERT INTO memberships
    SELECT md5((1 + n % 5000)::text)::uuid, md5('m' || n)::uuid, 3, now()
    FROM generate_series(1, 10000) n;
    INSERT INTO suspended_accounts SELECT md5('m' || n)::uuid FROM generate_series(1, 100000, 10) n;
    INSERT INTO bans (member_id, community_id, creator_id, create_time)
    SELECT md5('m' || n)::uuid, md5((1 + (n + 7) % 5000)::text)::uuid, md5('m1')::uuid, now()
    FROM generate_series(2, 10000, 10) n;
    ANALYZE)sql");
  const auto list = [&] {
    return Measure(sql::kListOwnerlessCommunities, "timestamptz, uuid, int",
                   "'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 101");
  };
  CHECK(list() <= 400);
  CHECK(rows == 101);
  Run("DELETE FROM suspended_accounts; ANALYZE suspended_accounts");
  CHECK(list() <= 400);
}

TEST_CASE_METHOD(Fixture, "the catalog says what communities say") {
  const CommunityId bakers = AddCommunity("Bakers");
  AddMembership(bakers, colleague);
  Run("UPDATE communities SET display_name = 'Brewers', location = 'Köln', visibility = 2, "
      "admits = 2, archived = true");
  Run("UPDATE communities SET kind = 3");
  const std::string said =
      "SELECT display_key || ' ' || location_key || ' ' || visibility || admits || archived || "
      "size || kind FROM community_catalog";
  CHECK(Ask(said) == "brewers koln 22true13");
  CHECK(Ask("SELECT string_agg(size_step(n)::text, ' ') FROM unnest('{0, 7, 99, 100, 119, 1234, "
            "2147483647}'::int[]) n") == "0 7 99 100 110 1200 2100000000");
}

}  // namespace
}  // namespace guildhall::directory
