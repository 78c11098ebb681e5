#include "libs/http/connection.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "libs/base/check.h"
#include "libs/base/strings.h"
#include "libs/http/response_head.h"
#include "libs/http/server_state.h"

namespace guildhall::http {
namespace {

constexpr std::string_view kEndOfHead = "\r\n\r\n";
// A client of HTTP/2, such as a probe that only wants to be greeted.
constexpr int kOtherVersion = 505;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
// A client that was refused in the middle of a body gets this long to read why.
constexpr absl::Duration kLinger = absl::Seconds(2);
// An idle connection of a draining server closes after this.
constexpr absl::Duration kDrainIdle = absl::Seconds(1);
// Buffers that a large request has grown beyond this are given back after it.
constexpr std::size_t kKeepBuffer = 16 << 10;

// What some bytes may take at the slowest pace.
absl::Duration TimeOf(std::uint64_t bytes, const ServerLimits& limits) {
  return absl::Seconds(static_cast<double>(bytes) /
                       static_cast<double>(Count(limits.transfer_rate)));
}

Deadline TransferDeadline(const ServerLimits& limits, std::uint64_t bytes) {
  return Deadline::After(limits.transfer_timeout + TimeOf(bytes, limits));
}

}  // namespace

Connection::Connection(Server::State& server, Socket socket, std::string peer)
    : server_(server.shared_from_this()), socket_(std::move(socket)), peer_(std::move(peer)) {}

void Connection::Start() {
  deadline_ = Deadline::After(server_->limits.head_timeout);
  AwaitReadable();
}

void Connection::Drain() {
  close_after_answer_ = true;
  // Its next request may be on the way: who closes at once, fails it.
  if (phase_ == Phase::kIdle) deadline_ = Deadline::After(kDrainIdle);
  if (phase_ == Phase::kStreaming && call_) call_->OnDrain();
}

void Connection::Sweep() {
  answered_ = nullptr;
  if (phase_ == Phase::kHandling || (phase_ == Phase::kStreaming && left_ == 0)) return;
  if (!deadline_.Passed()) return;
  if (phase_ != Phase::kIdle && phase_ != Phase::kLingering) ++server_->counts->timed_out;
  if (phase_ == Phase::kHead || phase_ == Phase::kBody) return Refuse(408);
  Close();
}

void Connection::AwaitReadable() {
  if (awaiting_readable_ || phase_ == Phase::kClosed) return;
  awaiting_readable_ = true;
  socket_.async_wait(Socket::wait_read,
                     [self = shared_from_this()](boost::system::error_code error) {
                       self->awaiting_readable_ = false;
                       if (!error && self->phase_ != Phase::kClosed) self->OnReadable();
                     });
}

void Connection::OnReadable() {
  if (phase_ == Phase::kHandling || phase_ == Phase::kWriting || phase_ == Phase::kStreaming) {
    // The next request waits in the socket until this one is answered.
    if (!HungUp()) return;
    if (phase_ != Phase::kWriting) return Close();
    close_after_answer_ = true;
    return;
  }
  std::vector<char>& scratch = server_->loop.impl().scratch;
  std::size_t room = scratch.size();
  // A body of known length is read to its end and not beyond.
  if (phase_ == Phase::kBody && !chunks_) {
    room = std::min<std::uint64_t>(room, head_.content_length - body_.size());
  }
  const ssize_t size = recv(socket_.native_handle(), scratch.data(), room, 0);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return AwaitReadable();
  if (size <= 0) return Close();
  OnInput({scratch.data(), static_cast<std::size_t>(size)});
}

void Connection::OnInput(std::string_view bytes) {
  switch (phase_) {
    case Phase::kIdle:
      phase_ = Phase::kHead;
      deadline_ = Deadline::After(server_->limits.head_timeout);
      [[fallthrough]];
    case Phase::kHead:
      in_.append(bytes);
      break;
    case Phase::kBody:
      (chunks_ ? rest_ : body_).append(bytes);
      // By what has come, not by what is promised: who stops has no more time than who never began.
      deadline_ =
          std::min(Deadline::After(deadline_.Remaining() + TimeOf(bytes.size(), server_->limits)),
                   body_end_);
      break;
    default:
      break;  // lingering: not read any more
  }
  Advance();
}

void Connection::Advance() {
  if (advancing_) return;  // a handler has answered at once; the loop below goes on
  advancing_ = true;
  while ((phase_ == Phase::kHead && ReadHead()) || (phase_ == Phase::kBody && ReadBody())) {
    Dispatch();
  }
  advancing_ = false;
  AwaitReadable();
}

// Whether a whole request has been read.
bool Connection::ReadHead() {
  const std::size_t limit = Count(server_->limits.head);
  const std::size_t found = in_.find(kEndOfHead, head_searched_);
  if (found == std::string::npos ? in_.size() > limit : found + kEndOfHead.size() > limit) {
    Refuse(431);
    return false;
  }
  if (found == std::string::npos) {
    head_searched_ = in_.size() - std::min(in_.size(), kEndOfHead.size() - 1);
    return false;
  }
  const std::size_t head_size = found + kEndOfHead.size();
  if (const int status = ParseHead({in_.data(), head_size}, head_); status != 0) {
    Refuse(status);
    return false;
  }
  request_ = {
      .method = head_.method, .target = head_.target, .fields = head_.fields, .peer = peer_};
  const std::uint64_t max_body = Count(server_->limits.body);
  if (!head_.chunked && head_.content_length > max_body) {
    request_.body_too_large = true;
    return true;
  }
  if (!head_.chunked && in_.size() - head_size >= head_.content_length) {
    request_.body = std::string_view(in_).substr(head_size, head_.content_length);
    request_size_ = head_size + head_.content_length;
    return true;
  }
  // The rest of the body goes elsewhere: `in_` must not move any more.
  request_size_ = head_size;
  phase_ = Phase::kBody;
  deadline_ = TransferDeadline(server_->limits, in_.size() - head_size);
  // Chunks of a byte each are many more bytes than their body.
  body_end_ = TransferDeadline(server_->limits, head_.chunked ? max_body : head_.content_length);
  if (head_.chunked) chunks_.emplace(server_->limits.body);
  (chunks_ ? rest_ : body_).assign(in_, head_size);
  if (head_.expects_continue && in_.size() == head_size) {
    // A buffer that is too full for these 25 bytes belongs to a client that does not read.
    [[maybe_unused]] const ssize_t sent = send(socket_.native_handle(), kContinue.data(),
                                               kContinue.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  }
  in_.resize(head_size);
  return false;
}

bool Connection::ReadBody() {
  if (!chunks_) {
    if (body_.size() < head_.content_length) return false;
    request_.body = body_;
    return true;
  }
  std::size_t consumed = 0;
  const ChunkReader::State state = chunks_->Read(rest_, consumed, body_);
  rest_.erase(0, consumed);
  switch (state) {
    case ChunkReader::State::kMore:
      // Nothing but the start of a chunk or the trailers may remain, and those are small.
      if (rest_.size() > Count(server_->limits.head)) Refuse(431);
      return false;
    case ChunkReader::State::kMalformed:
      Refuse(400);
      return false;
    case ChunkReader::State::kTooLarge:
      request_.body_too_large = true;
      return true;
    case ChunkReader::State::kDone:
      request_.body = body_;
      return true;
  }
  return false;
}

void Connection::Dispatch() {
  phase_ = Phase::kHandling;
  linger_after_answer_ = request_.body_too_large;
  if (!head_.keep_alive || request_.body_too_large || server_->draining) {
    close_after_answer_ = true;
  }
  answered_ = nullptr;
  std::unique_ptr<Call> call = server_->handler.OnRequest(*this);
  if (phase_ == Phase::kHandling || phase_ == Phase::kStreaming) call_ = std::move(call);
}

bool Connection::HungUp() {
  char byte;
  const ssize_t size = recv(socket_.native_handle(), &byte, 1, MSG_PEEK);
  return size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR);
}

void Connection::Refuse(int status) {
  if (status != kOtherVersion) ++server_->counts->malformed;
  close_after_answer_ = true;
  linger_after_answer_ = true;
  phase_ = Phase::kHandling;
  Send({.status = status, .head = server_->handler.OnRefused(status)});
}

void Connection::Send(Response response) {
  GUILDHALL_CHECK(phase_ == Phase::kHandling || phase_ == Phase::kClosed);
  if (call_) answered_ = std::move(call_);
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kWriting;
  response_ = std::move(response);
  written_ = 0;
  WriteResponseHead(response_, server_->date, Persistence(), out_head_);
  if (request_.method == "HEAD") {
    response_.skip = response_.body.size();
    response_.tail.clear();
    response_.constant = {};
  }
  Write();
}

std::string_view Connection::Persistence() {
  if (close_after_answer_) return "connection: close\r\n";
  return head_.http_1_1 ? "" : "connection: keep-alive\r\n";
}

void Connection::Write() {
  const std::array<std::string_view, 4> pieces = {
      out_head_, std::string_view(response_.body).substr(response_.skip), response_.constant,
      response_.tail};
  std::size_t total = 0;
  for (const std::string_view piece : pieces) total += piece.size();
  while (written_ < total) {
    std::array<iovec, 4> vectors;
    std::size_t count = 0, skip = written_;
    for (const std::string_view piece : pieces) {
      const std::size_t gone = std::min(skip, piece.size());
      skip -= gone;
      if (gone == piece.size()) continue;
      vectors[count++] = {const_cast<char*>(piece.data()) + gone, piece.size() - gone};
    }
    const msghdr message{.msg_iov = vectors.data(), .msg_iovlen = count};
    const ssize_t size = sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno != EAGAIN) return Close();
    if (size < 0) break;
    written_ += static_cast<std::size_t>(size);
  }
  const std::size_t left = total - written_;
  const std::size_t before_tail = left - std::min(left, response_.tail.size());
  if (!Hold(left, std::min(before_tail, response_.constant.size()))) return;
  left == 0 ? OnWritten() : AwaitWritable();
}

bool Connection::Hold(std::size_t left, std::size_t constant) {
  const bool first_wait = left_ == 0 && left > 0;
  const bool more = phase_ == Phase::kStreaming && left > left_;
  left_ = left;
  server_->unsent += left - constant - held_;
  held_ = left - constant;
  if (first_wait || more) deadline_ = TransferDeadline(server_->limits, left);
  const bool too_much = phase_ == Phase::kStreaming && left > Count(server_->limits.stream_unsent);
  if (left == 0 || (!too_much && server_->unsent <= Count(server_->limits.unsent))) return true;
  ++server_->counts->unsent_overflow;
  Close();
  return false;
}

void Connection::AwaitWritable() {
  if (awaiting_writable_) return;
  awaiting_writable_ = true;
  socket_.async_wait(Socket::wait_write,
                     [self = shared_from_this()](boost::system::error_code error) {
                       self->awaiting_writable_ = false;
                       if (error) return;
                       if (self->phase_ == Phase::kWriting) self->Write();
                       if (self->phase_ == Phase::kStreaming && self->Flush() && self->call_) {
                         self->call_->OnWritable();
                       }
                     });
}

void Connection::OnWritten() {
  response_ = {};
  if (close_after_answer_) return linger_after_answer_ ? Linger() : Close();
  ForgetRequest();
  if (in_.empty()) {
    phase_ = Phase::kIdle;
    deadline_ = Deadline::After(server_->limits.idle_timeout);
    return AwaitReadable();
  }
  phase_ = Phase::kHead;
  deadline_ = Deadline::After(server_->limits.head_timeout);
  // Not now: the call that has answered is still on the stack.
  boost::asio::post(server_->loop.impl().io, [self = shared_from_this()] {
    if (self->phase_ == Phase::kHead) self->Advance();
  });
}

void Connection::ForgetRequest() {
  in_.erase(0, std::exchange(request_size_, 0));
  in_.append(rest_);
  rest_.clear();
  body_.clear();
  for (std::string* buffer : {&in_, &body_, &rest_}) {
    if (buffer->empty() && buffer->capacity() > kKeepBuffer) std::string().swap(*buffer);
  }
  chunks_.reset();
  head_searched_ = 0;
}

void Connection::Linger() {
  phase_ = Phase::kLingering;
  deadline_ = Deadline::After(kLinger);
  shutdown(socket_.native_handle(), SHUT_WR);
  AwaitReadable();
}

void Connection::Close() {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kClosed;
  server_->unsent -= held_;
  held_ = left_ = 0;
  if (stream_) {
    --server_->counts->streams;
    answered_ = std::move(call_);  // it may be the one that writes
  }
  call_ = nullptr;
  boost::system::error_code ignored;
  socket_.close(ignored);
  server_->Forget(shared_from_this());
}

}  // namespace guildhall::http
