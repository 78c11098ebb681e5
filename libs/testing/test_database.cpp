#include "libs/testing/test_database.h"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"

namespace guildhall::testing {
namespace {

// Makes the name of a new database or template, unique in this program.
std::string NewName() {
  static std::mutex mutex;
  static int last = 0;
  const std::lock_guard lock(mutex);
  return absl::StrCat("test_", ++last);
}

// A template is told by its server and by the addresses of its migrations, which are constants.
using Key = std::vector<std::pair<const void*, std::size_t>>;

std::string MakeTemplate(const std::vector<postgres::Component>& components,
                         PrivatePostgres& server) {
  const std::string name = NewName();
  server.Run("postgres", absl::StrCat("CREATE DATABASE ", name));
  const absl::Status status = postgres::Migrate(server.SettingsFor(name), components,
                                                {.deadline = Deadline::After(absl::Seconds(60))});
  if (!status.ok()) {
    std::fprintf(stderr, "migrations failed: %s\n", status.ToString().c_str());
    std::abort();
  }
  return name;
}

std::string TemplateFor(const std::vector<postgres::Component>& components,
                        PrivatePostgres& server) {
  if (components.empty()) return "template1";
  static std::mutex mutex;
  static std::map<Key, std::string> templates;
  Key key = {{&server, 0}};
  for (const postgres::Component& component : components) {
    key.emplace_back(component.migrations.data(), component.migrations.size());
  }
  const std::lock_guard lock(mutex);
  std::string& name = templates[key];
  if (name.empty()) name = MakeTemplate(components, server);
  return name;
}

std::string Clone(const std::vector<postgres::Component>& components, PrivatePostgres& server) {
  const std::string source = TemplateFor(components, server);
  std::string name = NewName();
  server.Run("postgres", absl::StrCat("CREATE DATABASE ", name, " TEMPLATE ", source));
  return name;
}

}  // namespace

TestDatabase::TestDatabase(std::vector<postgres::Component> components, PrivatePostgres& server)
    : server_(server), name_(Clone(components, server)), settings_(server.SettingsFor(name_)) {
  auto opened = postgres::Database::Open(settings_);
  GUILDHALL_CHECK(opened.ok());
  database_ = *std::move(opened);
}

TestDatabase::~TestDatabase() {
  database_.reset();
  server_.Run("postgres", absl::StrCat("DROP DATABASE ", name_, " WITH (FORCE)"));
}

void TestDatabase::Run(const std::string& script) { server_.Run(name_, script); }

std::string TestDatabase::Ask(const std::string& question) { return server_.Ask(name_, question); }

bool TestDatabase::SomebodyWaits() {
  return Ask("SELECT count(*) FROM pg_stat_activity "
             "WHERE datname = current_database() AND wait_event_type = 'Lock'") != "0";
}

}  // namespace guildhall::testing
