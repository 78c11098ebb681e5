#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/etag.h"
#include "libs/resources/names.h"
#include "libs/resources/page_tokens.h"
#include "libs/resources/position.h"
#include "libs/resources/update_mask.h"

namespace guildhall::resources {
namespace {

using policy::reasons::kFieldInvalid;
using policy::reasons::kPageTokenInvalid;

constexpr char kId[] = "018bcfe5-687b-7000-8000-000000000001";
const std::string kTopicName = std::string("topics/") + kId;

TEST_CASE("a name says which resource it is and nothing else") {
  const auto topic = ParseTopic("name", kTopicName);
  REQUIRE(topic.ok());
  CHECK(Name(*topic) == kTopicName);
  for (const std::string& bad :
       {std::string(kId), "topic/" + std::string(kId), kTopicName + "/", "/" + kTopicName,
        kTopicName + "/posts/1", std::string("topics/1"), std::string("topics//"), std::string()}) {
    CHECK(Is(ParseTopic("name", bad).status(), kFieldInvalid));
  }
}

TEST_CASE("a post is named by id or by number") {
  const auto by_id = ParsePost("name", kTopicName + "/posts/" + kId);
  REQUIRE(by_id.ok());
  CHECK(PostName(by_id->topic, *by_id->post) == kTopicName + "/posts/" + kId);
  const auto by_number = ParsePost("name", kTopicName + "/posts/17");
  REQUIRE(by_number.ok());
  CHECK(by_number->number == 17);
  for (const char* bad : {"0", "017", "-1", "+1", "99999999999", "x"}) {
    CHECK(Is(ParsePost("name", kTopicName + "/posts/" + bad).status(), kFieldInvalid));
  }
}

TEST_CASE("a membership's name splits into community and member") {
  const auto name = MembershipName(CommunityId(*Uuid::Parse(kId)), MemberId(*Uuid::Parse(kId)));
  const auto parts = Split(name);
  REQUIRE(parts);
  CHECK(parts->collection == "communities");
  CHECK(parts->child_collection == "memberships");
  CHECK(parts->child == kId);
}

TEST_CASE("who stands how to a community is named by both") {
  const CommunityId community(*Uuid::Parse(kId));
  const MemberId member(*Uuid::Parse(kId));
  const std::string membership = MembershipName(community, member),
                    ban = BanName(community, member);
  REQUIRE(ParseMembership("name", membership).ok());
  CHECK(ParseMembership("name", membership)->community == community);
  CHECK(ParseMembership("name", membership)->member == member);
  REQUIRE(ParseBan("name", ban).ok());
  CHECK(ParseBan("name", ban)->member == member);
  CHECK(Is(ParseBan("name", membership).status(), kFieldInvalid));
  CHECK(Is(ParseMembership("name", ban).status(), kFieldInvalid));
  CHECK(Is(ParseBan("name", Name(community)).status(), kFieldInvalid));
  CHECK(Is(ParseBan("name", Name(community) + "/bans/x").status(), kFieldInvalid));
  const std::string mute = MuteName(community, member);
  CHECK(mute == Name(community) + "/mutes/" + kId);
  CHECK(ParseMute("name", mute)->member == member);
  CHECK(Is(ParseMute("name", ban).status(), kFieldInvalid));
  const std::string request = JoinRequestName(community, member),
                    invitation = InvitationName(community, member);
  CHECK(request == Name(community) + "/joinRequests/" + kId);
  REQUIRE(ParseJoinRequest("name", request).ok());
  REQUIRE(ParseInvitation("name", invitation).ok());
  CHECK(Is(ParseJoinRequest("name", invitation).status(), kFieldInvalid));
  CHECK(Is(ParseInvitation("name", request).status(), kFieldInvalid));
}

TEST_CASE("a page token opens for the list and the caller that it was made for") {
  const PageTokens tokens(std::string(32, 'k'));
  const PageScope scope{"Service/List", "kind=1", MemberId(*Uuid::Parse(kId))};
  const std::string token = tokens.Seal(scope, "position");
  CHECK(*tokens.Open(scope, token) == "position");

  PageScope other = scope;
  other.caller = MemberId();
  CHECK(Is(tokens.Open(other, token).status(), kPageTokenInvalid));
  other = scope;
  other.filter = "kind=2";
  CHECK(Is(tokens.Open(other, token).status(), kPageTokenInvalid));
  other = scope;
  other.method = "Service/ListOthers";
  CHECK(Is(tokens.Open(other, token).status(), kPageTokenInvalid));
  other = scope;
  other.revision = 1;
  CHECK(Is(tokens.Open(other, token).status(), kPageTokenInvalid));
}

TEST_CASE("a damaged, forged or foreign page token does not open") {
  const PageTokens tokens(std::string(32, 'k'));
  const PageScope scope{"Service/List", "", MemberId()};
  std::string damaged = tokens.Seal(scope, "position");
  damaged[3] = damaged[3] == 'A' ? 'B' : 'A';
  const std::string foreign = PageTokens(std::string(32, 'x')).Seal(scope, "position");
  for (const std::string& bad :
       {damaged, foreign, std::string("AAAA"), std::string("!"), std::string(3000, 'A')}) {
    CHECK(Is(tokens.Open(scope, bad).status(), kPageTokenInvalid));
  }
}

TEST_CASE("a position reads back what was written") {
  const absl::Time time = absl::FromUnixMicros(1700000000123456);
  const std::string bytes =
      PositionWriter().Text("Zoë").Number(-5).Real(0.25).Time(time).Id(*Uuid::Parse(kId)).Take();
  PositionReader reader(bytes);
  CHECK(reader.Text() == "Zoë");
  CHECK(reader.Number() == -5);
  CHECK(reader.Real() == 0.25);
  CHECK(reader.Time() == time);
  CHECK(reader.Id().ToString() == kId);
}

using Paths = std::vector<std::string>;

TEST_CASE("an update names fields that can be edited, at least one") {
  const auto mask = UpdateMask::From(Paths{"title"}, {"title", "tags"});
  REQUIRE(mask.ok());
  CHECK(mask->Has("title"));
  CHECK(!mask->Has("tags"));
  CHECK(Is(UpdateMask::From(Paths{}, {"title"}).status(), kFieldInvalid));
  CHECK(Is(UpdateMask::From(Paths{"title", "author"}, {"title"}).status(), kFieldInvalid));
  CHECK(Is(UpdateMask::From(Paths{"*"}, {"title"}).status(), kFieldInvalid));
}

TEST_CASE("an etag holds for the version that it was made of") {
  CHECK(CheckEtag(Etag(3), 3).ok());
  CHECK(CheckEtag("", 3).ok());
  CHECK(Is(CheckEtag(Etag(2), 3), policy::reasons::kEtagStale));
  CHECK(Is(CheckEtag("3", 3), policy::reasons::kEtagStale));
}

}  // namespace
}  // namespace guildhall::resources
