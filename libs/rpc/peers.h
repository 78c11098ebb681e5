#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace guildhall::rpc {

// The processes of one service, each with a connection of its own. Not thread-safe.
class Peers {
 public:
  using Index = std::size_t;

  // `addresses` are separated by commas; nothing connects before the first call. `silence` as in
  // ClientParts.
  Peers(std::string_view addresses, absl::Duration silence);

  // The next process in turn among those with a standing connection; without one, among those that
  // may still get one; without one, simply the next.
  Index Next();
  // Another one than `last`, likewise; nothing when all others are away.
  std::optional<Index> Other(Index last);

  grpc::GenericStub& stub(Index index) { return peers_[index]->stub; }

 private:
  struct Peer {
    explicit Peer(std::shared_ptr<grpc::Channel> c);
    std::shared_ptr<grpc::Channel> channel;
    grpc::GenericStub stub;
  };
  // Of the `count` processes from `start` on.
  std::optional<Index> Find(Index start, std::size_t count);

  std::vector<std::unique_ptr<Peer>> peers_;
  Index next_ = 0;
};

}  // namespace guildhall::rpc
