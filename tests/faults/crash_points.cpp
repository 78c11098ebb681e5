// Ends the process that loads it (ld.so(8), LD_PRELOAD) by SIGKILL at the point that CRASH_POINT
// names in the environment, so that the very programs that people run are tried:
//
//   before NAME N     the statement store/sql/NAME.sql, or COMMIT as `commit`, is about to be sent
//   for
//                     the Nth time
//   committed NAME N  PostgreSQL has answered to the Nth COMMIT of a transaction with that
//   statement,
//                     and nobody has been told
//   published N       Redis has taken changes for the Nth time, and nobody has been told
//
// It stands between the program and libpq, whose prepared statements are called NAME_1 and so on
// (libs/postgres), and between the program and its sockets for Redis.
#include <dlfcn.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace {

struct CrashPoint {
  std::string event;
  std::string statement;
  int count = 0;
};

CrashPoint Read() {
  CrashPoint point;
  const char* text = std::getenv("CRASH_POINT");
  std::istringstream words(text == nullptr ? "" : text);
  words >> point.event;
  if (point.event != "published") words >> point.statement;
  words >> point.count;
  return point;
}

const CrashPoint& Wanted() {
  static const CrashPoint point = Read();
  return point;
}

void Count() {
  static std::atomic<int> left = Wanted().count;
  if (--left == 0) kill(getpid(), SIGKILL);
}

// What is there without this library.
template <typename Function>
Function* Next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

// Of a thread: whether its last bytes were changes for Redis, and whether it has sent the statement
// since its last COMMIT.
thread_local bool publishing = false;
thread_local bool stated = false;

}  // namespace

extern "C" {

int PQsendQueryPrepared(PGconn* connection, const char* name, int count, const char* const* values,
                        const int* lengths, const int* formats, int format) {
  static auto* const next = Next<decltype(PQsendQueryPrepared)>("PQsendQueryPrepared");
  const std::string_view sent(name);
  if (sent.substr(0, sent.rfind('_')) == Wanted().statement) {
    stated = true;
    if (Wanted().event == "before") Count();
  }
  return next(connection, name, count, values, lengths, formats, format);
}

PGresult* PQgetResult(PGconn* connection) {
  static auto* const next = Next<decltype(PQgetResult)>("PQgetResult");
  PGresult* result = next(connection);
  const bool committed = result != nullptr && std::string_view(PQcmdStatus(result)) == "COMMIT";
  if (committed && std::exchange(stated, false) && Wanted().event == "committed") Count();
  return result;
}

ssize_t send(int socket, const void* bytes, size_t size, int flags) {
  static auto* const next = Next<decltype(send)>("send");
  const std::string_view sent(static_cast<const char*>(bytes), size);
  publishing = Wanted().event == "published" && sent.find("\r\nXADD\r\n") != sent.npos;
  return next(socket, bytes, size, flags);
}

ssize_t recv(int socket, void* bytes, size_t size, int flags) {
  static auto* const next = Next<decltype(recv)>("recv");
  const ssize_t received = next(socket, bytes, size, flags);
  if (received > 0 && std::exchange(publishing, false)) Count();
  return received;
}

}  // extern "C"
