#pragma once

// One client of a Server; for the sources of this library only.

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "libs/base/deadline.h"
#include "libs/http/loop_impl.h"
#include "libs/http/request_parser.h"
#include "libs/http/server.h"
#include "libs/http/stream_out.h"

namespace guildhall::http {

// Reads a request, hands it on, writes the answer, and so on. Asio only says when the socket is
// ready: reading and writing are plain system calls, which costs half of what its operations do.
class Connection final : public Exchange, public std::enable_shared_from_this<Connection> {
 public:
  Connection(Server::State& server, Socket socket, std::string peer);

  void Start();
  // Closes after the next answer, or soon when nothing is asked.
  void Drain();
  // Closes at once; the call is taken back.
  void Close();
  // Destroys what is left of the last call, which is on no stack any more.
  void LetGo() { answered_ = nullptr; }
  // Closes what has had its time. Called a few times per second.
  void Sweep();

  const Request& request() const override { return request_; }
  void Send(Response response) override;
  void Begin(Response response) override;
  void Write(std::span<const Chunk> chunks) override;
  void End() override;
  std::size_t unsent() const override { return stream_ ? stream_->unsent() : 0; }

 private:
  enum class Phase {
    kIdle,       // nothing of the next request has come
    kHead,       // part of a head has come
    kBody,       // a head and part of its body have come
    kHandling,   // the handler works
    kWriting,    // part of the answer has left
    kStreaming,  // an answer comes piece by piece
    kLingering,  // the answer has left and the client is still sending
    kClosed,
  };

  void AwaitReadable();
  void OnReadable();
  void OnInput(std::string_view bytes);
  // Handles what lies in `in_` until it is used up or an answer is under way.
  void Advance();
  bool ReadHead();
  bool ReadBody();
  void Dispatch();
  // Whether the client, which should wait, has gone away.
  bool HungUp();
  void Refuse(int status);
  std::string_view Persistence();
  void Write();
  // Writes what a streaming answer has kept back; true when nothing is left.
  bool Flush();
  void AwaitWritable();
  // Takes note of what a slow reader has not taken; false when it was cut off for it.
  bool Hold(std::size_t left, std::size_t constant = 0);
  void ForgetRequest();
  void OnWritten();
  void Linger();

  std::shared_ptr<Server::State> server_;
  Socket socket_;
  const std::string peer_;
  Phase phase_ = Phase::kIdle;
  bool awaiting_readable_ = false;
  bool awaiting_writable_ = false;
  bool close_after_answer_ = false;
  bool linger_after_answer_ = false;  // the client is still sending
  bool advancing_ = false;
  Deadline deadline_;
  Deadline body_end_;  // of a body that is coming, at the slowest pace

  // `in_` holds a head and what came with it; a body that did not come with its head goes to
  // `body_`, so that views of the head hold still.
  std::string in_;
  std::size_t head_searched_ = 0;
  std::size_t request_size_ = 0;  // of in_, once a request is complete
  RequestHead head_;
  std::string body_;
  std::optional<ChunkReader> chunks_;
  std::string rest_;  // what came behind a chunked body
  Request request_;
  std::unique_ptr<Call> call_;
  std::unique_ptr<Call> answered_;  // it may be on the stack when it answers

  std::string out_head_;
  Response response_;
  std::size_t written_ = 0;
  std::size_t left_ = 0;  // of the answer
  std::size_t held_ = 0;  // of that, what counts for the budget for slow readers
  std::unique_ptr<StreamOut> stream_;
};

}  // namespace guildhall::http
