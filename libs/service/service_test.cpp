// The frame as an operator meets it: over HTTP, with signals.
#include <curl/curl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "libs/base/deadline.h"
#include "libs/service/admin.h"
#include "libs/service/main.h"
#include "libs/service/periodic.h"
#include "libs/service/probe.h"

namespace guildhall::service {
namespace {

struct Reply {
  long status = 0;
  std::string body;
};

Reply Get(const std::string& address, const std::string& path) {
  Reply reply;
  CURL* curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, ("http://" + address + path).c_str());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 5L);
  const auto write = +[](char* data, std::size_t, std::size_t size, void* out) {
    static_cast<std::string*>(out)->append(data, size);
    return size;
  };
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, write);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
  if (curl_easy_perform(curl) == CURLE_OK) {
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
  }
  curl_easy_cleanup(curl);
  return reply;
}

TEST_CASE("the admin port tells life, readiness and metrics") {
  telemetry::Metrics metrics;
  telemetry::AddProcessMetrics(metrics, "test", "1");
  const auto admin = Admin::Start("127.0.0.1:0", metrics);
  REQUIRE(admin.ok());
  const std::string& address = (*admin)->address();
  CHECK(Get(address, "/livez").status == 200);
  CHECK(Get(address, "/readyz").status == 503);
  (*admin)->SetReady(true);
  (*admin)->SetAlive(false);
  CHECK(Get(address, "/readyz").status == 200);
  CHECK(Get(address, "/livez").status == 503);
  CHECK(Get(address, "/metrics").body.find("guildhall_build_info") != std::string::npos);
  CHECK(Get(address, "/").status == 404);
}

TEST_CASE("a listener that is gone fails the probe at the third time") {
  telemetry::Metrics metrics;
  auto admin = Admin::Start("127.0.0.1:0", metrics);
  REQUIRE(admin.ok());
  Probe probe((*admin)->address());
  CHECK(probe.Greets());
  admin->reset();
  CHECK(probe.Greets());
  CHECK(probe.Greets());
  CHECK(!probe.Greets());
}

TEST_CASE("a task runs at once, again when it is due, and after a failure") {
  telemetry::Metrics metrics;
  std::atomic<int> runs = 0;
  Periodic periodic(
      {{"test", absl::Milliseconds(5),
        [&](absl::Time) { return ++runs == 1 ? absl::InternalError("once") : absl::OkStatus(); }}},
      metrics);
  const Deadline deadline = Deadline::After(absl::Seconds(10));
  while (runs < 3 && !deadline.Passed()) std::this_thread::yield();
  CHECK(runs >= 3);
  CHECK(metrics.Text().find("guildhall_upkeep_failures_total{task=\"test\"} 1") !=
        std::string::npos);
}

// What the child process of the next test runs: not there at first, then ready, then drained.
class Nothing final : public Running {
 public:
  std::string address() const override { return "127.0.0.1:1"; }
  void Drain(absl::Duration) override { std::ofstream(drained_) << "drained"; }
  explicit Nothing(std::string drained) : drained_(std::move(drained)) {}

 private:
  const std::string drained_;
};

int RunFrame(const std::string& drained) {
  const char* arguments[] = {"test", "--drain_wait=0s", "--log_level=error"};
  int attempts = 0;
  return Main(3, arguments,
              {.name = "test",
               .describe = [](settings::Schema&) {},
               .start = [&](telemetry::Metrics&) -> absl::StatusOr<std::unique_ptr<Running>> {
                 if (++attempts == 1) return absl::UnavailableError("the database is away");
                 kill(getpid(), SIGTERM);  // blocked, so it waits until the frame asks
                 return std::make_unique<Nothing>(drained);
               }});
}

TEST_CASE("a process waits for what it needs, and drains when it is told to end") {
  const std::string drained = "/tmp/guildhall_frame_" + std::to_string(getpid());
  const pid_t child = fork();
  if (child == 0) _exit(RunFrame(drained));
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(std::ifstream(drained).good());
  unlink(drained.c_str());
}

TEST_CASE("an unknown setting ends the process before it begins") {
  const pid_t child = fork();
  if (child == 0) {
    const char* arguments[] = {"test", "--no_such_setting=1"};
    fclose(stderr);
    _exit(Main(2, arguments, {.name = "test", .describe = [](settings::Schema&) {}}));
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == 2);
}

}  // namespace
}  // namespace guildhall::service
