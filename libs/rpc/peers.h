#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <string_view>
#include <vector>

namespace guildhall::rpc {

// The processes of one service, each with a connection of its own. Not thread-safe.
class Peers {
 public:
  // `addresses` are separated by commas; nothing connects before the first call.
  explicit Peers(std::string_view addresses);

  // The next process in turn, those whose last connection failed left out while others are there.
  grpc::GenericStub& Next();

 private:
  struct Peer {
    explicit Peer(std::shared_ptr<grpc::Channel> c);
    std::shared_ptr<grpc::Channel> channel;
    grpc::GenericStub stub;
  };
  std::vector<std::unique_ptr<Peer>> peers_;
  std::size_t next_ = 0;
};

}  // namespace guildhall::rpc
