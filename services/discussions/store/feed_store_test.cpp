// Feeds and unread counts are exact, whatever becomes of topics: what they look at is bounded by
// what is known of communities, and nothing may be missed.
#include "services/discussions/store/feed_store.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/read_state_store.h"
#include "services/discussions/store/test_forum.h"
#include "services/discussions/store/unread_store.h"

namespace guildhall::discussions {
namespace {

// 60 communities, of which a member reads the even ones; in each some topics, of which some have
// moved, were deleted or written to again. Times and scores of many are the same.
struct Fixture : TestForum {
  Fixture() {
    database.Run(R"sql(
      CREATE FUNCTION numbered(kind text, n integer) RETURNS uuid LANGUAGE sql AS $$
        SELECT (kind || '000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid
      $$;
      INSERT INTO topics (id, community_id, author_id, last_author_id, create_time, last_post_time,
                          score, last_post_number, title)
      SELECT numbered('03', n), numbered('02', n % 60), numbered('01', 2), numbered('01', 2),
             now() - interval '9 days',
             date_trunc('hour', now()) - (n * 7919 % 211) * interval '4 minutes',
             (n * 7919 % 97) / 8.0, 1 + n % 3, 'x'
      FROM generate_series(0, 499) n;
      UPDATE topics SET delete_time = now() WHERE id IN
        (SELECT DISTINCT ON (community_id) id FROM topics
         WHERE get_byte(uuid_send(community_id), 15) % 5 = 0
         ORDER BY community_id, last_post_time DESC);
      UPDATE topics SET community_id = numbered('02', 4) WHERE get_byte(uuid_send(id), 15) % 40 = 1;
      UPDATE topics SET last_post_time = now(), score = 12.5
      WHERE get_byte(uuid_send(id), 15) % 50 = 2;
      INSERT INTO topic_follows
      SELECT numbered('01', 1), id, now(), 1 + get_byte(uuid_send(id), 15) % 3 FROM topics
      WHERE get_byte(uuid_send(id), 15) % 7 = 0;
      INSERT INTO community_follows VALUES (numbered('01', 1), numbered('02', 8), 1);
      INSERT INTO community_read_states
      SELECT numbered('01', 1), numbered('02', n),
             date_trunc('hour', now()) - (n * 31 % 97) * interval '10 minutes'
      FROM generate_series(0, 50) n)sql");
    for (int n = 0; n < 60; n += 2) mine.push_back(Community(n));
  }

  static constexpr const char* kReadable =
      "FROM topics topic LEFT JOIN topic_follows follow ON follow.topic_id = topic.id "
      "WHERE delete_time IS NULL AND get_byte(uuid_send(community_id), 15) % 2 = 0 "
      "AND coalesce(level, 2) > 1 ";

  // All of a feed, in pages of 7.
  std::string Latest() {
    LatestFeedPosition after;
    std::vector<std::string> all;
    for (;;) {
      const auto page = ListLatestFeed(open, context(), Visible(Member(1), mine), after, 7);
      REQUIRE(page.ok());
      if (page->empty()) return absl::StrJoin(all, " ");
      for (const FeedTopic& each : *page) all.push_back(each.topic.id.ToString());
      after = {page->back().topic.last_post_time, page->back().topic.id};
    }
  }
  std::string Top() {
    TopFeedPosition after;
    std::vector<std::string> all;
    for (;;) {
      const auto page = ListTopFeed(open, context(), Visible(Member(1), mine), after, 7);
      REQUIRE(page.ok());
      if (page->empty()) return absl::StrJoin(all, " ");
      for (const FeedTopic& each : *page) all.push_back(each.topic.id.ToString());
      after = {page->back().topic.score, page->back().topic.id};
    }
  }
  // All of the unread topics, in pages of 7 that look at as many, as ids and how far they are read.
  std::string Unread(absl::Time now) {
    UnreadPosition after;
    std::vector<std::string> all;
    for (;;) {
      const auto page = ListUnreadTopics(open, context(), Visible(Member(1), mine), after, 7, now);
      REQUIRE(page.ok());
      if (page->topics.empty()) return absl::StrJoin(all, " ");
      for (const UnreadTopic& each : page->topics) {
        if (each.read_number) {
          all.push_back(absl::StrCat(each.topic.id.ToString(), ":", *each.read_number));
        }
      }
      const Topic& last = page->topics.back().topic;
      after.last_post_time = last.last_post_time;
      after.id = last.id;
      after.bounds.clear();
      for (const auto& [community, latest] : page->latest) {
        after.bounds[community] = std::min(latest, last.last_post_time) + absl::Microseconds(1);
      }
    }
  }
  // All of a feed of one kind, in pages of 7; of none: of unanswered questions.
  std::string OfKind(std::optional<TopicKind> kind) {
    LatestFeedPosition after;
    std::vector<std::string> all;
    for (;;) {
      const auto visible = Visible(Member(1), mine);
      const auto page = kind ? ListKindFeed(open, context(), visible, *kind, after, 7)
                             : ListUnansweredFeed(open, context(), visible, after, 7);
      REQUIRE(page.ok());
      if (page->empty()) return absl::StrJoin(all, " ");
      for (const FeedTopic& each : *page) all.push_back(each.topic.id.ToString());
      after = {page->back().topic.last_post_time, page->back().topic.id};
    }
  }
  std::string InOrderOf(const std::string& column, const std::string& which = "true") {
    return database.Ask(absl::StrCat("SELECT coalesce(string_agg(topic.id::text, ' ' ORDER BY ",
                                     column, " DESC, topic.id DESC), '') ", kReadable,
                                     "AND (community_id <> numbered('02', 8) OR level > 1) AND ",
                                     which));
  }

  std::vector<CommunityId> mine;
};

TEST_CASE_METHOD(Fixture, "a feed shows all there is, in order, and nothing else") {
  CHECK(Latest() == InOrderOf("last_post_time"));
  CHECK(Top() == InOrderOf("score"));
}

TEST_CASE_METHOD(Fixture, "topics that are new in a long list are where they belong") {
  for (int n = 0; n < 60; ++n) Open(TopicNumber(1000 + n), Community(n), Member(2), n * 9 % 50);
  for (int n = 0; n < 60; n += 3) Reply(TopicNumber(1000 + n), Member(2), 60 + n);
  CHECK(Latest() == InOrderOf("last_post_time"));
  CHECK(Top() == InOrderOf("score"));
}

TEST_CASE_METHOD(Fixture, "a feed of a kind shows all there is of it, in order, and nothing else") {
  database.Run(R"sql(
    UPDATE topics SET kind = CASE get_byte(uuid_send(id), 15) % 7 WHEN 0 THEN 3 WHEN 1 THEN 5
                                                                  WHEN 2 THEN 2 ELSE 1 END;
    UPDATE topics SET accepted_post_number = 2
    WHERE kind = 2 AND get_byte(uuid_send(id), 14) % 2 = 0;
    UPDATE topics SET last_post_time = now() + interval '1 hour'
    WHERE kind = 2 AND get_byte(uuid_send(id), 15) % 5 = 0;
    UPDATE topics SET community_id = numbered('02', 6) WHERE get_byte(uuid_send(id), 15) % 40 = 2)sql");
  for (const int kind : {1, 2, 3, 5}) {
    const std::string shown = OfKind(static_cast<TopicKind>(kind));
    CHECK_FALSE(shown.empty());
    CHECK(shown == InOrderOf("last_post_time", absl::StrCat("kind = ", kind)));
  }
  const std::string unanswered = "kind = 2 AND accepted_post_number IS NULL";
  CHECK_FALSE(OfKind(std::nullopt).empty());
  CHECK(OfKind(std::nullopt) == InOrderOf("last_post_time", unanswered));
  database.Run("UPDATE topics SET accepted_post_number = NULL");
  CHECK(OfKind(std::nullopt) == InOrderOf("last_post_time", unanswered));
}

TEST_CASE_METHOD(Fixture, "unread counts are those of all topics since the mark") {
  const absl::Time now = absl::Now();
  const auto counts = CountUnreadTopics(open, context(), Visible(Member(1), mine), now);
  REQUIRE(counts.ok());
  int all = 0;
  for (const CommunityId community : mine) {
    const int expected = std::stoi(database.Ask(absl::StrCat(
        "SELECT least(count(*), ", kMaxUnreadTopics, ") ", kReadable, "AND community_id = '",
        community.ToString(), "' AND (community_id <> numbered('02', 8) OR level > 1) ",
        "AND last_post_time > coalesce((SELECT read_time FROM ",
        "community_read_states WHERE community_id = topic.community_id), '-infinity')")));
    CHECK(counts->at(community) == expected);
    all += expected;
  }
  CHECK(all > 0);
}

TEST_CASE_METHOD(Fixture, "the list of unread topics holds what is counted, and where to read on") {
  const absl::Time now = absl::Now();
  database.Run(R"sql(
    INSERT INTO read_states (member_id, topic_id, last_read_number, rewind_time)
    SELECT numbered('01', 1), id, 1 + get_byte(uuid_send(id), 15) % 2,
           CASE WHEN get_byte(uuid_send(id), 15) % 22 = 4 THEN now() END
    FROM topics WHERE get_byte(uuid_send(id), 15) % 4 = 0;
    UPDATE read_states SET last_read_number = 0 WHERE rewind_time IS NOT NULL;
    INSERT INTO posts (topic_id, id, author_id, create_time, number, markdown)
    SELECT id, gen_random_uuid(), numbered('01', 2),
           last_post_time - (last_post_number - number) * interval '90 minutes', number, 'x'
    FROM topics, generate_series(1, last_post_number) number;
    UPDATE topics
    SET last_standing_number = 1, last_place_time = last_post_time,
        last_post_time = last_post_time - (last_post_number - 1) * interval '90 minutes'
    WHERE last_post_number > 1 AND get_byte(uuid_send(id), 15) % 6 = 2;
    UPDATE read_states SET last_read_number = 1
    WHERE rewind_time IS NOT NULL
      AND topic_id IN (SELECT id FROM topics WHERE last_standing_number = 1);
    INSERT INTO ignores VALUES (numbered('01', 1), numbered('01', 3), now());
    UPDATE topics SET author_id = numbered('01', 3) WHERE get_byte(uuid_send(id), 15) % 11 = 0)sql");
  const std::string listed = Unread(now);
  CHECK(
      listed ==
      database.Ask(absl::StrCat(
          "SELECT string_agg(topic.id::text || ':' || read_number(numbered('01', 1), topic), ' ' ",
          "ORDER BY last_post_time DESC, topic.id DESC) ", kReadable,
          "AND (community_id <> numbered('02', 8) OR level > 1) AND topic.author_id <> ",
          "numbered('01', 3) AND read_number(numbered('01', 1), topic) < last_standing(topic)")));
  const auto counts = CountUnreadTopics(open, context(), Visible(Member(1), mine), now);
  REQUIRE(counts.ok());
  int counted = 0;
  for (const CommunityId community : mine) {
    CHECK(counts->at(community) < kMaxUnreadTopics);
    counted += counts->at(community);
  }
  CHECK(counted > 90);
  CHECK(counted == std::ranges::count(listed, ':'));
}

TEST_CASE_METHOD(Fixture, "what stands in a community is within what is known of it") {
  CHECK(database.Ask("SELECT count(*) FROM topics LEFT JOIN community_activity known USING "
                     "(community_id) WHERE delete_time IS NULL AND (last_post_time < "
                     "active_before(known) AND score < scores_below(known)) IS NOT TRUE") == "0");
  CHECK(database.Ask("SELECT count(*) FROM topics LEFT JOIN kind_activity known USING "
                     "(community_id) WHERE delete_time IS NULL AND (last_post_time < "
                     "active_before(known, kind) AND (kind <> 2 OR last_post_time < "
                     "active_before(known, NULL))) IS NOT TRUE") == "0");
}

}  // namespace
}  // namespace guildhall::discussions
