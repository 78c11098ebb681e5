#include "tools/import/source/load.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "absl/strings/match.h"
#include "libs/resources/names.h"
#include "tools/import/source/load_fixture.h"

namespace guildhall::importing {
namespace {

using Lines = std::vector<std::string>;

TEST_CASE_METHOD(LoadFixture,
                 "a source is written in the order in which things refer to each other") {
  options.reconcile = false;
  const Report report = Load();
  CHECK(house.order == Lines{"members", "communities", "memberships", "topics", "posts"});
  CHECK(house.written == 8);
  CHECK(report.of(SourceKind::kMessage).created == 2);
  CHECK(report.of(SourceKind::kMessage).stands == 2);
  CHECK(report.holds());
  CHECK(report.lines().empty());
}

TEST_CASE_METHOD(LoadFixture, "a second run writes nothing, a changed source the difference") {
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

TEST_CASE_METHOD(LoadFixture, "a dry run writes nothing and says what would be written") {
  options.dry_run = true;
  options.report = folder / "report";
  options.redirects = folder / "redirects";
  const Report report = Load();
  CHECK(house.written == 0);
  CHECK(report.of(SourceKind::kMessage).created == 2);
  CHECK(report.of(SourceKind::kMessage).accounted() == 2);
  CHECK(absl::StrContains(Read("report"), "would be created"));
  CHECK(absl::StrContains(Read("report"), "\nmessage\t2\t0\t0\t0\t0\t0\t0\t0\t2\t0\t-\t-\t-\n"));
  CHECK_FALSE(std::filesystem::exists(folder / "redirects"));
}

TEST_CASE_METHOD(LoadFixture, "an import that broke off goes on when it is repeated") {
  for (int batch = 0; batch < 9; ++batch) {
    FollowingHouse fresh;
    std::swap(house, fresh);
    house.fails_at = batch;
    CHECK(TryLoad().status() == absl::UnavailableError("away"));
    CHECK(Load().holds());
    CHECK(house.written == 8);
  }
}

TEST_CASE_METHOD(LoadFixture, "what stands otherwise than it was sent makes the proof fail") {
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

TEST_CASE_METHOD(LoadFixture, "what is gone, elsewhere or refused is named and accounted for") {
  for (const auto& [result, word] :
       {std::pair(v1::RESULT_GONE, "GONE 1"), std::pair(v1::RESULT_ELSEWHERE, "ELSEWHERE 1"),
        std::pair(v1::RESULT_REFUSED, "REFUSED 1")}) {
    house.results[PostName("1", 2)].set_result(result);
    const Report report = Load();
    CHECK(Words(report) == Lines{word});
    CHECK(report.of(SourceKind::kMessage).stands == 1);
    CHECK(report.of(SourceKind::kMessage).accounted() == 2);
    CHECK(report.holds() == (result != v1::RESULT_REFUSED));
  }
}

TEST_CASE_METHOD(LoadFixture,
                 "the verdict is told of a reconciliation, and names what was refused") {
  CHECK(Load().Verdict() == "the proof holds: what stands is what the source has");
  house.results[PostName("1", 2)].set_result(v1::RESULT_REFUSED);
  CHECK(Load().Verdict() == "the proof does not hold: refused records: 1");
  house.results[PostName("2", 3)].set_result(v1::RESULT_KEPT);
  CHECK(Load().Verdict() ==
        "the proof does not hold: refused records: 1; what stands is not what the source has");
  house.results.clear();
  options.reconcile = false;
  CHECK(Load().Verdict() == "not compared with what stands: nothing is proven");
  options.dry_run = true;
  CHECK(Load().Verdict() == "a dry run: nothing was written");
}

TEST_CASE_METHOD(LoadFixture, "a source that counts what it never told of makes the proof fail") {
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

TEST_CASE_METHOD(LoadFixture, "threads of a place that was refused are not sent") {
  const CommunityId id(ImportedUuid(absl::UnixEpoch(), "made", "community", "bread"));
  house.results[resources::Name(id)].set_result(v1::RESULT_REFUSED);
  const Report report = Load();
  CHECK(report.of(SourceKind::kThread).refused == 1);
  CHECK(report.of(SourceKind::kMessage).refused == 2);
  CHECK(std::count(house.order.begin(), house.order.end(), "posts") == 0);
}

TEST_CASE_METHOD(LoadFixture, "reactions come as kinds, and what no kind says is lost by name") {
  threads[0].messages[0].reactions = {{"ben", ":+1:"}, {"ada", "heart"}, {"ada", "parrot"}};
  const Report report = Load();
  CHECK(report.of(SourceKind::kReaction).in_source == 3);
  CHECK(report.of(SourceKind::kReaction).stands == 2);
  CHECK(report.of(SourceKind::kReaction).lost == 1);
  CHECK(report.holds());
  REQUIRE(report.lines().size() == 1);
  CHECK(report.lines()[0].what == "parrot: says what no kind of reaction says here");
}

TEST_CASE_METHOD(LoadFixture, "old addresses lead to what stands, in order") {
  options.redirects = folder / "redirects";
  threads[0].messages.push_back(Message("3", "ben", 4));
  house.results[PostName("2", 3)].set_result(v1::RESULT_GONE);
  house.results[PostName("3", 4)].set_result(v1::RESULT_ELSEWHERE);
  house.results[PostName("3", 4)].set_stands_as("topics/x/posts/y");
  Load();
  const std::string topic =
      resources::Name(TopicId(ImportedUuid(absl::UnixEpoch(), "made", "topic", "rye")));
  const CommunityId bread(ImportedUuid(absl::UnixEpoch(), "made", "community", "bread"));
  CHECK(Read("redirects") == "/m/1\t" + PostName("1", 2) + "\n/m/3\ttopics/x/posts/y\n/p/bread\t" +
                                 resources::Name(bread) + "\n/t/rye\t" + topic + "\n");
}

// What the report says of an earlier export: old addresses, and where these lead.
std::vector<std::string> Withdrawn(const Report& report) {
  std::vector<std::string> lines;
  for (const ReportLine& line : report.lines()) {
    if (line.word == "WITHDRAWN") lines.push_back(line.address + " " + line.key);
  }
  return lines;
}

TEST_CASE_METHOD(LoadFixture, "what a later export has no more is named, and is still found") {
  options.redirects = folder / "redirects";
  Load();
  const std::string before = Read("redirects");
  threads[0].messages.pop_back();
  const Report report = Load();
  CHECK(Withdrawn(report) == Lines{"/m/2 " + PostName("2", 3)});
  CHECK(report.lines()[0].kind == SourceKind::kMessage);
  CHECK(report.holds());
  CHECK(Read("redirects") == before);
  threads.clear();
  CHECK(Withdrawn(Load()).size() == 3);
  // What was lost on the way is told besides.
  losses = {{.kind = SourceKind::kMessage, .key = "2", .what = "was deleted there", .whole = true}};
  CHECK(Words(Load()).front() == "LOST 2");
  CHECK(Withdrawn(Load()).size() == 3);
}

TEST_CASE_METHOD(LoadFixture, "an address that changed leads on, and what is gone leads nowhere") {
  options.redirects = folder / "redirects";
  Load();
  threads[0].address = "/t/whole-rye";
  threads[0].messages[0].address = "/m/one";
  CHECK(Withdrawn(Load()).empty());
  CHECK(absl::StrContains(Read("redirects"), "/m/1\t" + PostName("1", 2) + "\n"));
  CHECK(absl::StrContains(Read("redirects"), "/m/one\t" + PostName("1", 2) + "\n"));
  CHECK(absl::StrContains(Read("redirects"), "/t/rye\t"));
  house.results[PostName("1", 2)].set_result(v1::RESULT_REFUSED);
  CHECK(Withdrawn(Load()).empty());
  CHECK(absl::StrContains(Read("redirects"), "/m/one\t"));
  house.results[PostName("1", 2)].set_result(v1::RESULT_ELSEWHERE);
  house.results[PostName("1", 2)].set_stands_as("topics/x/posts/y");
  threads[0].messages[0].address = "/m/first";
  CHECK(Withdrawn(Load()).empty());
  CHECK(absl::StrContains(Read("redirects"), "/m/first\ttopics/x/posts/y\n"));
  house.results[PostName("1", 2)].set_result(v1::RESULT_GONE);
  CHECK(Withdrawn(Load()).empty());
  CHECK_FALSE(absl::StrContains(Read("redirects"), "/m/1\t"));
  CHECK_FALSE(absl::StrContains(Read("redirects"), "/m/one\t"));
}

TEST_CASE_METHOD(LoadFixture, "a message that a renamed or refused thread has comes all the same") {
  options.redirects = folder / "redirects";
  Load();
  threads[0].key = "whole rye";
  const Report renamed = Load();
  REQUIRE(Withdrawn(renamed).size() == 1);
  CHECK(absl::StartsWith(Withdrawn(renamed)[0], "/t/rye topics/"));
  house.results[resources::Name(BreadId())].set_result(v1::RESULT_REFUSED);
  CHECK(Withdrawn(Load()).empty());
}

TEST_CASE_METHOD(LoadFixture, "what is withdrawn is told once, also when its address is taken") {
  options.redirects = folder / "redirects";
  Load();
  threads[0].messages[1].address = "/m/two";
  Load();
  threads[0].messages[1] = Message("3", "ben", 4);
  threads[0].messages[1].address = "/m/2";
  CHECK(Withdrawn(Load()) == Lines{"/m/2 " + PostName("2", 3)});
  CHECK(absl::StrContains(Read("redirects"), "/m/2\t" + PostName("3", 4) + "\n"));
  CHECK(absl::StrContains(Read("redirects"), "/m/two\t" + PostName("2", 3) + "\n"));
}

TEST_CASE_METHOD(LoadFixture, "redirects of another source are left alone") {
  options.redirects = folder / "redirects";
  const std::string others = "/x\ttopics/5c9e0d1e-0000-8000-8000-000000000000\n";
  std::ofstream(options.redirects) << others;
  CHECK(absl::StrContains(TryLoad().status().message(), "is of another source"));
  CHECK(Read("redirects") == others);
}

TEST_CASE_METHOD(LoadFixture, "a dry run tells what is withdrawn, and leaves the redirects") {
  options.redirects = folder / "redirects";
  Load();
  const std::string before = Read("redirects");
  threads[0].messages.pop_back();
  threads[0].messages.push_back(Message("3", "ben", 4));
  options.dry_run = true;
  CHECK(Withdrawn(Load()) == Lines{"/m/2 " + PostName("2", 3)});
  CHECK(Read("redirects") == before);
}

TEST_CASE_METHOD(LoadFixture, "a file that holds no redirects is not written over") {
  options.redirects = folder / "redirects";
  for (const char* const text : {"something of somebody", "/m/1\ttopics/x\n\n", "\ttopics/x\n",
                                 "/m/1\tmembers/x\n", "/m/1\ttopics/x\r\n"}) {
    std::ofstream(options.redirects) << text;
    const absl::Status refused = TryLoad().status();
    CAPTURE(text);
    CHECK(refused.code() == absl::StatusCode::kInvalidArgument);
    CHECK(absl::StrContains(refused.message(), "is no redirect"));
    CHECK(Read("redirects") == text);
  }
  CHECK(house.order.empty());
  options.redirects = folder;
  CHECK(absl::StrContains(TryLoad().status().message(), "is no file"));
}

TEST_CASE_METHOD(LoadFixture, "older services are not written to by who only asks") {
  house.is_old = true;
  options.dry_run = true;
  CHECK(TryLoad().status().code() == absl::StatusCode::kFailedPrecondition);
  CHECK(house.written == 0);
  options.dry_run = false;
  CHECK(TryLoad().status().code() == absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace guildhall::importing
