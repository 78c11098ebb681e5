#include "tools/import/source/load.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "libs/base/check.h"
#include "libs/resources/names.h"
#include "tools/import/source/following_house.h"

namespace guildhall::importing {
namespace {

absl::Time At(int seconds) { return absl::FromUnixSeconds(1'600'000'000 + seconds); }

SourceMessage Message(std::string key, std::string person, int time) {
  return {.key = key,
          .person = std::move(person),
          .time = At(time),
          .markdown = "text of " + key,
          .address = "/m/" + key};
}

// Two people, a place, and a thread of two messages.
struct Fixture {
  FollowingHouse house;
  SourceOutline outline{.people = {{.key = "ada", .name = "Ada", .time = At(0)},
                                   {.key = "ben", .name = "Ben", .time = At(1)}},
                        .places = {{.key = "bread",
                                    .name = "Bread",
                                    .time = At(0),
                                    .participations = {{.person = "ada", .time = At(0)},
                                                       {.person = "ben", .time = At(1)}},
                                    .address = "/p/bread"}}};
  std::vector<SourceThread> threads{{.key = "rye",
                                     .place = "bread",
                                     .title = "Rye",
                                     .messages = {Message("1", "ada", 2), Message("2", "ben", 3)},
                                     .address = "/t/rye"}};
  std::vector<Loss> losses;
  LoadOptions options;
  std::filesystem::path folder;

  Fixture() {
    std::string name = (std::filesystem::temp_directory_path() / "load-XXXXXX").string();
    GUILDHALL_CHECK(mkdtemp(name.data()) != nullptr);
    folder = name;
  }
  ~Fixture() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }

  absl::StatusOr<Report> TryLoad() {
    const auto open = [&]() -> absl::StatusOr<std::unique_ptr<Source>> {
      return std::make_unique<MadeSource>(outline, threads, losses);
    };
    const LoadListener quiet{[](const std::string&, std::int64_t) {}, [](std::int64_t) {}};
    return importing::Load(open, house.methods(), house.send_posts(), options, quiet);
  }
  Report Load() {
    auto report = TryLoad();
    REQUIRE(report.ok());
    return *std::move(report);
  }

  static std::string PostName(const std::string& key, int time) {
    const TopicId topic(ImportedUuid(At(2), "made", "topic", "rye"));
    return resources::PostName(topic, PostId(ImportedUuid(At(time), "made", "post", key)));
  }
  static std::vector<std::string> Words(const Report& report) {
    std::vector<std::string> words;
    for (const ReportLine& line : report.lines()) {
      words.push_back(std::string(line.word) + " " + line.key);
    }
    return words;
  }
  std::string Read(const char* name) const {
    std::ostringstream text;
    text << std::ifstream(folder / name).rdbuf();
    return text.str();
  }
};

using Lines = std::vector<std::string>;

TEST_CASE_METHOD(Fixture, "a source is written in the order in which things refer to each other") {
  options.reconcile = false;
  const Report report = Load();
  CHECK(house.order == Lines{"members", "communities", "memberships", "topics", "posts"});
  CHECK(house.written == 8);
  CHECK(report.of(SourceKind::kMessage).created == 2);
  CHECK(report.of(SourceKind::kMessage).stands == 2);
  CHECK(report.holds());
  CHECK(report.lines().empty());
}

TEST_CASE_METHOD(Fixture, "a second run writes nothing, a changed source the difference") {
  Load();
  house.written = 0;
  CHECK(Load().of(SourceKind::kMessage).created == 0);
  CHECK(house.written == 0);
  threads[0].messages[0].markdown = "better";
  threads[0].messages.insert(threads[0].messages.begin() + 1, Message("1b", "ben", 2));
  const Report report = Load();
  CHECK(house.written == 2);
  CHECK(report.of(SourceKind::kMessage).updated == 1);
  CHECK(report.of(SourceKind::kMessage).created == 1);
  CHECK(report.holds());
}

TEST_CASE_METHOD(Fixture, "a dry run writes nothing and says what would be written") {
  options.dry_run = true;
  options.report = folder / "report";
  options.redirects = folder / "redirects";
  const Report report = Load();
  CHECK(house.written == 0);
  CHECK(report.of(SourceKind::kMessage).created == 2);
  CHECK(report.of(SourceKind::kMessage).accounted() == 2);
  CHECK(absl::StrContains(Read("report"), "would be created"));
  CHECK_FALSE(std::filesystem::exists(folder / "redirects"));
}

TEST_CASE_METHOD(Fixture, "an import that broke off goes on when it is repeated") {
  for (int batch = 0; batch < 9; ++batch) {
    FollowingHouse fresh;
    std::swap(house, fresh);
    house.fails_at = batch;
    CHECK(TryLoad().status() == absl::UnavailableError("away"));
    CHECK(Load().holds());
    CHECK(house.written == 8);
  }
}

TEST_CASE_METHOD(Fixture, "what stands otherwise than it was sent makes the proof fail") {
  Load();
  v1::Outcome& kept = house.results[PostName("1", 2)];
  kept.set_result(v1::RESULT_KEPT);
  kept.set_content_hash(std::string(32, 'x'));
  const Report changed = Load();
  CHECK_FALSE(changed.holds());
  CHECK(Words(changed) == Lines{"KEPT 1"});
  // A service that says it stands, and shows something else.
  kept.set_result(v1::RESULT_UNCHANGED);
  const Report damaged = Load();
  CHECK_FALSE(damaged.holds());
  CHECK(Words(damaged) == Lines{"DIFFERS 1"});
  kept.set_result(v1::RESULT_CREATED);
  const Report missing = Load();
  CHECK_FALSE(missing.holds());
  CHECK(Words(missing) == Lines{"MISSING 1"});
}

TEST_CASE_METHOD(Fixture, "what is gone, elsewhere or refused is named and accounted for") {
  for (const auto& [result, word] :
       {std::pair(v1::RESULT_GONE, "GONE 1"), std::pair(v1::RESULT_ELSEWHERE, "ELSEWHERE 1"),
        std::pair(v1::RESULT_REFUSED, "REFUSED 1")}) {
    house.results[PostName("1", 2)].set_result(result);
    const Report report = Load();
    CHECK(Words(report) == Lines{word});
    CHECK(report.of(SourceKind::kMessage).stands == 1);
    CHECK(report.holds());
  }
}

TEST_CASE_METHOD(Fixture, "a source that counts what it never told of makes the proof fail") {
  losses = {{.kind = SourceKind::kMessage, .key = "9", .what = "file plan.pdf", .whole = true}};
  const Report report = Load();
  CHECK(report.holds());
  CHECK(report.of(SourceKind::kMessage).in_source == 3);
  CHECK(Words(report) == Lines{"LOST 9"});
  outline.places[0].participations.push_back({.person = "nobody", .time = At(2)});
  CHECK(Load().holds());
  Report unnamed;
  unnamed.of(SourceKind::kMessage).in_source = 1;
  CHECK_FALSE(unnamed.holds());
  // Counted, and yet no line says which.
  unnamed.of(SourceKind::kMessage).gone = 1;
  CHECK_FALSE(unnamed.holds());
  unnamed.Add({.word = "GONE", .kind = SourceKind::kMessage, .key = "1"});
  CHECK(unnamed.holds());
}

TEST_CASE_METHOD(Fixture, "threads of a place that was refused are not sent") {
  const CommunityId id(ImportedUuid(At(0), "made", "community", "bread"));
  house.results[resources::Name(id)].set_result(v1::RESULT_REFUSED);
  const Report report = Load();
  CHECK(report.of(SourceKind::kThread).refused == 1);
  CHECK(report.of(SourceKind::kMessage).refused == 2);
  CHECK(std::count(house.order.begin(), house.order.end(), "posts") == 0);
}

TEST_CASE_METHOD(Fixture, "reactions come as kinds, and what no kind says is lost by name") {
  threads[0].messages[0].reactions = {{"ben", ":+1:"}, {"ada", "heart"}, {"ada", "parrot"}};
  const Report report = Load();
  CHECK(report.of(SourceKind::kReaction).in_source == 3);
  CHECK(report.of(SourceKind::kReaction).stands == 2);
  CHECK(report.of(SourceKind::kReaction).lost == 1);
  CHECK(report.holds());
  REQUIRE(report.lines().size() == 1);
  CHECK(report.lines()[0].what == "parrot: says what no kind of reaction says here");
}

TEST_CASE_METHOD(Fixture, "old addresses lead to what stands, in order") {
  options.redirects = folder / "redirects";
  house.results[PostName("2", 3)].set_result(v1::RESULT_GONE);
  Load();
  const std::string topic = resources::Name(TopicId(ImportedUuid(At(2), "made", "topic", "rye")));
  const CommunityId bread(ImportedUuid(At(0), "made", "community", "bread"));
  CHECK(Read("redirects") == "/m/1\t" + PostName("1", 2) + "\n/p/bread\t" + resources::Name(bread) +
                                 "\n/t/rye\t" + topic + "\n");
}

TEST_CASE_METHOD(Fixture, "older services are not written to by who only asks") {
  house.is_old = true;
  options.dry_run = true;
  CHECK(TryLoad().status().code() == absl::StatusCode::kFailedPrecondition);
  CHECK(house.written == 0);
  options.dry_run = false;
  CHECK(TryLoad().status().code() == absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace guildhall::importing
