#include "libs/testing/process.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>

#include "libs/base/check.h"

namespace guildhall::testing {
namespace {

// In the child, between fork and exec: only what signal handlers may do, too.
[[noreturn]] void Become(const std::vector<char*>& argv, const RunAs& as, const char* log,
                         int death_signal, pid_t parent) {
  setsid();
  const int out = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  const bool lowered = getuid() == as.user || (setgroups(0, nullptr) == 0 &&
                                               setgid(as.group) == 0 && setuid(as.user) == 0);
  // After setuid, which clears it; the parent may have died before.
  if (death_signal != 0) prctl(PR_SET_PDEATHSIG, death_signal);
  if (lowered && (death_signal == 0 || getppid() == parent)) execv(argv[0], argv.data());
  _exit(127);
}

}  // namespace

RunAs RunAs::Unprivileged() {
  if (getuid() != 0) return {getuid(), getgid()};
  const passwd* user = getpwnam("postgres");
  if (user == nullptr) user = getpwnam("nobody");
  GUILDHALL_CHECK(user != nullptr);
  return {user->pw_uid, user->pw_gid};
}

pid_t Spawn(const std::vector<std::string>& command, const RunAs& as, const std::string& log,
            int death_signal) {
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t child = fork();
  GUILDHALL_CHECK(child >= 0);
  if (child == 0) Become(argv, as, log.c_str(), death_signal, parent);
  return child;
}

int WaitForEnd(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int RunToEnd(const std::vector<std::string>& command, const RunAs& as, const std::string& log) {
  return WaitForEnd(Spawn(command, as, log, SIGKILL));
}

void SignalFamily(pid_t parent, int signal) {
  kill(parent, signal);
  const std::string pid = std::to_string(parent);
  std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
  for (pid_t child = 0; children >> child;) kill(child, signal);
}

int RemoveOnDeath(const std::string& cluster) {
  int ends[2];
  GUILDHALL_CHECK(pipe2(ends, O_CLOEXEC) == 0);
  const pid_t child = fork();
  GUILDHALL_CHECK(child >= 0);
  if (child == 0) {
    setsid();
    dup2(ends[0], STDIN_FILENO);
    execl("/bin/sh", "sh", "-c",
          "cat >/dev/null; server=$(head -n 1 \"$1/data/postmaster.pid\" 2>/dev/null);"
          "while kill -0 \"$server\" 2>/dev/null; do sleep 0.1; done; rm -rf \"$1\"",
          "sh", cluster.c_str(), nullptr);
    _exit(127);
  }
  close(ends[0]);
  return ends[1];
}

}  // namespace guildhall::testing
