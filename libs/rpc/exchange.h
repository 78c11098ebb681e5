#pragma once

#include <grpcpp/generic/async_generic_service.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/rpc/engine.h"
#include "libs/rpc/keeping.h"

namespace guildhall::rpc::internal {

// One call on its way through the steps. Made by Expect, deletes itself when gRPC, the handler and
// whoever else was asked are all done with it. Of the queue's thread alone, except `call`,
// `request` and `request_bytes`, which a worker reads while it runs the handler.
class Exchange final {
 public:
  // Makes an exchange that waits for the server's next call.
  static void Expect(Engine& engine);

  // What the steps have found out; the rest stands in `facts`.
  Engine& engine;
  Method* method = nullptr;  // null: the server has none of this name
  CallFacts facts;
  const Call call{facts};
  grpc::Slice request_bytes;
  std::unique_ptr<google::protobuf::Message> request;
  std::shared_ptr<const void> row;  // of a Lookup
  Item item;                        // what the request names, if it is an item
  KeptState kept;                   // of a method whose replies are kept
  absl::Duration began;             // monotonic
  std::size_t slot = 0;             // of Engine::running

  // The value of a request header, or empty.
  std::string_view Metadata(const char* key) const;
  // When the caller said that it stops waiting; infinite when it did not say.
  absl::Duration CallersTimeout() const;

  // Takes the next steps until one stops.
  void Proceed();
  // Reads the message into request_bytes, then proceeds; answers when there is none.
  void Receive();
  // Ends the call, with a refusal or with a reply. Once; later answers are dropped.
  void Refuse(const absl::Status& refusal);
  void Reply(const grpc::Slice& reply);
  void Answer(const absl::StatusOr<grpc::Slice>& result);
  bool answered() const { return answered_; }
  // Answers DEADLINE_PASSED and tells the handler.
  void Expire();

  // A function that is called once, on any thread, and then runs `then(*this, value)` on the
  // queue's thread; not at all when the call was answered meanwhile. Keeps the exchange alive.
  template <typename Value, typename Then>
  auto Later(Then then) {
    ++holds_;
    return [this, then](Value value) {
      Queue& queue = engine.queue;
      auto resume = [this, then, value = std::move(value)]() mutable {
        if (!answered_) then(*this, std::move(value));
        Drop();
      };
      if (queue.OnThread()) {
        resume();
      } else {
        queue.Post(std::move(resume));
      }
    };
  }

 private:
  struct Tag final : Queue::Event {
    Tag(Exchange& e, void (Exchange::*f)(bool)) : exchange(e), on(f) {}
    void Proceed(bool ok) override { (exchange.*on)(ok); }
    Exchange& exchange;
    void (Exchange::*on)(bool);
  };

  explicit Exchange(Engine& engine);
  ~Exchange() = default;
  void Delete();

  void OnArrived(bool ok);
  void OnReceived(bool ok);
  void OnAnswered(bool ok);
  void OnClosed(bool ok);  // the call is over for gRPC, answered or not
  void EndSteps(const absl::Status& status);
  void Drop();

  grpc::GenericServerContext context_;
  grpc::GenericServerAsyncReaderWriter stream_{&context_};
  grpc::ByteBuffer buffer_;
  Tag arrived_{*this, &Exchange::OnArrived};
  Tag received_{*this, &Exchange::OnReceived};
  Tag sent_{*this, &Exchange::OnAnswered};
  Tag closed_{*this, &Exchange::OnClosed};
  std::size_t steps_begun_ = 0;
  int holds_ = 0;
  bool answered_ = false;
};

}  // namespace guildhall::rpc::internal
