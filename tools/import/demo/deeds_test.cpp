#include "tools/import/demo/deeds.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

namespace guildhall::demo {
namespace {

const Organization& DemoOrganization() {
  static const Organization organization = ReadOrganization("deploy/demo").organization;
  return organization;
}

TEST_CASE("the same organization has the same deeds, each with an id of its own") {
  const std::vector<Deed> one = MakeDeeds(DemoOrganization(), {});
  const std::vector<Deed> other = MakeDeeds(DemoOrganization(), {});
  CHECK(ToJson(one) == ToJson(other));
  std::set<std::string> ids;
  for (const nlohmann::json& deed : nlohmann::json::parse(ToJson(one))) {
    ids.insert(deed["id"].get<std::string>());
    if (!deed["request"].contains("requestId")) continue;
    CHECK(deed["request"]["requestId"] == deed["id"]);
  }
  CHECK(ids.size() == one.size());
}

TEST_CASE("a deed is done by somebody who can sign in; of some a refusal tells that it was done") {
  std::set<std::string> emails, methods;
  for (const Member& member : DemoOrganization().members) emails.insert(member.email);
  emails.erase("");
  for (const Deed& deed : MakeDeeds(DemoOrganization(), {})) {
    CHECK(emails.count(deed.email) == 1);
    if (!deed.done_reasons.empty()) methods.insert(deed.method);
  }
  CHECK(methods == std::set<std::string>{"directory.v1.BanService/CreateBan",
                                         "directory.v1.CharterService/UpdateCharter",
                                         "directory.v1.DirectoryService/UpdateCommunity",
                                         "directory.v1.InvitationService/CreateInvitation",
                                         "directory.v1.JoinRequestService/CreateJoinRequest",
                                         "directory.v1.JoinRequestService/DeclineJoinRequest",
                                         "discussions.v1.ModerationService/MoveTopic",
                                         "discussions.v1.ModerationService/RemovePost",
                                         "discussions.v1.ModerationService/RemoveTopic"});
}

TEST_CASE("a deed leaves alone what somebody has touched since") {
  for (const Deed& deed : MakeDeeds(DemoOrganization(), {})) {
    if (deed.done_reasons.empty()) continue;  // done once, whatever anybody did since
    const nlohmann::json request = nlohmann::json::parse(deed.request);
    bool guarded = request.contains("etag");
    for (const char* edited : {"charter", "community"}) {
      guarded |= request.contains(edited) && request[edited].contains("etag");
    }
    const bool edits = deed.method.find("/Update") != std::string::npos ||
                       deed.method.find("Moderation") != std::string::npos;
    INFO(deed.method);
    CHECK(guarded == edits);
  }
}

}  // namespace
}  // namespace guildhall::demo
