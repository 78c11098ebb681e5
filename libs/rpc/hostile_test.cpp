// What no well-behaved client sends, by nghttp2 and by bare bytes.
#include <nghttp2/nghttp2.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <catch2/catch.hpp>
#include <cstring>

#include "libs/rpc/engine_fixture.h"
#include "libs/telemetry/log.h"

namespace guildhall::rpc {
namespace {

// How a stream ends for its sender.
enum class Ending { kEndStream, kReset, kHangUp };

// A stream as a hostile client sends it.
struct Stream {
  std::string body;  // of the gRPC framing, or of what is sent in its place
  Ending ending = Ending::kEndStream;
  std::string content_type = "application/grpc";
  std::vector<std::pair<std::string, std::string>> headers;
};

std::string Frame(const std::string& message, char flag = 0) {
  const auto size = static_cast<std::uint32_t>(message.size());
  std::string frame{flag, static_cast<char>(size >> 24), static_cast<char>(size >> 16),
                    static_cast<char>(size >> 8), static_cast<char>(size)};
  return frame + message;
}

// One connection with one stream; blocking, for at most 5 s.
class RawClient {
 public:
  explicit RawClient(const std::string& address) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    const std::string path = address.substr(std::strlen("unix:"));
    std::memcpy(name.sun_path, path.data(), path.size());
    fd_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    GUILDHALL_CHECK(connect(fd_, reinterpret_cast<sockaddr*>(&name), sizeof name) == 0);
  }
  ~RawClient() {
    nghttp2_session_del(session_);
    close(fd_);
  }

  void SendBytes(std::string_view bytes) { send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  // Waits until the server closes the connection.
  bool Closed() {
    char bytes[4096];
    for (int i = 0; i < 100 && Readable(); ++i) {
      if (recv(fd_, bytes, sizeof bytes, 0) <= 0) return true;
    }
    return false;
  }

  // Sends the stream. Answers with grpc-status, "http-<status>" without one, or "reset"; nothing
  // when the client is the one who breaks off.
  std::string Send(const Stream& stream) {
    stream_ = stream;
    Open();
    Pump();
    if (stream.ending == Ending::kHangUp) return "";
    if (stream.ending == Ending::kReset) {
      nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id_, NGHTTP2_CANCEL);
      Pump();
      return "";
    }
    while (answer_.empty() && Readable()) {
      std::uint8_t bytes[16384];
      const ssize_t got = recv(fd_, bytes, sizeof bytes, 0);
      if (got <= 0) return "closed";
      if (nghttp2_session_mem_recv(session_, bytes, static_cast<std::size_t>(got)) < 0) break;
      Pump();
    }
    return answer_;
  }

 private:
  void Open() {
    nghttp2_session_callbacks* callbacks;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, OnHeader);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, OnClose);
    nghttp2_session_client_new(&session_, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
    std::vector<std::pair<std::string, std::string>> fields{
        {":method", "POST"},
        {":scheme", "http"},
        {":path", "/guildhall.enginetest.v1.EngineTestService/Echo"},
        {":authority", "localhost"},
        {"te", "trailers"},
        {"content-type", stream_.content_type}};
    fields.insert(fields.end(), stream_.headers.begin(), stream_.headers.end());
    std::vector<nghttp2_nv> head;
    for (auto& [name, value] : fields) {
      head.push_back({reinterpret_cast<std::uint8_t*>(name.data()),
                      reinterpret_cast<std::uint8_t*>(value.data()), name.size(), value.size(), 0});
    }
    nghttp2_data_provider body{{.ptr = this}, OnBody};
    id_ = nghttp2_submit_request(session_, nullptr, head.data(), head.size(), &body, nullptr);
  }

  void Pump() {
    const std::uint8_t* bytes;
    for (ssize_t size; (size = nghttp2_session_mem_send(session_, &bytes)) > 0;) {
      SendBytes({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
    }
  }

  bool Readable() {
    pollfd end{.fd = fd_, .events = POLLIN, .revents = 0};
    return poll(&end, 1, 5'000) == 1;
  }

  static ssize_t OnBody(nghttp2_session*, std::int32_t, std::uint8_t* out, std::size_t room,
                        std::uint32_t* flags, nghttp2_data_source* source, void*) {
    auto& self = *static_cast<RawClient*>(source->ptr);
    std::string& body = self.stream_.body;
    if (body.empty() && self.stream_.ending != Ending::kEndStream) return NGHTTP2_ERR_DEFERRED;
    const std::size_t size = std::min(room, body.size());
    std::memcpy(out, body.data(), size);
    body.erase(0, size);
    if (body.empty() && self.stream_.ending == Ending::kEndStream) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(size);
  }
  static int OnHeader(nghttp2_session*, const nghttp2_frame*, const std::uint8_t* name,
                      std::size_t name_size, const std::uint8_t* value, std::size_t value_size,
                      std::uint8_t, void* self) {
    auto& client = *static_cast<RawClient*>(self);
    const std::string_view key(reinterpret_cast<const char*>(name), name_size);
    const std::string text(reinterpret_cast<const char*>(value), value_size);
    if (key == ":status") client.http_status_ = text;
    if (key == "grpc-status") client.grpc_status_ = text;
    return 0;
  }
  static int OnClose(nghttp2_session*, std::int32_t, std::uint32_t, void* self) {
    auto& client = *static_cast<RawClient*>(self);
    client.answer_ = !client.grpc_status_.empty()   ? client.grpc_status_
                     : !client.http_status_.empty() ? "http-" + client.http_status_
                                                    : "reset";
    return 0;
  }

  int fd_ = -1;
  nghttp2_session* session_ = nullptr;
  std::int32_t id_ = 0;
  Stream stream_;
  std::string http_status_;
  std::string grpc_status_;
  std::string answer_;
};

class HostileFixture : public EngineFixture {
 public:
  HostileFixture() {
    telemetry::StartLog({.sink = [](std::string_view) {}});
    Start();
  }
  ~HostileFixture() { telemetry::StartLog({}); }
  std::string Send(const Stream& stream) { return RawClient(server->address()).Send(stream); }
  bool Serves() { return client->Call({}).status.ok(); }
};

const std::string kGood = Frame(Text("hello").SerializeAsString());
constexpr char kOk[] = "0";
constexpr char kInvalidArgument[] = "3";

TEST_CASE_METHOD(HostileFixture, "a good call by another client is answered") {
  CHECK(Send({.body = kGood}) == kOk);
}

TEST_CASE_METHOD(HostileFixture, "a call without a message is refused") {
  CHECK(Send({.body = ""}) == kInvalidArgument);
}

TEST_CASE_METHOD(HostileFixture, "a message that ends before its length is refused") {
  for (const std::string& bytes : {kGood.substr(0, 3), kGood.substr(0, kGood.size() - 1)}) {
    CHECK(Send({.body = bytes}) != kOk);
  }
  CHECK(Serves());
}

TEST_CASE_METHOD(HostileFixture, "a length beyond all limits takes no memory") {
  CHECK(Send({.body = std::string("\0\xff\xff\xff\xff", 5) + "abc"}) != kOk);
  CHECK(Serves());
}

TEST_CASE_METHOD(HostileFixture, "a message that says it is packed is taken as it is") {
  for (const char* encoding : {"gzip", "identity", "unheard-of"}) {
    CHECK(Send({.body = Frame(Text("hello").SerializeAsString(), 1),
                .headers = {{"grpc-encoding", encoding}}}) == kOk);
  }
}

TEST_CASE_METHOD(HostileFixture, "streams that break off anywhere leave the server well") {
  for (const Ending ending : {Ending::kReset, Ending::kHangUp}) {
    for (std::size_t size = 0; size <= kGood.size(); ++size) {
      Send({.body = kGood.substr(0, size), .ending = ending});
    }
  }
  CHECK(Serves());
}

TEST_CASE_METHOD(HostileFixture, "a deadline that is none does not stop the server") {
  for (const char* timeout : {"", "5", "S", "-1S", "99999999999S", "1H1S", "5s", "0n"}) {
    INFO(timeout);
    Send({.body = kGood, .headers = {{"grpc-timeout", timeout}}});
    CHECK(Serves());
  }
}

TEST_CASE_METHOD(HostileFixture, "headers without end are refused") {
  const std::string large(100'000, 'x');
  CHECK(Send({.body = kGood, .headers = {{"x-large", large}}}) != kOk);
  CHECK(Serves());
}

TEST_CASE_METHOD(HostileFixture, "bytes that are no HTTP/2 close the connection and no other") {
  RawClient good(server->address());
  for (const std::string& bytes :
       {std::string("GET / HTTP/1.1\r\nhost: x\r\n\r\n"), std::string(64, '\0'),
        std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") + std::string(64, '\xff')}) {
    RawClient bad(server->address());
    bad.SendBytes(bytes);
    CHECK(bad.Closed());
  }
  CHECK(good.Send({.body = kGood}) == kOk);
}

}  // namespace
}  // namespace guildhall::rpc
