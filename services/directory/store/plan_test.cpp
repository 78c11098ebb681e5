// What lists cost: EXPLAIN's buffers among thousands of communities, few of which an external may
// see.
#include <algorithm>

#include "services/directory/store/community_store.h"
#include "services/directory/store/plan_fixture.h"

namespace guildhall::directory {
namespace {

struct Fixture : PlanFixture {
  // 5,000 communities by name, one in a hundred for everybody, with 20,000 memberships; beside them
  // two of the customer's own, and one that is SECRET below what it owns.
  Fixture() {
    Run(R"sql(
      INSERT INTO communities (id, display_name, kind, visibility, admits, create_time)
      SELECT gen_random_uuid(), 'Community ' || lpad(n::text, 5, '0'), 1 + n % 5, 1 + n % 3,
             CASE WHEN n % 100 = 1 THEN 2 ELSE 1 END, now()
      FROM generate_series(1, 5000) n;
      INSERT INTO members (id, display_name, affiliation, create_time)
      SELECT gen_random_uuid(), 'Employee', 1, now() FROM generate_series(1, 1000);
      INSERT INTO memberships
      SELECT community.id, member.id, 1 + (random() < 0.1)::int * 2, now()
      FROM (SELECT id, row_number() OVER () AS n FROM communities) community
      JOIN (SELECT id, row_number() OVER () AS n FROM members WHERE affiliation = 1) member
        ON (member.n * 7 + community.n) % 250 = 0)sql");
    own = AddCommunity("Own", Visibility::kClosed, Admits::kEveryone);
    AddMembership(own, customer, Role::kOwner);
    AddCommunity("Own and below", Visibility::kSecret, Admits::kEveryone, own);
    AddMembership(AddCommunity("Guest", Visibility::kSecret), customer);
    Run("ANALYZE");
  }
  // The buffers that a statement touches, planned for any parameters.
  int BuffersOf(const postgres::Statement& statement, const std::string& types,
                const std::string& arguments) {
    const Plan plan = PlanOf(statement, types, arguments);
    rows = plan.rows;
    return plan.buffers;
  }

  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  CommunityId own;
  int rows = 0;
};

// 20,000 bans, a community at the bottom of the tree, and somebody who is banned from a thousand
// others.
struct BansFixture : Fixture {
  BansFixture() {
    for (int depth = 1; depth < 5; ++depth) {
      deep = AddCommunity("Deep", Visibility::kOpen, Admits::kEmployees, deep);
    }
    Run("INSERT INTO bans SELECT member.id, community.id, '', member.id, now() - n * interval '1 "
        "s' "
        "FROM (SELECT id FROM members ORDER BY id LIMIT 20) member, "
        "(SELECT id, row_number() OVER () AS n FROM communities WHERE display_name LIKE "
        "'Community%' LIMIT 1000) community; ANALYZE");
    banned = Ask("SELECT member_id FROM bans LIMIT 1");
    from = Ask("SELECT community_id FROM bans LIMIT 1");
  }

  const CommunityId top = AddCommunity("Deep");
  CommunityId deep = top;
  std::string banned, from;
};

TEST_CASE_METHOD(BansFixture, "whether somebody is banned is a look-up for each community above") {
  const auto ask = [&](const std::string& member) {
    return BuffersOf(sql::kGetAccessFacts, "uuid[], uuid[]",
                     "'{" + member + "}', '{" + deep.ToString() + "}'");
  };
  // Four reads of one row each, and five look-ups each among the memberships and the bans.
  CHECK(ask(banned) <= 50);
  CHECK(rows == 1);
  CHECK(ask(customer.ToString()) <= 50);
}

TEST_CASE_METHOD(BansFixture, "bans are listed, counted out and ended by their indexes") {
  const std::string none = "'00000000-0000-0000-0000-000000000000'";
  CHECK(BuffersOf(sql::kListBans, "uuid, timestamptz, uuid, int",
                  "'" + from + "', 'infinity', " + none + ", 11") <= 30);
  CHECK(rows == 11);
  CHECK(BuffersOf(sql::kListEndedBans, "timestamptz, timestamptz, uuid, uuid, int",
                  "now(), '-infinity', " + none + ", " + none + ", 50") <= 15);
  CHECK(rows == 0);
  CHECK(BuffersOf(sql::kReadMembershipsBelow, "uuid, uuid",
                  "'" + deep.ToString() + "', '" + customer.ToString() + "'") <= 20);
  CHECK(BuffersOf(sql::kLockCommunitiesOfMemberBelow, "uuid, uuid",
                  "'" + own.ToString() + "', '" + customer.ToString() + "'") <= 30);
  CHECK(rows == 1);
}

TEST_CASE_METHOD(BansFixture, "mutes are listed, one's own too, and ended by their indexes") {
  Run("INSERT INTO mutes SELECT * FROM bans; ANALYZE mutes");
  const std::string none = "'00000000-0000-0000-0000-000000000000'";
  CHECK(BuffersOf(sql::kListMutes, "uuid, timestamptz, uuid, int",
                  "'" + from + "', 'infinity', " + none + ", 11") <= 30);
  CHECK(rows == 11);
  CHECK(BuffersOf(sql::kListEndedMutes, "timestamptz, timestamptz, uuid, uuid, int",
                  "now(), '-infinity', " + none + ", " + none + ", 50") <= 15);
  CHECK(rows == 0);
  Run("DELETE FROM bans; DELETE FROM mutes WHERE create_time < now() - interval '20 s'");
  // The first use of sees_community in a session reads some 190 buffers of the catalog.
  CHECK(BuffersOf(sql::kListMyMutes, "uuid, boolean, timestamptz, uuid, int",
                  "'" + banned + "', false, 'infinity', " + none + ", 11") <= 190 + 30 * 12);
  CHECK(rows > 0);
}

TEST_CASE_METHOD(BansFixture, "what was taken out of a profile is listed by its index") {
  Run("INSERT INTO profile_removals SELECT member_id, now() - n * interval '1 s', "
      "gen_random_uuid(), '{headline}', 'Insults somebody.', member_id FROM "
      "(SELECT id AS member_id FROM members ORDER BY id LIMIT 200) member, "
      "generate_series(1, 100) n; ANALYZE profile_removals");
  const std::string member = Ask("SELECT member_id FROM profile_removals LIMIT 1");
  const auto ask = [&](const std::string& time) {
    return BuffersOf(sql::kListProfileRemovals, "uuid, timestamptz, uuid, int",
                     "'" + member + "', " + time + ", '00000000-0000-0000-0000-000000000000', 31");
  };
  CHECK(ask("'infinity'") <= 45);
  CHECK(rows == 31);
  CHECK(ask("now() - interval '50 s'") <= 45);
  CHECK(rows == 31);
}

TEST_CASE_METHOD(BansFixture, "what somebody sees below is looked up for each community there") {
  const auto ask = [&](CommunityId community, const std::string& member) {
    return BuffersOf(sql::kListSightBelow, "uuid, uuid",
                     "'" + community.ToString() + "', '" + member + "'");
  };
  // The first use of sees_community in a session reads some 190 buffers of the catalog.
  const int one = ask(deep, banned);
  CHECK(one <= 250);
  CHECK(rows == 1);
  CHECK(ask(top, banned) - one <= 4 * 12);
  CHECK(rows == 5);
}

// 20,000 requests and as many invitations, 1,000 of each for one community and for one member.
struct ProposalsFixture : Fixture {
  ProposalsFixture() {
    Run("INSERT INTO proposals (community_id, member_id, kind, creator_id, create_time, "
        "expire_time)"
        " SELECT community.id, member.id, kind, member.id, now() - community.n * interval '1 s', "
        "now() + interval '1 day' FROM generate_series(1, 2) kind, "
        "(SELECT id, row_number() OVER () AS n FROM members WHERE affiliation = 1) member, "
        "(SELECT id, row_number() OVER () AS n FROM communities WHERE display_name LIKE "
        "'Community%' LIMIT 1000) community WHERE member.n = 1 OR community.n = 1 "
        "OR (member.n * 7 + community.n) % 55 = 0; ANALYZE");
    busy = Ask("SELECT member_id FROM proposals GROUP BY 1 ORDER BY count(*) DESC LIMIT 1");
    sought = Ask("SELECT community_id FROM proposals GROUP BY 1 ORDER BY count(*) DESC LIMIT 1");
  }
  std::string busy, sought;
};

TEST_CASE_METHOD(ProposalsFixture, "requests and invitations are found by their indexes") {
  const std::string none = "'00000000-0000-0000-0000-000000000000'";
  CHECK(BuffersOf(sql::kListProposals, "uuid, int, int, timestamptz, uuid, int",
                  "'" + sought + "', 1, 1, '-infinity', " + none + ", 31") <= 40);
  CHECK(rows == 31);
  // The first use of sees_community in a session reads some 190 buffers of the catalog.
  for (const char* kind : {"1", "2"}) {
    CHECK(BuffersOf(sql::kListMyProposals, "uuid, boolean, int, timestamptz, uuid, int",
                    absl::StrCat("'", busy, "', false, ", kind, ", 'infinity', ", none, ", 31")) <=
          190 + 50 * 12);
    CHECK(rows == 31);  // SECRET ones are passed over
  }
  // At the limits: each of the 500 that are counted is a buffer until they are vacuumed.
  CHECK(BuffersOf(sql::kReadStandingToInvite, "uuid, uuid, uuid, boolean, int, int",
                  absl::StrCat("'", sought, "', '", busy, "', '", busy, "', false, 500, 100")) <=
        600);
  CHECK(BuffersOf(sql::kCountRequests, "uuid, int", "'" + busy + "', 50") <= 10);
  CHECK(BuffersOf(sql::kDeleteEndedProposals, "timestamptz, int", "now(), 200") <= 10);
  CHECK(rows == 0);
}

// A community with four above it.
TEST_CASE_METHOD(BansFixture, "what stands above a community is a look-up for each") {
  for (const std::string& asker : {banned, customer.ToString()}) {
    CHECK(BuffersOf(sql::kGetCommunity, "uuid, uuid, boolean",
                    "'" + deep.ToString() + "', '" + asker + "', false") <= 60);
    CHECK(rows == 1);
  }
}

TEST_CASE_METHOD(Fixture, "an external's pages hold all that it may see, once, by name") {
  std::vector<std::string> names;
  CommunityPosition after;
  const CommunityStore store(**this);
  const auto viewer = ViewerOf(customer, Affiliation::kExternal);
  for (bool more = true; more;) {
    const auto page = store.List(context(), viewer, {}, after, 7);
    REQUIRE(page.ok());
    more = page->size() == 7;
    for (const ListedCommunity& listed : *page) {
      names.push_back(listed.community.profile.display_name);
    }
    if (more) after = {.display_name = names.back(), .id = page->back().community.id};
  }
  CHECK(std::is_sorted(names.begin(), names.end()));
  // Of 50 for everybody 17 are SECRET, and three are the customer's own or below it.
  CHECK(names.size() == 50 - 17 + 3);
}

}  // namespace
}  // namespace guildhall::directory
