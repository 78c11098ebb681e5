// Many clients that listen: connects, sends each its request, and measures what arrives.
//
//   live_load <port> <file of requests> <word that a client hears when it listens>
//
// The file holds requests one after the other, each behind its length (4 bytes, big-endian). Says
// "ready" when all listen; counts "<<t=MICROSECONDS>>" in what they hear, the time being when it
// was sent; says "DELIVERIES P50_MS P99_MS MOST_MS" when its input ends.
#include <arpa/inet.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view kMark = "<<t=";
constexpr std::size_t kDigits = 16;
constexpr std::size_t kKept = 700;
// Clients that connect at once: each one's session is looked up.
constexpr std::size_t kAtOnce = 32;

struct Client {
  int fd = -1;
  bool listens = false;
  std::string rest;  // of what was read, no mark in it
};

std::vector<std::string> ReadRequests(const char* path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::string> requests;
  for (std::size_t at = 0; at + 4 <= text.size();) {
    std::uint32_t size = 0;
    for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(text[at + i]);
    requests.push_back(text.substr(at + 4, size));
    at += 4 + size;
  }
  return requests;
}

[[noreturn]] void Fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

int Connect(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{.sin_family = AF_INET, .sin_port = htons(static_cast<in_port_t>(port))};
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || connect(fd, reinterpret_cast<sockaddr*>(&where), sizeof where) != 0) {
    Fail("connect");
  }
  return fd;
}

std::int64_t NowMicros() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * 1'000'000 + now.tv_nsec / 1000;
}

class Listeners {
 public:
  Listeners(int port, std::vector<std::string> requests, std::string word)
      : word_(std::move(word)), clients_(requests.size()), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      while (i >= listening_ + kAtOnce) Wait();
      clients_[i].fd = Connect(port);
      epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
      epoll_ctl(epoll_, EPOLL_CTL_ADD, clients_[i].fd, &event);
      if (send(clients_[i].fd, requests[i].data(), requests[i].size(), MSG_NOSIGNAL) < 0) {
        Fail("send");
      }
    }
    while (listening_ < clients_.size()) Wait();
  }

  // Reads until the input ends.
  void Run() {
    epoll_event event{.events = EPOLLIN, .data = {.u64 = kInput}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, STDIN_FILENO, &event);
    while (!ended_) Wait();
  }

  void Report() {
    std::sort(waits_.begin(), waits_.end());
    const auto at = [&](double part) {
      if (waits_.empty()) return 0.0;
      const auto index = static_cast<std::size_t>(part * static_cast<double>(waits_.size() - 1));
      return static_cast<double>(waits_[index]) / 1000;
    };
    std::printf("%zu %.2f %.2f %.2f\n", waits_.size(), at(0.5), at(0.99), at(1));
  }

 private:
  static constexpr std::uint64_t kInput = ~std::uint64_t{0};

  void Wait() {
    epoll_event events[256];
    const int count = epoll_wait(epoll_, events, std::size(events), 10'000);
    if (count == 0 && listening_ < clients_.size()) Fail("a client was not heard in 10 s");
    for (int i = 0; i < count; ++i) {
      if (events[i].data.u64 == kInput) {
        ended_ = true;
      } else {
        Read(clients_[events[i].data.u64]);
      }
    }
  }

  void Read(Client& client) {
    static char buffer[1 << 16];
    const ssize_t size = recv(client.fd, buffer, sizeof buffer, MSG_DONTWAIT);
    if (size <= 0) {
      std::fprintf(stderr, "%zu listen; one heard last: %s\n", listening_, client.rest.c_str());
      Fail("a connection ended");
    }
    const std::int64_t now = NowMicros();
    client.rest.append(buffer, static_cast<std::size_t>(size));
    if (!client.listens && client.rest.find(word_) != std::string::npos) {
      client.listens = true;
      ++listening_;
    }
    std::size_t end = 0;
    for (std::size_t at = 0; (at = client.rest.find(kMark, at)) != std::string::npos;) {
      if (client.rest.size() < at + kMark.size() + kDigits) break;
      waits_.push_back(now - std::atoll(client.rest.substr(at + kMark.size(), kDigits).c_str()));
      end = at += kMark.size() + kDigits;
    }
    // Enough to tell why a connection ends, and for a mark that comes in two parts.
    const std::size_t keep = std::min<std::size_t>(client.rest.size() - end, kKept);
    client.rest.erase(0, client.rest.size() - keep);
  }

  const std::string word_;
  std::vector<Client> clients_;
  const int epoll_;
  std::size_t listening_ = 0;
  bool ended_ = false;
  std::vector<std::int64_t> waits_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  Listeners listeners(std::atoi(argv[1]), ReadRequests(argv[2]), argv[3]);
  std::puts("ready");
  std::fflush(stdout);
  listeners.Run();
  listeners.Report();
}
