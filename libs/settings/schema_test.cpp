#include "libs/settings/schema.h"

#include <stdlib.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

namespace guildhall::settings {
namespace {

struct Settings {
  int read_connections = 4;
  absl::Duration wait = absl::Seconds(5);
  Bytes limit = MiB(4);
  std::vector<std::string> origins;
  Secret key;
  bool open = false;
  double share = 0.5;
  std::string listen = "127.0.0.1:0";

  void Describe(Schema& schema) {
    schema.Add("read_connections", &read_connections, "Connections for reads");
    schema.Add("wait", &wait, "How long to wait");
    schema.Add("limit", &limit, "Largest request");
    schema.Add("origins", &origins, "Sites that may call");
    schema.Add("key", &key, "Signs tokens");
    schema.Add("open", &open, "Whether anybody may sign up");
    schema.Add("share", &share, "Share of calls");
    schema.Add("listen", &listen, "Where to listen");
  }
};

struct Fixture {
  Settings settings;
  Schema schema;
  Fixture() { settings.Describe(schema); }
  absl::Status Load(Sources sources) { return schema.Load(sources); }
};

struct File {
  std::string path = "/tmp/guildhall_settings_XXXXXX";
  explicit File(const std::string& text) {
    close(mkstemp(path.data()));
    std::ofstream(path) << text;
  }
  ~File() { unlink(path.c_str()); }
};

TEST_CASE_METHOD(Fixture, "values of every type are read") {
  REQUIRE(Load({{"--read_connections=2", "--wait=250ms", "--limit=64KiB", "--origins=a, b",
                 "--open=true", "--share=0.25", "--listen=unix:/x"},
                {{"GUILDHALL_KEY", "hidden"}}})
              .ok());
  CHECK(settings.read_connections == 2);
  CHECK(settings.wait == absl::Milliseconds(250));
  CHECK(settings.limit == KiB(64));
  CHECK(settings.origins == std::vector<std::string>{"a", "b"});
  CHECK(settings.open);
  CHECK(settings.share == 0.25);
  CHECK(settings.listen == "unix:/x");
  CHECK(settings.key.Reveal() == "hidden");
}

TEST_CASE_METHOD(Fixture, "a flag wins over the environment, which wins over the file") {
  const File file("# three\nread_connections = 1\nwait=1s\n\nlimit = 1KiB\n");
  REQUIRE(Load({{"--config=" + file.path, "--read_connections=3"},
                {{"GUILDHALL_READ_CONNECTIONS", "2"}, {"GUILDHALL_WAIT", "2s"}}})
              .ok());
  CHECK(settings.read_connections == 3);
  CHECK(settings.wait == absl::Seconds(2));
  CHECK(settings.limit == KiB(1));
}

TEST_CASE_METHOD(Fixture, "an unknown name is fatal and the nearest one is told") {
  const std::string flag(Load({{"--read_conections=2"}, {}}).message());
  CHECK_THAT(flag, Catch::Contains("did you mean 'read_connections'"));
  const std::string variable(Load({{}, {{"GUILDHALL_WAITT", "2s"}}}).message());
  CHECK_THAT(variable, Catch::Contains("GUILDHALL_WAITT") && Catch::Contains("'wait'"));
  const File file("wait = 1s\nlimits = 3\n");
  const std::string line(Load({{"--config=" + file.path}, {}}).message());
  CHECK_THAT(line, Catch::Contains(":2") && Catch::Contains("'limit'"));
}

TEST_CASE_METHOD(Fixture, "a value of another type is fatal") {
  for (const char* bad : {"--read_connections=two", "--read_connections=99999999999", "--wait=5",
                          "--wait=-1s", "--limit=4MB", "--limit=-1", "--open=yes", "--share=x",
                          "--limit=99999999999GiB", "limit", "--limit"}) {
    INFO(bad);
    CHECK(!Load({{bad}, {}}).ok());
  }
}

TEST_CASE_METHOD(Fixture, "a secret is refused as a flag and never printed") {
  CHECK(!Load({{"--key=abc"}, {}}).ok());
  REQUIRE(Load({{}, {{"GUILDHALL_KEY", "abc"}}}).ok());
  for (const auto& [name, value] : schema.Values()) {
    if (name == "key") CHECK(value == "(set)");
  }
}

TEST_CASE_METHOD(Fixture, "help tells the meaning and the default") {
  REQUIRE(Load({{"--help"}, {}}).ok());
  CHECK(schema.help_wanted());
  CHECK_THAT(schema.Help(), Catch::Contains("limit (a size such as 512, 64KiB or 4MiB; 4MiB)\n"
                                            "    Largest request\n"));
}

TEST_CASE_METHOD(Fixture, "a config file that cannot be read is fatal") {
  CHECK(!Load({{"--config=/nowhere/at/all"}, {}}).ok());
}

}  // namespace
}  // namespace guildhall::settings
