#include "tools/import/discourse/discourse_source.h"

#include <catch2/catch.hpp>

#include "services/discussions/domain/topic.h"
#include "tools/import/archive/archive_fixture.h"
#include "tools/import/source/source_fixture.h"

namespace guildhall::discourse {
namespace {

using importing::ArchiveFixture;
using importing::Given;
using importing::Loss;
using importing::SourceKind;
using importing::SourceRole;
using importing::SourceVisibility;

// Values are separated by a bar, which no value of these holds; ~ is NULL.
std::string Table(const std::string& name, const std::string& columns,
                  const std::vector<std::string>& rows) {
  std::string table = "COPY public." + name + " (" + columns + ") FROM stdin;\n";
  for (std::string row : rows) {
    for (std::size_t at = row.find('~'); at != std::string::npos; at = row.find('~')) {
      row.replace(at, 1, "\\N");
    }
    std::replace(row.begin(), row.end(), '|', '\t');
    table += row + "\n";
  }
  return table + "\\.\n\n";
}

constexpr char kT0[] = "2020-01-01 00:00:00";

std::string At(int second) { return "2020-01-01 00:00:0" + std::to_string(second); }

const std::string kPosts = Table(
    "posts",
    "id, user_id, topic_id, post_number, raw, created_at, deleted_at, post_type, hidden, "
    "reply_to_post_number",
    {"101|2|11|1|How *do* I?\\nLike so?|" + At(1) + "|~|1|f|~",
     "102|1|11|2|So: :tada:|" + At(2) + "|~|1|f|1", "103|2|11|3|rude|" + At(3) + "|~|1|t|~",
     "104|~|11|4|gone|" + At(4) + "|~|1|f|3", "105|1|11|5||" + At(5) + "|~|3|f|~",
     "106|1|11|6|among us|" + At(5) + "|~|4|f|~",
     "107|1|11|7|oops|" + At(6) + "|" + At(7) + "|1|f|~",
     "111|1|12|1|for Ben alone|" + At(1) + "|~|1|f|~", "121|3|13|1|plans|" + At(1) + "|~|1|f|~",
     "131|1|14|1|old|" + At(1) + "|~|1|f|~", "141|1|99|1|lost|" + At(1) + "|~|1|f|~"});

const std::string kUsers = Table(
    "users", "id, username, name, created_at, admin, moderator",
    {std::string("-1|system|System|") + kT0 + "|t|t", std::string("1|ada|Ada|") + kT0 + "|t|f",
     std::string("2|ben|~|") + kT0 + "|f|f", std::string("3|cyd|Cyd|") + kT0 + "|f|t"});

const std::string kPlaces =
    Table("categories",
          "id, name, slug, description, parent_category_id, user_id, created_at, read_restricted",
          {std::string("5|Help|help|<b>Ask</b> here|~|-1|") + kT0 + "|f",
           std::string("6|Staff|staff|~|~|2|") + kT0 + "|t",
           std::string("7|Rooms|rooms|~|6|-1|") + kT0 + "|f"}) +
    Table("category_groups", "category_id, group_id, permission_type", {"6|3|1"}) +
    Table("group_users", "group_id, user_id, created_at", {"3|3|" + At(1), "4|1|" + At(1)});

const std::string kTopics =
    Table("topics",
          "id, title, slug, category_id, archetype, deleted_at, visible, closed, archived, "
          "pinned_at",
          {std::string("11|How?|how|5|regular|~|t|t|f|") + kT0,
           "12|Secret title|x|~|private_message|~|t|f|f|~", "13|Plans|plans|6|regular|~|t|f|f|~",
           "14|Old|old|5|regular|" + At(1) + "|t|f|f|~", "15|Bare|bare|5|regular|~|t|f|f|~"}) +
    Table("tags", "id, name", {"1|cooking"}) + Table("topic_tags", "topic_id, tag_id", {"11|1"});

const std::string kDeeds =
    Table("topic_custom_fields", "topic_id, name, value",
          {"11|accepted_answer_post_id|102", "11|other|x"}) +
    Table("post_actions", "id, post_id, user_id, post_action_type_id, deleted_at",
          {"1|101|1|2|~", "2|101|3|2|~", "3|101|2|2|" + At(3), "4|101|1|3|~", "5|111|2|2|~",
           "6|101|77|2|~"}) +
    Table("discourse_reactions_reactions", "id, post_id, reaction_value", {"9|101|laughing"}) +
    Table("discourse_reactions_reaction_users", "reaction_id, user_id, post_id", {"9|3|101"});

const std::string kDump =
    "SET client_encoding = 'UTF8';\n\n" + kPosts + kTopics + kDeeds + kPlaces + kUsers;

Given Read(const std::string& path) {
  auto given = importing::ReadAll(OpenDiscourse(path));
  REQUIRE(given.status() == absl::OkStatus());
  CHECK(importing::SourceRules(*given).broken() == "");
  return *std::move(given);
}

Given ReadDump(const std::string& dump = kDump) {
  return Read(ArchiveFixture(ArchiveFixture::Files{{"dump.sql", dump}}).Folder());
}

std::vector<std::string> LossesOf(const Given& given, SourceKind kind) {
  std::vector<std::string> lines;
  for (const Loss& loss : given.losses) {
    if (loss.kind == kind) {
      lines.push_back(loss.key + (loss.whole ? " is lost: " : " loses ") + loss.what);
    }
  }
  return lines;
}

TEST_CASE("people are those of the table, and one for who has gone") {
  std::vector<std::string> people;
  for (const auto& person : ReadDump().outline.people) {
    people.push_back(person.key + " " + person.name + " " + person.address);
  }
  CHECK(people == std::vector<std::string>{"-1 System /u/system", "1 Ada /u/ada", "2 ben /u/ben",
                                           "3 Cyd /u/cyd", "nobody Unknown "});
}

TEST_CASE("categories are open to all, or secret to those who may read them") {
  const Given given = ReadDump();
  REQUIRE(given.outline.places.size() == 3);
  const importing::SourcePlace& help = given.outline.places[0];
  CHECK(help.visibility == SourceVisibility::kOpen);
  CHECK(help.description == "**Ask** here");
  CHECK(help.address == "/c/help/5");
  REQUIRE(help.participations.size() == 2);  // who wrote there
  CHECK(help.participations[0].person == "2");
  CHECK(help.participations[0].time == absl::FromUnixSeconds(1577836801));
  CHECK(help.participations[1].role == SourceRole::kOwner);
  const importing::SourcePlace& staff = given.outline.places[1];
  CHECK(staff.visibility == SourceVisibility::kSecret);
  REQUIRE(staff.participations.size() == 2);  // an administrator, and the group; not who made it
  CHECK(staff.participations[0].person == "1");
  CHECK(staff.participations[1].person == "3");
  CHECK(staff.participations[1].role == SourceRole::kModerator);
  const importing::SourcePlace& rooms = given.outline.places[2];
  CHECK(rooms.parent == "6");
  CHECK(rooms.visibility == SourceVisibility::kSecret);
  CHECK(rooms.address == "/c/staff/rooms/7");
  CHECK(rooms.participations[0].person == "1");  // an administrator, since nobody is there
}

TEST_CASE("who may not read a restricted category there is no member of it here") {
  // Ben made Staff and writes in it; Cyd's group reads it.
  const Given given = ReadDump(kUsers + kPlaces + kTopics +
                               Table("posts", "id, user_id, topic_id, post_number, raw, created_at",
                                     {"121|2|13|1|plans|" + At(1), "122|1|13|2|mine|" + At(2)}));
  const importing::SourcePlace& staff = given.outline.places[1];
  REQUIRE(staff.participations.size() == 2);
  CHECK(staff.participations[0].person == "3");
  CHECK(staff.participations[1].person == "1");  // reads all
  CHECK(staff.participations[1].role == SourceRole::kOwner);
  CHECK(given.threads[0].messages[0].person == "2");
}

TEST_CASE("what is in a restricted category is secret, also when that is lost or far above") {
  const auto row = [](int id, const std::string& parent, bool restricted) {
    return std::to_string(id) + "|c|" + parent + "|" + kT0 + (restricted ? "|t" : "|f");
  };
  const std::string ben = Table("users", "id, username, created_at", {std::string("2|ben|") + kT0});
  std::vector<std::string> rows{row(1, "~", true)};  // nobody reads it: it is lost
  for (int id = 2; id <= 8; ++id) rows.push_back(row(id, std::to_string(id - 1), false));
  rows.push_back(row(9, "77", false));
  std::vector<std::string> topics, posts;
  for (int id = 2; id <= 9; ++id) {
    const std::string number = std::to_string(id);
    topics.push_back(number + "|T|t|" + number + "|regular|~|t|f|f|~");
    posts.push_back(number + "|2|" + number + "|1|words|" + At(1));
  }
  const Given given = ReadDump(
      ben + Table("categories", "id, name, parent_category_id, created_at, read_restricted", rows) +
      Table("topics",
            "id, title, slug, category_id, archetype, deleted_at, visible, closed, archived, "
            "pinned_at",
            topics) +
      Table("posts", "id, user_id, topic_id, post_number, raw, created_at", posts));
  REQUIRE(given.outline.places.size() == 8);
  for (const importing::SourcePlace& place : given.outline.places) {
    CHECK(place.visibility == SourceVisibility::kSecret);
  }
}

TEST_CASE("a topic comes with its posts, answer, reactions and addresses") {
  const Given given = ReadDump();
  REQUIRE(given.threads.size() == 2);
  const importing::SourceThread& how = given.threads[0];
  CHECK(how.title == "How?");
  CHECK(how.address == "/t/how/11");
  CHECK(how.question);
  CHECK(how.pinned);
  CHECK(how.closed);
  REQUIRE(how.messages.size() == 3);
  CHECK(how.messages[0].markdown == "How *do* I?  \nLike so?");
  REQUIRE(how.messages[0].reactions.size() == 2);
  CHECK(how.messages[0].reactions[0].name == "heart");
  CHECK(how.messages[0].reactions[1].name == "laughing");  // of 3, whose like is the same act
  CHECK(how.messages[1].markdown == "So: 🎉");
  CHECK(how.messages[1].accepted);
  CHECK(how.messages[1].reply_to == "101");
  CHECK(how.messages[1].address == "/t/how/11/2");
  CHECK(how.messages[2].person == "nobody");
  CHECK(given.threads[1].place == "6");
}

TEST_CASE("whatever does not come along is named, private titles are not") {
  const Given given = ReadDump();
  CHECK(LossesOf(given, SourceKind::kThread) ==
        std::vector<std::string>{"11 loses the tag cooking", "12 is lost: a private conversation",
                                 "14 is lost: a topic that was deleted there",
                                 "15 is lost: a topic of which no post comes along"});
  CHECK(LossesOf(given, SourceKind::kMessage) ==
        std::vector<std::string>{"103 is lost: a post that moderators hid",
                                 "104 loses what it replied to",
                                 "106 is lost: a whisper among those who keep order",
                                 "107 is lost: a post that was deleted there",
                                 "111 is lost: a post of a private conversation",
                                 "131 is lost: a post of a topic that was deleted there",
                                 "141 is lost: a post of a topic that is not there"});
  CHECK(LossesOf(given, SourceKind::kReaction) ==
        std::vector<std::string>{"101 is lost: a reaction of somebody who is not there",
                                 "111 is lost: a reaction to a post that is lost"});
  CHECK(given.read.messages == 10);
  CHECK(given.read.threads == 5);
}

TEST_CASE("a reaction to a post that is not there is counted and named") {
  const Given given =
      ReadDump(kPosts + kTopics + kPlaces + kUsers +
               Table("post_actions", "id, post_id, user_id, post_action_type_id, deleted_at",
                     {"1|9999|1|2|~", "2|9999|3|2|~", "3|105|1|2|~", "4|111|1|2|~"}) +
               Table("discourse_reactions_reactions", "id, post_id, reaction_value",
                     {"9|9999|laughing", "10|8888|clap", "11|111|clap"}) +
               // A plain like beside each of them is the same act.
               Table("discourse_reactions_reaction_users", "reaction_id, user_id, post_id",
                     {"9|3|9999", "10|2|8888", "11|1|111"}));
  CHECK(LossesOf(given, SourceKind::kReaction) ==
        std::vector<std::string>{"105 is lost: a reaction to a note of the system",
                                 "8888 is lost: a reaction to a post that is not there",
                                 "9999 is lost: a reaction to a post that is not there",
                                 "9999 is lost: a reaction to a post that is not there",
                                 "111 is lost: a reaction to a post that is lost"});
  CHECK(given.read.reactions == 5);
}

TEST_CASE("a backup reads the same in every packing, whatever the order of its tables") {
  const std::string other = kUsers + kPlaces + kTopics + kDeeds + kPosts;
  const ArchiveFixture plain(ArchiveFixture::Files{{"forum/dump.sql", kDump}});
  const ArchiveFixture packed({{"uploads/a.png", "no"}, {"dump.sql.gz", importing::Gzip(other)}});
  const Given given = ReadDump();
  for (const std::string& path :
       {plain.Packed(), packed.Packed(), packed.Folder(), packed.Folder() + "/dump.sql.gz"}) {
    const Given again = Read(path);
    REQUIRE(again.threads.size() == given.threads.size());
    CHECK(again.threads[0].messages.size() == given.threads[0].messages.size());
    CHECK(again.losses.size() == given.losses.size());
  }
}

TEST_CASE("discussions takes what is read") {
  for (const auto& thread : ReadDump().threads) {
    for (const auto& message : thread.messages) {
      CHECK(discussions::RenderNew("markdown", message.markdown).ok());
    }
  }
}

TEST_CASE("categories that are in each other come one by one") {
  const Given given = ReadDump(kUsers + kTopics + kPosts +
                               Table("categories", "id, name, parent_category_id, created_at",
                                     {std::string("5|a|6|") + kT0, std::string("6|b|5|") + kT0}));
  CHECK(given.outline.places.size() == 2);
  CHECK(LossesOf(given, SourceKind::kPlace) ==
        std::vector<std::string>{"6 loses what it is in, since that is in itself"});
  const Given alone = ReadDump(kUsers + kTopics + kPosts +
                               Table("categories", "id, name, parent_category_id, created_at",
                                     {std::string("5|a|5|") + kT0, std::string("6|b|7|") + kT0}));
  CHECK(LossesOf(alone, SourceKind::kPlace) ==
        std::vector<std::string>{"5 loses what it is in, since that is in itself",
                                 "6 loses what it is in"});
}

TEST_CASE("what the description of a category loses is named") {
  const Given given =
      ReadDump(kUsers + kTopics + kPosts +
               Table("categories", "id, name, description, created_at",
                     {std::string("5|a|Ask <a href=\"/u/ada\">Ada</a>|") + kT0, "6|b|~|" + At(1)}));
  CHECK(LossesOf(given, SourceKind::kPlace) ==
        std::vector<std::string>{"5 loses link to /u/ada: only its words"});
}

TEST_CASE("what is no dump of Discourse is refused") {
  const auto fault = [](const std::string& dump) {
    const ArchiveFixture fixture(ArchiveFixture::Files{{"dump.sql", dump}});
    return std::string(OpenDiscourse(fixture.Folder()).status().message());
  };
  CHECK(fault("SELECT 1;\n") == "no dump of Discourse: there is no table users");
  CHECK(fault(kDump + kUsers).ends_with("has an id that another row has"));
  CHECK(fault(kDump + Table("posts", "id", {"1"})).ends_with("has no topic_id"));
}

}  // namespace
}  // namespace guildhall::discourse
