// What feeds, lists of unread topics and their counts make of tags that a member follows or mutes.
#include "services/discussions/api/tag_follow_fixture.h"
#include "services/discussions/domain/follow.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

using Names = std::vector<std::string>;
using Tags = std::vector<std::string>;

struct Fixture : TagFollowFixture {};

TEST_CASE_METHOD(Fixture, "topics with a muted tag are in no feed, and are not unread") {
  const std::string rye = OpenLater(open, {"rye"}), oat = OpenLater(closed, {"oat", "jobs"});
  const std::string plain = OpenLater(open, {});
  CheckShown({plain, oat, rye});
  Must(Follow(ben, "jobs", v1::FOLLOW_LEVEL_MUTED));
  CheckShown({plain, rye});
  Must(Follow(ben, "rye", v1::FOLLOW_LEVEL_MUTED));
  CheckShown({plain});
  CHECK(Feed(ada).size() == 3);
  Must(Follow(ben, "jobs", v1::FOLLOW_LEVEL_NORMAL));
  CheckShown({plain, oat});
}

TEST_CASE_METHOD(Fixture, "of a muted community topics with a followed tag are shown") {
  const std::string rye = OpenLater(closed, {"bread", "rye"}), oat = OpenLater(closed, {"oat"});
  OpenLater(closed, {});
  OpenLater(closed, {"wheat"});
  Choose(closed, v1::FOLLOW_LEVEL_MUTED);
  CheckShown({});
  Must(Follow(ben, "rye", v1::FOLLOW_LEVEL_WATCHING));
  CheckShown({rye});
  Must(Follow(ben, "bread", v1::FOLLOW_LEVEL_NORMAL));
  Must(Follow(ben, "oat", v1::FOLLOW_LEVEL_NORMAL));
  CheckShown({oat, rye});
  Choose(oat, v1::FOLLOW_LEVEL_MUTED);
  CheckShown({rye});
  Must(Follow(ben, "bread", v1::FOLLOW_LEVEL_MUTED));
  CheckShown({});
  Choose(rye, v1::FOLLOW_LEVEL_NORMAL);
  CheckShown({rye});
}

TEST_CASE_METHOD(Fixture, "feeds, unread topics and counts keep to one rule, whatever was chosen") {
  // A topic for each choice of its own with each pair of tags, in a community of each choice.
  const std::vector<std::optional<FollowLevel>> levels = {
      std::nullopt, FollowLevel::kMuted, FollowLevel::kNormal, FollowLevel::kWatching};
  const Tags tags = {"none", "muted", "normal", "watched"};
  for (int n = 1; n < 4; ++n) Must(Follow(ben, tags[n], static_cast<v1::FollowLevel>(n)));
  const auto of_tag = [&](int n) {
    return levels[n] ? std::vector<TagFollow>{{tags[n], *levels[n]}} : std::vector<TagFollow>();
  };
  const v1::FollowLevel community =
      GENERATE(v1::FOLLOW_LEVEL_UNSPECIFIED, v1::FOLLOW_LEVEL_MUTED, v1::FOLLOW_LEVEL_NORMAL);
  const CommunityId where = closed;
  if (community != v1::FOLLOW_LEVEL_UNSPECIFIED) Choose(where, community);
  Names expected;
  for (int topic = 0; topic < 4; ++topic) {
    for (const auto& [a, b] : {std::pair(0, 0), {0, 1}, {0, 2}, {3, 0}, {3, 1}}) {
      const std::string name = OpenLater(where, {tags[a], tags[b]});
      if (topic > 0) Choose(name, static_cast<v1::FollowLevel>(topic));
      std::vector<TagFollow> chosen = of_tag(a);
      for (const TagFollow& each : of_tag(b)) chosen.push_back(each);
      const EffectiveFollow rule = FollowOf(levels[topic], chosen, levels[community]);
      const v1::EffectiveFollow told = Effective(ben, name);
      CHECK(told.level() == static_cast<v1::FollowLevel>(rule.level));
      CHECK(told.source() == static_cast<v1::FollowSource>(rule.source));
      CHECK(told.tag() == rule.tag);
      if (rule.level != FollowLevel::kMuted) expected.insert(expected.begin(), name);
    }
  }
  CHECK((expected.size() >= 10 && expected.size() < 20));
  CheckShown(expected);
}

TEST_CASE_METHOD(Fixture, "what one took back is unread by the same rule") {
  const std::string rye = OpenLater(open, {"rye"}), oat = OpenLater(closed, {"oat"});
  clock.Advance(absl::Minutes(1));
  Must(Call<v1::MarkCommunitiesReadResponse>(ben, "ReadingService/MarkCommunitiesRead",
                                             Everywhere<v1::MarkCommunitiesReadRequest>()));
  clock.Advance(absl::Minutes(1));
  Rewind(rye);
  Rewind(oat);
  CHECK(Unread(ben) == Names{oat, rye});
  Must(Follow(ben, "rye", v1::FOLLOW_LEVEL_MUTED));
  Choose(closed, v1::FOLLOW_LEVEL_MUTED);
  CHECK(Unread(ben).empty());
  CHECK(Counted(ben) == 0);
  Must(Follow(ben, "oat", v1::FOLLOW_LEVEL_WATCHING));
  CHECK(Unread(ben) == Names{oat});
  CHECK(Counted(ben) == 1);
}

TEST_CASE_METHOD(Fixture, "what is told of a topic says which choice decides") {
  const std::string topic = OpenLater(open, {"bread", "rye"});
  CHECK(Effective(ben, topic).source() == v1::FOLLOW_SOURCE_UNSPECIFIED);
  Choose(open, v1::FOLLOW_LEVEL_MUTED);
  CHECK(Effective(ben, topic).source() == v1::FOLLOW_SOURCE_COMMUNITY);
  Must(Follow(ben, "rye", v1::FOLLOW_LEVEL_WATCHING));
  CHECK(Effective(ben, topic).level() == v1::FOLLOW_LEVEL_WATCHING);
  CHECK(Effective(ben, topic).source() == v1::FOLLOW_SOURCE_TAG);
  CHECK(Effective(ben, topic).tag() == "rye");
  Choose(topic, v1::FOLLOW_LEVEL_NORMAL);
  CHECK(Effective(ben, topic).level() == v1::FOLLOW_LEVEL_NORMAL);
  CHECK(Effective(ben, topic).source() == v1::FOLLOW_SOURCE_TOPIC);
  CHECK(Effective(ada, topic).level() == v1::FOLLOW_LEVEL_NORMAL);
  CHECK(Effective(eve, OpenLater(secret, {"rye"})).ByteSizeLong() == 0);
}

TEST_CASE_METHOD(Fixture, "of a muted community the latest thirty with followed tags are shown") {
  Choose(closed, v1::FOLLOW_LEVEL_MUTED);
  Must(Follow(ben, "rye", v1::FOLLOW_LEVEL_NORMAL));
  Names opened;
  for (int n = 0; n < kMaxTaggedInMuted + 2; ++n) {
    opened.insert(opened.begin(), OpenLater(closed, {"rye"}));
  }
  opened.resize(kMaxTaggedInMuted);
  CHECK(Feed(ben, 7) == opened);
  CHECK(Unread(ben) == opened);
}

}  // namespace
}  // namespace guildhall::discussions
