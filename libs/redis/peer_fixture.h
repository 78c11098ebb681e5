#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <thread>
#include <utility>

#include "libs/base/check.h"
#include "libs/redis/settings.h"

namespace guildhall::redis {

// For tests: listens where a Redis might, answers the first bytes of each connection with what it
// was told, and then says nothing more.
class HostilePeer {
 public:
  explicit HostilePeer(std::string answer) : answer_(std::move(answer)) {
    folder_ = std::filesystem::temp_directory_path() / "guildhall-peer-XXXXXX";
    GUILDHALL_CHECK(mkdtemp(folder_.data()) != nullptr);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path().copy(address.sun_path, sizeof address.sun_path - 1);
    listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    GUILDHALL_CHECK(bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
                        0 &&
                    listen(listener_, 8) == 0);
    thread_ = std::thread([this] { Run(); });
  }

  ~HostilePeer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
    std::filesystem::remove_all(folder_);
  }

  RedisSettings settings() const {
    RedisSettings settings;
    settings.address = "unix:" + path();
    return settings;
  }

 private:
  std::string path() const { return folder_ + "/peer.sock"; }

  void Run() {
    while (true) {
      const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) return;
      char room[4096];
      if (recv(client, room, sizeof room, 0) > 0) {
        for (std::size_t sent = 0; sent < answer_.size();) {
          const ssize_t size =
              send(client, answer_.data() + sent, answer_.size() - sent, MSG_NOSIGNAL);
          if (size <= 0) break;
          sent += static_cast<std::size_t>(size);
        }
        // Until the other side has had enough.
        while (recv(client, room, sizeof room, 0) > 0) {
        }
      }
      close(client);
    }
  }

  const std::string answer_;
  std::string folder_;
  int listener_ = -1;
  std::thread thread_;
};

}  // namespace guildhall::redis
