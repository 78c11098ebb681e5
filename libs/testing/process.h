#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace guildhall::testing {

// Whom a test's servers run as: PostgreSQL refuses root, so root lends them another user.
struct RunAs {
  uid_t user;
  gid_t group;
  // The user `postgres` of Debian's package (or else `nobody`) for root; oneself for anybody else.
  static RunAs Unprivileged();
};

// Starts a program in a session of its own, its output appended to `log`. It gets `death_signal`
// when this program dies, however it dies. Aborts when the program cannot be started.
pid_t Spawn(const std::vector<std::string>& command, const RunAs& as, const std::string& log,
            int death_signal);

// Runs a program to its end; its exit status, 128 + signal when it was killed.
int RunToEnd(const std::vector<std::string>& command, const RunAs& as, const std::string& log);

// Waits for the end of a child.
int WaitForEnd(pid_t child);

// Sends `signal` to a process and then to its children.
void SignalFamily(pid_t parent, int signal);

// Has `cluster`, the folder around a PostgreSQL's data, removed when this program dies without
// doing it: a small shell waits for the end of a pipe and of the server. Returns the pipe's end.
int RemoveOnDeath(const std::string& cluster);

}  // namespace guildhall::testing
