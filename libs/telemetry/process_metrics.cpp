#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

#include "libs/base/clock.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::telemetry {
namespace {

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  double total_pages = 0;
  double resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double OpenDescriptors() {
  DIR* folder = opendir("/proc/self/fd");
  if (folder == nullptr) return 0;
  int count = -3;  // ".", "..", and the folder's own descriptor
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

double MaxDescriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<double>(limit.rlim_cur);
}

}  // namespace

void AddProcessMetrics(Metrics& metrics, const std::string& service, const std::string& version) {
  metrics
      .GaugeOf("guildhall_build_info", "Which service of which version this is.",
               {{"service", service}, {"version", version}})
      .Set(1);
  metrics.GaugeOf("process_start_time_seconds", "When the process started, since the epoch.")
      .Set(absl::ToDoubleSeconds(SystemClock().Now() - absl::UnixEpoch()));
  Counter& cpu = metrics.CounterOf("process_cpu_seconds_total", "User and system CPU time spent.");
  Gauge& memory = metrics.GaugeOf("process_resident_memory_bytes", "Resident memory.");
  Gauge& open = metrics.GaugeOf("process_open_fds", "Open file descriptors.");
  Gauge& most = metrics.GaugeOf("process_max_fds", "Largest number of open file descriptors.");
  metrics.BeforeExposition([&cpu, &memory, &open, &most] {
    cpu.Increment(CpuSeconds() - cpu.Value());
    memory.Set(ResidentBytes());
    open.Set(OpenDescriptors());
    most.Set(MaxDescriptors());
  });
}

}  // namespace guildhall::telemetry
