#pragma once

#include <functional>
#include <string>

#include "libs/rpc/server.h"

namespace guildhall::rpc {

// Puts handlers of one proto service into a server's table: plain functions that take the parts
// which they work with, the call and the request. `Parts` and the server outlive what is added.
template <typename Parts>
class HandlerTable {
 public:
  // `service` is "guildhall.directory.v1.DirectoryService".
  HandlerTable(Parts& parts, Server& server, std::string service)
      : parts_(parts), server_(server), service_(std::move(service)) {}

  template <typename Request, typename Response>
  void Add(const char* method,
           absl::StatusOr<Response> (*handler)(Parts&, const Call&, const Request&)) {
    server_.Unary<Request, Response>(service_ + "/" + method,
                                     std::bind_front(handler, std::ref(parts_)));
  }

  // One that answers later.
  template <typename Request, typename Response>
  void Add(const char* method,
           void (*handler)(Parts&, const Call&, const Request&, Answered<Response>)) {
    server_.Deferred<Request, Response>(service_ + "/" + method,
                                        std::bind_front(handler, std::ref(parts_)));
  }

 private:
  Parts& parts_;
  Server& server_;
  const std::string service_;
};

}  // namespace guildhall::rpc
