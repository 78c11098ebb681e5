// What members are told that they may know: each for itself.
#include "services/discussions/api/tagging_fixture.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/skill.h"
#include "services/discussions/workers/search_indexer.h"

namespace guildhall::discussions {
namespace {

using Skills = std::map<std::string, int>;
using Tags = std::vector<std::string>;

struct Fixture : TaggingFixture {
  std::string Tagged(CommunityId where, const Tags& tags) {
    return Must(Call<v1::Topic>(ada, "CreateTopic", TaggedRequest(where, tags))).name();
  }
  // In so many topics with these tags somebody answers.
  std::vector<std::string> Answer(MemberId who, int topics, CommunityId where, const Tags& tags) {
    std::vector<std::string> names;
    for (int n = 0; n < topics; ++n) {
      names.push_back(Tagged(where, tags));
      Post(who, names.back());
    }
    return names;
  }
  Skills Suggested(MemberId who, v1::GetSuggestedSkillsRequest request) {
    for (const CommunityId place : {open, closed, secret}) {
      request.add_communities(resources::Name(place));
    }
    for (int taken = 1; taken > 0;) taken = Must(indexer.RunOnce(clock.Now()));
    Skills skills;
    const auto reply =
        Must(Call<v1::GetSuggestedSkillsResponse>(who, "TagService/GetSuggestedSkills", request));
    for (const auto& each : reply.suggested_skills()) skills[each.tag()] = each.topic_count();
    return skills;
  }
  Skills Suggested(MemberId who) { return Suggested(who, v1::GetSuggestedSkillsRequest()); }

  SearchIndexer indexer{*database};
};

TEST_CASE_METHOD(Fixture,
                 "a tag of three topics in which a member wrote is suggested as its skill") {
  Answer(ben, 2, open, {"rye", "bread"});
  Answer(ben, 1, closed, {"rye"});
  Answer(ben, 2, open, {"oat"});
  CHECK(Suggested(ben) == Skills{{"rye", 3}});
  const std::string last = Answer(ben, 1, open, {"bread", "rye"})[0];
  for (int n = 0; n < 5; ++n) Post(ben, last);
  CHECK(Suggested(ben) == Skills{{"bread", 3}, {"rye", 4}});
}

TEST_CASE_METHOD(Fixture, "what was written more than a year ago suggests nothing") {
  Answer(ben, 3, open, {"rye"});
  clock.Advance(absl::Hours(24 * 364));
  CHECK(Suggested(ben) == Skills{{"rye", 3}});
  clock.Advance(absl::Hours(24 * 2));
  CHECK(Suggested(ben).empty());
  Answer(ben, 3, open, {"oat"});
  CHECK(Suggested(ben) == Skills{{"oat", 3}});
}

TEST_CASE_METHOD(Fixture, "each member is told about itself, and no request names anybody else") {
  facts.SetRole(open, eve, Role::kOwner);
  Answer(ben, 3, open, {"rye"});
  CHECK(Suggested(ben).size() == 1);
  CHECK(Suggested(eve).empty());
  v1::GetSuggestedSkillsRequest odd;
  odd.GetReflection()->MutableUnknownFields(&odd)->AddLengthDelimited(2, resources::Name(ben));
  CHECK(Suggested(eve, odd).empty());
}

TEST_CASE_METHOD(Fixture, "topics that a member may not read any more suggest nothing") {
  Answer(ben, 3, secret, {"hush"});
  Answer(ben, 3, open, {"rye"});
  CHECK(Suggested(ben) == Skills{{"hush", 3}, {"rye", 3}});
  facts.SetRole(secret, ben, Role::kNone);
  CHECK(Suggested(ben) == Skills{{"rye", 3}});
}

TEST_CASE_METHOD(Fixture, "what a member may not read any more takes no room from what it may") {
  const std::string hidden = Tagged(secret, {"hush"});
  for (int n = 0; n < kMaxSkillPosts; ++n) Post(ben, hidden);
  Answer(ben, 3, open, {"rye"});
  facts.SetRole(secret, ben, Role::kNone);
  CHECK(Suggested(ben) == Skills{{"rye", 3}});
}

TEST_CASE_METHOD(Fixture, "skills are asked for in 20 communities at most, by their names") {
  v1::GetSuggestedSkillsRequest request;
  for (int n = 0; n < kMaxSkillCommunities - 3; ++n) {
    request.add_communities(resources::Name(CommunityId(Numbered(n))));
  }
  CHECK(Suggested(ben, request).empty());
  request.add_communities(resources::Name(open));
  for (int more = 0; more < 3; ++more) request.add_communities(resources::Name(open));
  const auto refused =
      Call<v1::GetSuggestedSkillsResponse>(ben, "TagService/GetSuggestedSkills", request);
  CHECK(Is(refused.status(), policy::reasons::kFieldInvalid));
  request.Clear();
  request.add_communities("bakers");
  const auto misnamed =
      Call<v1::GetSuggestedSkillsResponse>(ben, "TagService/GetSuggestedSkills", request);
  CHECK(Is(misnamed.status(), policy::reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "topics suggest the tags that they have now") {
  v1::UpdateTopicRequest retag;
  retag.mutable_topic()->set_name(Answer(ben, 3, open, {"rye"})[0]);
  CHECK(Suggested(ben).size() == 1);
  retag.mutable_topic()->add_tags("oat");
  retag.mutable_update_mask()->add_paths("tags");
  retag.set_request_id(NewRequestId());
  Must(Call<v1::Topic>(ada, "UpdateTopic", retag));
  CHECK(Suggested(ben).empty());
}

TEST_CASE_METHOD(Fixture, "a post that is deleted suggests nothing any more") {
  Answer(ben, 2, open, {"rye"});
  const std::string topic = Tagged(open, {"rye"});
  const v1::Post post = Post(ben, topic);
  CHECK(Suggested(ben) == Skills{{"rye", 3}});
  v1::DeletePostRequest request;
  request.set_name(post.name());
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeletePostResponse>(ben, "DeletePost", request));
  CHECK(Suggested(ben).empty());
}

}  // namespace
}  // namespace guildhall::discussions
