#include <functional>

#include "libs/rpc/server.h"
#include "services/directory/api/directory.h"

namespace guildhall::directory {
namespace {

template <typename Request, typename Response>
using Handler = absl::StatusOr<Response> (*)(Directory&, const rpc::Call&, const Request&);

// Puts handlers of one proto service into a server's table.
class Table {
 public:
  Table(Directory& directory, rpc::Server& server, std::string service)
      : directory_(directory), server_(server), service_(std::move(service)) {}

  template <typename Request, typename Response>
  void Add(const char* method, Handler<Request, Response> handler) {
    server_.Unary<Request, Response>(service_ + "/" + method,
                                     std::bind_front(handler, std::ref(directory_)));
  }

 private:
  Directory& directory_;
  rpc::Server& server_;
  const std::string service_;
};

}  // namespace

void Register(Directory& directory, rpc::Server& server) {
  Table table(directory, server, "guildhall.directory.v1.DirectoryService");
  table.Add("GetMember", GetMember);
  table.Add("BatchGetMembers", BatchGetMembers);
  table.Add("UpdateMember", UpdateMember);
  table.Add("CreateCommunity", CreateCommunity);
  table.Add("GetCommunity", GetCommunity);
  table.Add("ListCommunities", ListCommunities);
  table.Add("ListMyCommunities", ListMyCommunities);
  table.Add("UpdateCommunity", UpdateCommunity);
  table.Add("JoinCommunity", JoinCommunity);
  table.Add("LeaveCommunity", LeaveCommunity);
  table.Add("ListMemberships", ListMemberships);

  Table internal(directory, server, "guildhall.directory.v1.InternalDirectoryService");
  internal.Add("BatchGetAccessFacts", BatchGetAccessFacts);
  internal.Add("ImportMembers", ImportMembers);
  internal.Add("ImportCommunities", ImportCommunities);
  internal.Add("ImportMemberships", ImportMemberships);
}

}  // namespace guildhall::directory
