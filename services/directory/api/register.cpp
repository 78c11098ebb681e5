#include "libs/rpc/handler_table.h"
#include "services/directory/api/directory.h"

namespace guildhall::directory {

void Register(Directory& directory, rpc::Server& server) {
  rpc::HandlerTable table(directory, server, "guildhall.directory.v1.DirectoryService");
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

  rpc::HandlerTable internal(directory, server, "guildhall.directory.v1.InternalDirectoryService");
  internal.Add("BatchGetAccessFacts", BatchGetAccessFacts);
  internal.Add("ImportMembers", ImportMembers);
  internal.Add("ImportCommunities", ImportCommunities);
  internal.Add("ImportMemberships", ImportMemberships);

  rpc::HandlerTable items(directory, server, "guildhall.change.v1.InternalItemService");
  items.Add("LoadItems", LoadItems);
}

}  // namespace guildhall::directory
