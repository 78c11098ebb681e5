#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/slice.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/ids.h"
#include "libs/base/status_macros.h"
#include "libs/cache/replies.h"
#include "libs/rpc/call.h"
#include "libs/rpc/codec.h"
#include "libs/rpc/gatherer.h"

namespace guildhall::rpc {

// What a Deferred handler answers with, once, on any thread. The reply is read before this returns
// and may live on an arena: long lists are hundreds of small pieces of memory.
template <typename Resp>
using Answered = std::function<void(absl::StatusOr<const Resp*>)>;

// Where a thing stands and who wrote it: what a decision about it needs.
struct Item {
  CommunityId community;
  MemberId author;
  // For all but its author it is as if it had never been.
  bool deleted = false;
};

// A read of one thing by its name, for Server::Lookup. The engine does the rest: it gathers the
// fetches of concurrent calls into one statement, asks for the facts of the item's community,
// decides, and replies on the queue's thread; no worker waits.
template <typename Req, typename Resp, typename Key, typename Row>
struct Lookup {
  // What the request names. Fails with FIELD_INVALID.
  std::function<absl::StatusOr<Key>(const Req&)> key;
  // The rows of the keys (which may repeat), in their order; nothing where there is none.
  typename Gatherer<Key, Row>::Fetch fetch;
  // What the decision is about.
  std::function<Item(const Row&)> item;
  // Must not wait: it runs on the queue's thread.
  std::function<Resp(const Call&, const Row&)> reply;
};

// Which replies of a method are kept, for Server::Keep. A kept reply holds nothing of the caller:
// it is given to everybody whom the decision lets in, and the decision is taken for each call
// before the reply is touched.
template <typename Req>
struct Kept {
  // Outlives the server.
  cache::Replies& replies;
  // What a request is known by; nothing for requests whose replies are not kept, among them all
  // that the handler would refuse. The engine fills in key.method. Runs on the queue's thread.
  std::function<std::optional<cache::Subject>(const Req&)> subject;
  // Whether this call may get and leave kept replies, once its grant is known; empty: every call.
  std::function<bool(const Call&)> serves;
};

namespace internal {

// Kept without its types.
struct AnyKept {
  cache::Replies& replies;
  const cache::Method& method;
  std::function<std::optional<cache::Subject>(const google::protobuf::Message&)> subject;
  std::function<bool(const Call&)> serves;
};

// An item as the authorize step wants it, and what it was read from.
struct Found {
  Item item;
  std::shared_ptr<const void> row;
};
// Gets nothing when there is no such thing; on any thread.
using OnFound = std::function<void(absl::StatusOr<std::optional<Found>>)>;

// What the engine knows of a Lookup without its types.
class AnyLookup {
 public:
  virtual ~AnyLookup() = default;
  // Fails at once when the request names nothing; otherwise `done` is called once.
  virtual absl::Status Find(const google::protobuf::Message& request, Deadline deadline,
                            OnFound done) = 0;
  virtual grpc::Slice Reply(const Call& call, const void* row) const = 0;
};

// Reads the items of one collection by resource name.
class AnyResolver {
 public:
  virtual ~AnyResolver() = default;
  // Fails at once with FIELD_INVALID for `field` when `name` is none of the collection's.
  virtual absl::Status Find(std::string_view field, std::string_view name, Deadline deadline,
                            OnFound done) = 0;
};

template <typename Row, typename ItemOf>
auto Adapt(OnFound done, ItemOf item_of) {
  return [done = std::move(done), item_of](absl::StatusOr<std::shared_ptr<const Row>> row) {
    if (!row.ok()) return done(row.status());
    if (*row == nullptr) return done(std::optional<Found>());
    done(std::optional<Found>(Found{item_of(**row), *row}));
  };
}

template <typename Req, typename Resp, typename Key, typename Row>
class TypedLookup final : public AnyLookup {
 public:
  explicit TypedLookup(Lookup<Req, Resp, Key, Row> lookup)
      : lookup_(std::move(lookup)), gatherer_(lookup_.fetch) {}

  absl::Status Find(const google::protobuf::Message& request, Deadline deadline,
                    OnFound done) override {
    GUILDHALL_ASSIGN(Key key, lookup_.key(static_cast<const Req&>(request)));
    gatherer_.Ask(std::move(key), deadline, Adapt<Row>(std::move(done), [this](const Row& row) {
                    return lookup_.item(row);
                  }));
    return absl::OkStatus();
  }

  grpc::Slice Reply(const Call& call, const void* row) const override {
    return Serialize(lookup_.reply(call, *static_cast<const Row*>(row)));
  }

 private:
  const Lookup<Req, Resp, Key, Row> lookup_;
  Gatherer<Key, Row> gatherer_;
};

template <typename Key>
class TypedResolver final : public AnyResolver {
 public:
  using Parse = std::function<absl::StatusOr<Key>(std::string_view field, std::string_view name)>;
  TypedResolver(Parse parse, typename Gatherer<Key, Item>::Fetch fetch)
      : parse_(std::move(parse)), gatherer_(std::move(fetch)) {}

  absl::Status Find(std::string_view field, std::string_view name, Deadline deadline,
                    OnFound done) override {
    GUILDHALL_ASSIGN(Key key, parse_(field, name));
    gatherer_.Ask(std::move(key), deadline,
                  Adapt<Item>(std::move(done), [](const Item& item) { return item; }));
    return absl::OkStatus();
  }

 private:
  const Parse parse_;
  Gatherer<Key, Item> gatherer_;
};

// One entry of the handler table.
struct Handler {
  enum class Shape { kUnary, kInline, kDeferred, kLookup };
  using Answered = std::function<void(absl::StatusOr<grpc::Slice>)>;
  Shape shape = Shape::kUnary;
  const google::protobuf::Message* request = nullptr;   // the default instance
  const google::protobuf::Message* response = nullptr;  // the default instance
  std::function<absl::StatusOr<grpc::Slice>(const Call&, const google::protobuf::Message&)> run;
  std::function<void(const Call&, const google::protobuf::Message&, Answered)> begin;
  std::unique_ptr<AnyLookup> lookup;
  std::unique_ptr<AnyKept> kept;  // of all but Inline handlers
};

}  // namespace internal
}  // namespace guildhall::rpc
