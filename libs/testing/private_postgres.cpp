#include "libs/testing/private_postgres.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"

namespace guildhall::testing {
namespace {

namespace fs = std::filesystem;

constexpr char kBin[] = "/usr/lib/postgresql/15/bin/";
constexpr char kOwner[] = "guildhall";
// Part of the template's name: a template made otherwise is another one.
constexpr char kRecipe[] = "1";

fs::path Home() { return fs::temp_directory_path(); }

// Prints the server's log before the test program gives up.
[[noreturn]] void GiveUp(const std::string& what, const std::string& log) {
  std::fprintf(stderr, "%s; its log:\n", what.c_str());
  std::ifstream lines(log);
  for (std::string line; std::getline(lines, line);) std::fprintf(stderr, "%s\n", line.c_str());
  std::abort();
}

// Where clusters live that need not outlive a crash of the machine: in memory where that has room,
// since making and dropping databases is mostly making and dropping files.
fs::path MemoryHome() {
  constexpr std::uintmax_t kEnoughBytes = 1ULL << 30;
  std::error_code error;
  const fs::space_info space = fs::space("/dev/shm", error);
  return !error && space.available >= kEnoughBytes ? fs::path("/dev/shm") : Home();
}

std::string NewFolder(const fs::path& home, const RunAs& as) {
  std::string name = home / "guildhall-test-XXXXXX";
  GUILDHALL_CHECK(mkdtemp(name.data()) != nullptr);
  GUILDHALL_CHECK(chown(name.c_str(), as.user, as.group) == 0);
  return name;
}

// The folder with a cluster as initdb leaves it, made by whoever comes first.
fs::path Template(const RunAs& as) {
  const fs::path made = Home() / absl::StrCat("guildhall-initdb-15-", kRecipe, "-", as.user);
  if (fs::exists(made)) return made;
  const int lock = open((made.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  GUILDHALL_CHECK(lock >= 0 && flock(lock, LOCK_EX) == 0);
  if (!fs::exists(made)) {
    const std::string folder = NewFolder(Home(), as);
    const std::string data = folder + "/data", log = folder + "/initdb.log";
    if (RunToEnd({absl::StrCat(kBin, "initdb"), "-D", data, "-U", kOwner, "-A", "trust", "-E",
                  "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"},
                 as, log) != 0) {
      GiveUp("initdb failed", log);
    }
    fs::rename(data, made);
    fs::remove_all(folder);
  }
  close(lock);
  return made;
}

struct Finish {
  void operator()(PGconn* conn) const { PQfinish(conn); }
  void operator()(PGresult* result) const { PQclear(result); }
};
using Session = std::unique_ptr<PGconn, Finish>;
using Answer = std::unique_ptr<PGresult, Finish>;

}  // namespace

PrivatePostgres& PrivatePostgres::Get() {
  static PrivatePostgres postgres;
  return postgres;
}

PrivatePostgres::PrivatePostgres(Durability durability)
    : durability_(durability),
      as_(RunAs::Unprivileged()),
      folder_(NewFolder(durability.fsync ? Home() : MemoryHome(), as_)),
      on_death_(RemoveOnDeath(folder_)) {
  const std::string log = folder_ + "/copy.log";
  if (RunToEnd({"/bin/cp", "-a", "--reflink=auto", Template(as_).string(), folder_ + "/data"}, as_,
               log) != 0) {
    GiveUp("copying the template of the cluster failed", log);
  }
  Start();
}

PrivatePostgres::~PrivatePostgres() {
  Stop();
  fs::remove_all(folder_);
  close(on_death_);
}

void PrivatePostgres::Start() {
  GUILDHALL_CHECK(server_ == 0);
  const char* durable = durability_.fsync ? "on" : "off";
  const std::string log = folder_ + "/log";
  server_ = Spawn({absl::StrCat(kBin, "postgres"), "-D", folder_ + "/data", "-k", folder_, "-c",
                   "listen_addresses=", "-c", absl::StrCat("fsync=", durable), "-c",
                   absl::StrCat("full_page_writes=", durable), "-c", "max_connections=200", "-c",
                   "shared_buffers=32MB", "-c", "max_wal_size=128MB", "-c", "autovacuum=off"},
                  as_, log, SIGQUIT);
  const std::string conninfo = SettingsFor("postgres").conninfo;
  constexpr int kTries = 2000;
  for (int i = 0; i < kTries; ++i) {
    if (PQping(conninfo.c_str()) == PQPING_OK) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  GiveUp("the private PostgreSQL does not start", log);
}

void PrivatePostgres::Stop() {
  if (server_ == 0) return;
  Resume();
  kill(server_, SIGQUIT);
  WaitForEnd(server_);
  server_ = 0;
}

void PrivatePostgres::Restore() {
  Stop();
  // An archive without anything: all that is to be recovered lies where it was written. Nobody is
  // let in before that is over.
  std::ofstream(folder_ + "/data/postgresql.auto.conf", std::ios::app)
      << "restore_command = 'false'\nhot_standby = off\n";
  std::ofstream(folder_ + "/data/recovery.signal").flush();
  Start();
}

void PrivatePostgres::Pause() { SignalFamily(server_, SIGSTOP); }

void PrivatePostgres::Resume() { SignalFamily(server_, SIGCONT); }

postgres::PostgresSettings PrivatePostgres::SettingsFor(std::string_view database) const {
  postgres::PostgresSettings settings;
  settings.conninfo = absl::StrCat("host=", folder_, " user=", kOwner, " dbname=", Absl(database));
  settings.application_name = "guildhall-test";
  return settings;
}

void PrivatePostgres::Run(std::string_view database, const std::string& script) {
  Ask(database, script);
}

std::string PrivatePostgres::Ask(std::string_view database, const std::string& question) {
  const Session session(PQconnectdb(SettingsFor(database).conninfo.c_str()));
  PQsetNoticeReceiver(
      session.get(), [](void*, const PGresult*) {}, nullptr);
  const Answer answer(PQexec(session.get(), question.c_str()));
  const ExecStatusType status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    std::fprintf(stderr, "%s\nin: %s\n", PQerrorMessage(session.get()), question.c_str());
    std::abort();
  }
  return PQntuples(answer.get()) == 0 ? "" : PQgetvalue(answer.get(), 0, 0);
}

}  // namespace guildhall::testing
