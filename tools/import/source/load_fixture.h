#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "libs/base/check.h"
#include "libs/resources/names.h"
#include "tools/import/source/following_house.h"
#include "tools/import/source/load.h"

namespace guildhall::importing {

inline absl::Time At(int seconds) { return absl::FromUnixSeconds(1'600'000'000 + seconds); }

inline SourceMessage Message(std::string key, std::string person, int time) {
  return {.key = key,
          .person = std::move(person),
          .time = At(time),
          .markdown = "text of " + key,
          .address = "/m/" + key};
}

// Two people, a place, and a thread of two messages.
struct LoadFixture {
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

  LoadFixture() {
    std::string name = (std::filesystem::temp_directory_path() / "load-XXXXXX").string();
    GUILDHALL_CHECK(mkdtemp(name.data()) != nullptr);
    folder = name;
  }
  ~LoadFixture() {
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
    const TopicId topic(ImportedUuid(absl::UnixEpoch(), "made", "topic", "rye"));
    return resources::PostName(topic, PostId(ImportedUuid(At(time), "made", "post", key)));
  }
  static CommunityId BreadId() {
    return CommunityId(ImportedUuid(absl::UnixEpoch(), "made", "community", "bread"));
  }
  static MemberId Person(const std::string& key) {
    return MemberId(ImportedUuid(absl::UnixEpoch(), "made", "member", key));
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

}  // namespace guildhall::importing
