#include "tools/import/sample/organization.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tools/import/house_fixture.h"
#include "tools/import/sample/load.h"

namespace guildhall::sample {
namespace {

// What a tenth, half and nine tenths of some numbers do not exceed.
std::vector<int> Quantiles(std::vector<int> numbers) {
  std::ranges::sort(numbers);
  const auto at = [&](std::size_t tenth) { return numbers[numbers.size() * tenth / 10]; };
  return {at(1), at(5), at(9)};
}

int WordsOf(const std::string& text) {
  return 1 + static_cast<int>(
                 std::ranges::count_if(text, [](char c) { return c == ' ' || c == '\n'; }));
}

bool Within(int found, int expected) {
  return found >= expected * 8 / 10 && found <= expected * 12 / 10;
}

TEST_CASE("topics, texts and authors are distributed as in the archive") {
  const Organization organization(50'000);
  std::vector<int> posts, words;
  std::map<std::string, int> authors;
  for (int topic = 0; topic < organization.topics(); ++topic) {
    const auto made = organization.PostsOf(topic);
    posts.push_back(static_cast<int>(made.size()));
    for (const auto& post : made) {
      words.push_back(WordsOf(post.markdown()));
      ++authors[post.author()];
    }
  }
  CHECK(words.size() == 50'000);
  // Of the archive: 1, 9, 53 posts and 6, 21, 93 words.
  const auto topics = Quantiles(posts), texts = Quantiles(words);
  CHECK(topics[0] == 1);
  CHECK(Within(topics[1], 9));
  CHECK(Within(topics[2], 53));
  CHECK(Within(texts[1], 21));
  CHECK(Within(texts[2], 93));
  const auto busiest =
      std::ranges::max_element(authors, {}, [](auto& each) { return each.second; });
  CHECK(busiest->second > 500);
  CHECK(busiest->second < 10'000);
}

TEST_CASE("words are as frequent as in the archive") {
  const Vocabulary vocabulary;
  Chance chance(0, 1);
  std::map<std::string, int> counts;
  for (int i = 0; i < 1'000'000; ++i) ++counts[vocabulary.Word(chance)];
  // The most frequent 38 in a thousand, the tenth 11, the hundredth 1.4.
  CHECK(Within(counts[WordOf(0)], 46'000));
  CHECK(Within(counts[WordOf(9)], 13'000));
  CHECK(Within(counts[WordOf(99)], 1'700));
}

TEST_CASE("words of different ranks differ") {
  std::set<std::string> words;
  for (int rank = 0; rank < kWords; ++rank) words.insert(WordOf(rank));
  CHECK(words.size() == kWords);
  CHECK(WordOf(0).size() == 2);
  CHECK(WordOf(70).size() == 4);
  CHECK(WordOf(4'970).size() == 6);
}

TEST_CASE("the same size gives the same organization, another one other topics") {
  const Organization one(3'000), same(3'000), larger(6'000);
  for (int topic = 0; topic < one.topics(); ++topic) {
    CHECK(one.TopicOf(topic).SerializeAsString() == same.TopicOf(topic).SerializeAsString());
    CHECK(one.PostsOf(topic).back().SerializeAsString() ==
          same.PostsOf(topic).back().SerializeAsString());
  }
  CHECK(one.MemberOf(7).SerializeAsString() == larger.MemberOf(7).SerializeAsString());
  CHECK(one.CommunityOf(7).SerializeAsString() == larger.CommunityOf(7).SerializeAsString());
  CHECK(one.TopicOf(7).name() != larger.TopicOf(7).name());
}

TEST_CASE("a community comes after the one above it, and is no wider") {
  const Organization organization(200'000);
  std::map<std::string, std::pair<int, directory::v1::Visibility>> made;
  int deepest = 0;
  for (int n = 0; n < organization.communities(); ++n) {
    const auto community = organization.CommunityOf(n);
    int depth = 1;
    if (!community.parent().empty()) {
      REQUIRE(made.contains(community.parent()));
      const auto [above, visibility] = made[community.parent()];
      CHECK(community.visibility() >= visibility);
      depth = above + 1;
    }
    deepest = std::max(deepest, depth);
    made[community.name()] = {depth, community.visibility()};
    CHECK(organization.MembershipsOf(n)[0].role() == directory::v1::ROLE_OWNER);
  }
  CHECK(deepest > 2);
  CHECK(deepest <= 5);
}

TEST_CASE("an organization is written whole, and a second run writes nothing") {
  const Organization organization(2'000);
  importing::House house;
  for (const int created : {2'000, 0}) {
    const auto tally =
        Load(organization, house.methods(), house.send_posts(), [](const importing::Count&) {});
    REQUIRE(tally.ok());
    CHECK(tally->members.sent == 200);
    CHECK(tally->communities.sent == 10);
    CHECK(tally->posts.sent == 2'000);
    CHECK(tally->posts.created == created);
  }
  std::set<std::string> topics;
  for (const auto& topic : house.topics) topics.insert(topic.name());
  int number = 0;
  for (const auto& post : house.posts) {
    CHECK(topics.contains(post.name().substr(0, post.name().find("/posts/"))));
    number = post.number() == 1 ? 1 : number + 1;
    CHECK(post.number() == number);
  }
}

}  // namespace
}  // namespace guildhall::sample
