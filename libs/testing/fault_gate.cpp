#include "libs/testing/fault_gate.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"

namespace guildhall::testing {
namespace {

constexpr char kSocket[] = "/.s.PGSQL.5432";

sockaddr_un AddressOf(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  GUILDHALL_CHECK(path.size() < sizeof address.sun_path);
  path.copy(address.sun_path, path.size());
  return address;
}

int NewSocket() {
  const int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  GUILDHALL_CHECK(made >= 0);
  return made;
}

// What has arrived; empty at the end of the stream.
std::string Receive(int from) {
  std::array<char, 65536> room;
  const ssize_t size = recv(from, room.data(), room.size(), 0);
  return size > 0 ? std::string(room.data(), static_cast<std::size_t>(size)) : std::string();
}

bool SendAll(int to, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

FaultGate::FaultGate(const std::string& folder) : server_path_(folder + kSocket) {
  std::string name = std::filesystem::temp_directory_path() / "guildhall-gate-XXXXXX";
  GUILDHALL_CHECK(mkdtemp(name.data()) != nullptr);
  folder_ = name;
  listener_ = NewSocket();
  wake_ = eventfd(0, EFD_CLOEXEC);
  const sockaddr_un address = AddressOf(folder_ + kSocket);
  GUILDHALL_CHECK(bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
                      0 &&
                  listen(listener_, 64) == 0);
  thread_ = std::thread([this] { Run(); });
}

FaultGate::~FaultGate() {
  Give(Order::kEnd);
  thread_.join();
  // A fault that nothing met would make its test pass for no reason.
  GUILDHALL_CHECK(fault_ == Fault::kNone);
  close(listener_);
  close(wake_);
  std::filesystem::remove_all(folder_);
}

postgres::PostgresSettings FaultGate::Through(postgres::PostgresSettings settings) const {
  // Of two hosts the later one counts.
  absl::StrAppend(&settings.conninfo, " host=", folder_);
  return settings;
}

void FaultGate::LoseAnswerTo(const std::string& mark) {
  const std::lock_guard lock(mutex_);
  fault_ = Fault::kAnswer;
  mark_ = mark;
}

void FaultGate::LoseRequest(const std::string& mark) {
  const std::lock_guard lock(mutex_);
  fault_ = Fault::kRequest;
  mark_ = mark;
}

FaultGate::Fault FaultGate::FaultFor(const std::string& request) {
  const std::lock_guard lock(mutex_);
  if (fault_ == Fault::kNone || request.find(mark_) == std::string::npos) return Fault::kNone;
  return std::exchange(fault_, Fault::kNone);
}

void FaultGate::Hold() { Give(Order::kHold); }

void FaultGate::Lose() { Give(Order::kLose); }

void FaultGate::Release() { Give(Order::kPass); }

void FaultGate::Give(Order order) {
  const std::lock_guard lock(mutex_);
  order_ = order;
  eventfd_write(wake_, 1);
}

FaultGate::Order FaultGate::WaitForOrder() {
  eventfd_t woken;
  eventfd_read(wake_, &woken);
  const std::lock_guard lock(mutex_);
  return order_;
}

void FaultGate::Run() {
  Order order = Order::kPass;
  while (order != Order::kEnd) {
    if (order == Order::kHold || !PassWhatCame()) order = WaitForOrder();
    if (order != Order::kLose) continue;
    for (Pair& pair : pairs_) pair.lost = true;
    order = Order::kPass;
  }
  for (const Pair& pair : pairs_) {
    close(pair.client);
    close(pair.server);
  }
}

bool FaultGate::PassWhatCame() {
  std::vector<pollfd> waiting = {{wake_, POLLIN, 0}, {listener_, POLLIN, 0}};
  for (const Pair& pair : pairs_) {
    waiting.push_back({pair.lost ? -1 : pair.client, POLLIN, 0});
    waiting.push_back({pair.lost ? -1 : pair.server, POLLIN, 0});
  }
  poll(waiting.data(), waiting.size(), -1);
  if (waiting[0].revents != 0) return false;
  std::size_t at = 2;
  for (Pair& pair : pairs_) {
    if (waiting[at++].revents != 0) PassRequest(pair);
    if (waiting[at++].revents != 0 && !pair.over) PassAnswer(pair);
  }
  if (waiting[1].revents != 0) Accept();
  pairs_.remove_if([](const Pair& pair) {
    if (!pair.over) return false;
    close(pair.client);
    close(pair.server);
    return true;
  });
  return true;
}

void FaultGate::Accept() {
  Pair pair;
  pair.client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  pair.server = NewSocket();
  const sockaddr_un address = AddressOf(server_path_);
  pair.over =
      connect(pair.server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0;
  pairs_.push_back(pair);
}

void FaultGate::PassRequest(Pair& pair) {
  const std::string request = Receive(pair.client);
  const Fault fault = FaultFor(request);
  pair.loses_answer = pair.loses_answer || fault == Fault::kAnswer;
  pair.over = request.empty() || fault == Fault::kRequest || !SendAll(pair.server, request);
}

void FaultGate::PassAnswer(Pair& pair) {
  const std::string answer = Receive(pair.server);
  pair.over = answer.empty() || pair.loses_answer || !SendAll(pair.client, answer);
}

}  // namespace guildhall::testing
