#pragma once

// An HTTP/2 server on a Unix socket that misbehaves on demand.
//
// The last part of the path says how it answers: /echo sends the request's body back with trailers,
// /head trailers alone, /hold nothing, /big a megabyte per message byte, /reset resets the stream,
// /refuse refuses it, /refuse-once only the first time, /drop closes the connection, /goaway-above
// sends GOAWAY below this stream (once, then it echoes), /goaway-mid sends GOAWAY between head and
// body, /goaway-close sends GOAWAY below this stream and closes while the request still comes
// (once), /killed answers as gRPC's server does what it never began (once), /cancelled as one that
// did, /flood answers before the request has ended.

#include <nghttp2/nghttp2.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace guildhall::testing {

class H2Peer {
 public:
  explicit H2Peer(std::string path) : path_(std::move(path)) {
    unlink(path_.c_str());
    sockaddr_un where{.sun_family = AF_UNIX};
    path_.copy(where.sun_path, sizeof where.sun_path - 1);
    listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bind(listener_, reinterpret_cast<sockaddr*>(&where), sizeof where);
    listen(listener_, 64);
    thread_ = std::thread([this] { Run(); });
  }
  ~H2Peer() {
    stop_ = true;
    thread_.join();
    close(listener_);
    unlink(path_.c_str());
  }

  std::string address() const { return "unix:" + path_; }

  std::atomic<int> connections{0};    // accepted in all
  std::atomic<int> streams{0};        // requests begun
  std::atomic<int> cancelled{0};      // RST_STREAM(CANCEL) received
  std::atomic<std::int64_t> sent{0};  // bytes of /big handed to HTTP/2
  std::atomic<bool> settle{true};     // false: accepts, but says nothing
  std::atomic<bool> frozen{false};    // neither reads nor says anything, as if stopped
  std::atomic<const char*> as{};      // answers every path like this one, such as "/drop"

 private:
  struct Stream {
    std::string path, timeout, body, reply;
    std::size_t at = 0;
  };
  struct Peer {
    H2Peer* server;
    int fd;
    nghttp2_session* session;
    std::map<std::int32_t, Stream> streams;
    bool broken = false;
    bool leaving = false;  // broken, when all is sent
  };

  void Run() {
    while (!stop_) {
      if (frozen) {
        poll(nullptr, 0, 1);
        continue;
      }
      std::vector<pollfd> wait = {{listener_, POLLIN, 0}};
      for (const Peer& peer : peers_) {
        const bool writes = nghttp2_session_want_write(peer.session) != 0;
        wait.push_back({peer.fd, static_cast<short>(POLLIN | (writes ? POLLOUT : 0)), 0});
      }
      if (poll(wait.data(), wait.size(), 10) <= 0 || frozen) continue;
      std::size_t i = 1;
      for (Peer& peer : peers_) Serve(peer, wait[i++].revents);
      peers_.remove_if([](Peer& peer) {
        if (peer.broken) Drop(peer);
        return peer.broken;
      });
      if (wait[0].revents != 0) Accept();
    }
    for (Peer& peer : peers_) Drop(peer);
    peers_.clear();
  }

  static void Drop(Peer& peer) {
    nghttp2_session_del(peer.session);
    close(peer.fd);
  }

  void Accept() {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    ++connections;
    Peer& peer = peers_.emplace_back(Peer{this, fd, nullptr, {}});
    nghttp2_session_callbacks* callbacks;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, &OnHeader);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, &OnData);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, &OnFrame);
    nghttp2_session_server_new(&peer.session, callbacks, &peer);
    nghttp2_session_callbacks_del(callbacks);
    if (settle) nghttp2_submit_settings(peer.session, 0, nullptr, 0);
  }

  void Serve(Peer& peer, short events) {
    std::uint8_t buffer[16384];
    if ((events & (POLLIN | POLLHUP)) != 0) {
      const ssize_t size = recv(peer.fd, buffer, sizeof buffer, 0);
      if (size == 0 || (size < 0 && errno != EAGAIN)) peer.broken = true;
      if (size > 0 &&
          nghttp2_session_mem_recv(peer.session, buffer, static_cast<std::size_t>(size)) < 0) {
        peer.broken = true;
      }
    }
    if (!settle) return;
    const std::uint8_t* frame;
    ssize_t size;
    while (!peer.broken && (size = nghttp2_session_mem_send(peer.session, &frame)) > 0) {
      while (size > 0) {  // blocking: tests send little
        const ssize_t written = send(peer.fd, frame, static_cast<std::size_t>(size), MSG_NOSIGNAL);
        if (written < 0 && errno == EAGAIN) {
          std::this_thread::yield();
          if (stop_) return;
          continue;
        }
        if (written < 0) break;
        frame += written;
        size -= written;
      }
    }
    if (peer.leaving) peer.broken = true;
  }

  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                      std::size_t name_size, const std::uint8_t* value, std::size_t value_size,
                      std::uint8_t, void* user) {
    Stream& stream = static_cast<Peer*>(user)->streams[frame->hd.stream_id];
    const std::string key(reinterpret_cast<const char*>(name), name_size);
    const std::string text(reinterpret_cast<const char*>(value), value_size);
    if (key == ":path") {
      const char* const as = static_cast<Peer*>(user)->server->as;
      stream.path = as != nullptr ? as : text.substr(text.rfind('/'));
    }
    if (key == "grpc-timeout") stream.timeout = text;
    return 0;
  }

  static int OnData(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* data,
                    std::size_t size, void* user) {
    static_cast<Peer*>(user)->streams[id].body.append(reinterpret_cast<const char*>(data), size);
    return 0;
  }

  static int OnFrame(nghttp2_session* session, const nghttp2_frame* frame, void* user) {
    Peer& peer = *static_cast<Peer*>(user);
    const std::int32_t id = frame->hd.stream_id;
    if (frame->hd.type == NGHTTP2_RST_STREAM && frame->rst_stream.error_code == NGHTTP2_CANCEL) {
      ++peer.server->cancelled;
    }
    if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA) return 0;
    Stream& stream = peer.streams[id];
    if (frame->hd.type == NGHTTP2_HEADERS) ++peer.server->streams;
    const bool ended = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    if (stream.path == "/flood" && frame->hd.type == NGHTTP2_HEADERS) {
      nghttp2_settings_entry none{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 0};
      nghttp2_submit_settings(session, 0, &none, 1);
      Answer(session, id, peer);
    } else if (stream.path == "/goaway-close" && !ended && !peer.server->once_.exchange(true)) {
      nghttp2_submit_goaway(session, 0, std::max(0, id - 2), NGHTTP2_NO_ERROR, nullptr, 0);
      peer.leaving = true;
    } else if (ended) {
      peer.server->Act(session, peer, id, stream);
    }
    return 0;
  }

  void Act(nghttp2_session* session, Peer& peer, std::int32_t id, Stream& stream) {
    const bool again = once_.exchange(true);
    if (stream.path == "/hold") {
      once_ = again;
    } else if (stream.path == "/drop") {
      peer.broken = true;
    } else if (stream.path == "/reset") {
      nghttp2_submit_rst_stream(session, 0, id, NGHTTP2_INTERNAL_ERROR);
    } else if (stream.path == "/refuse" || (stream.path == "/refuse-once" && !again)) {
      nghttp2_submit_rst_stream(session, 0, id, NGHTTP2_REFUSED_STREAM);
    } else if (stream.path == "/goaway-above" && !again) {
      nghttp2_submit_goaway(session, 0, std::max(0, id - 2), NGHTTP2_NO_ERROR, nullptr, 0);
    } else if (stream.path == "/head") {
      const nghttp2_nv fields[] = {Nv(":status", "200"), Nv("grpc-status", "5")};
      nghttp2_submit_response(session, id, fields, 2, nullptr);
    } else if (stream.path == "/killed" && !again) {
      const nghttp2_nv fields[] = {Nv(":status", "200"), Nv("grpc-status", "1"),
                                   Nv("grpc-message", "CANCELLED")};
      nghttp2_submit_response(session, id, fields, 3, nullptr);
    } else if (stream.path == "/cancelled") {
      const nghttp2_nv fields[] = {Nv(":status", "200"), Nv("grpc-status", "1"),
                                   Nv("grpc-status-details-bin", "CAE")};
      nghttp2_submit_response(session, id, fields, 3, nullptr);
    } else {
      if (stream.path == "/goaway-mid") {
        nghttp2_submit_goaway(session, 0, id, NGHTTP2_NO_ERROR, nullptr, 0);
      }
      stream.reply =
          stream.path == "/big" ? std::string(stream.body.size() << 20, 'b') : stream.body;
      Answer(session, id, peer);
    }
  }

  static nghttp2_nv Nv(std::string_view name, std::string_view value) {
    const auto bytes = [](std::string_view text) {
      return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
    };
    return {bytes(name), bytes(value), name.size(), value.size(), 0};
  }

  static void Answer(nghttp2_session* session, std::int32_t id, Peer& peer) {
    const Stream& stream = peer.streams[id];
    const nghttp2_nv fields[] = {Nv(":status", "200"), Nv("x-timeout", stream.timeout)};
    nghttp2_data_provider body{};
    body.read_callback = [](nghttp2_session* session, std::int32_t id, std::uint8_t* out,
                            std::size_t room, std::uint32_t* flags, nghttp2_data_source*,
                            void* user) -> ssize_t {
      Peer& peer = *static_cast<Peer*>(user);
      Stream& stream = peer.streams[id];
      const std::size_t size = std::min(room, stream.reply.size() - stream.at);
      std::memcpy(out, stream.reply.data() + stream.at, size);
      stream.at += size;
      peer.server->sent += static_cast<std::int64_t>(size);
      if (stream.at == stream.reply.size()) {
        *flags |= NGHTTP2_DATA_FLAG_EOF | NGHTTP2_DATA_FLAG_NO_END_STREAM;
        const nghttp2_nv trailers[] = {Nv("grpc-status", "0")};
        nghttp2_submit_trailer(session, id, trailers, 1);
      }
      return static_cast<ssize_t>(size);
    };
    nghttp2_submit_response(session, id, fields, 2, &body);
  }

  const std::string path_;
  int listener_;
  std::list<Peer> peers_;
  std::atomic<bool> once_{false};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace guildhall::testing
