// Votes that are told together: how often, and that none is lost.
#include "services/gateway/api/late_votes.h"

#include <algorithm>

#include "services/gateway/api/live_hub_fixture.h"

namespace guildhall::gateway {
namespace {

using Words = std::vector<std::string>;

std::string Voted(int n, const std::string& state) { return Topic(n) + " " + state; }

struct Voting {
  explicit Voting(LiveLimits limits = {}) : hub(logs, facts, limits) {
    facts.SetMember(Community(1), true);
    ada = hub.Subscribe();
    REQUIRE(ada.Hears({"started"}));
  }

  StatedFacts facts;
  Logs logs;
  Hub hub;
  Subscriber ada;
};
struct Forgetful : Voting {
  Forgetful() : Voting({.ring_changes = 2}) {}
};

TEST_CASE_METHOD(Voting, "the first vote is told at once, those of the next second as the last") {
  hub.Vote(1, "a");
  CHECK(ada.Hears({"started", Voted(1, "a")}));
  hub.Vote(1, "b");
  hub.Vote(1, "c");
  hub.Wait(absl::Milliseconds(900));
  CHECK(ada.heard().size() == 2);
  hub.Wait(absl::Milliseconds(100));
  CHECK(ada.Hears({"started", Voted(1, "a"), Voted(1, "c")}));
  hub.Wait(absl::Seconds(5));
  CHECK(ada.heard().size() == 3);
  hub.Vote(1, "d");
  CHECK(ada.Hears({"started", Voted(1, "a"), Voted(1, "c"), Voted(1, "d")}));
}

TEST_CASE_METHOD(Voting, "a poll in which 100 vote each second is told of once a second") {
  for (int n = 0; n < 1000; ++n) {
    hub.Vote(1, std::to_string(n));
    hub.clock.Advance(absl::Milliseconds(10));
    if (n % 25 == 24) hub.hub->Tick();
  }
  hub.Wait(absl::Seconds(1));
  CHECK(ada.heard().size() >= 1 + 10);
  CHECK(ada.heard().size() <= 1 + 12);
  CHECK(ada.heard().back() == Voted(1, "999"));
}

TEST_CASE_METHOD(Voting, "votes that are read together are told as the last, at once") {
  std::vector<LoadedChange> page;
  for (const char* state : {"a", "b", "c"}) {
    page.push_back(logs.Add(Log::kDiscussions, VoteIn(1, state)));
    page.push_back(logs.Add(Log::kDiscussions, VoteIn(2, state)));
  }
  const Place end = page.back().place;
  hub.queue.Await([&] {
    hub.hub->Append(Log::kDiscussions, {.changes = std::move(page), .end = {{}, end}});
  });
  CHECK(ada.Hears({"started", Voted(1, "c"), Voted(2, "c")}));
}

TEST_CASE_METHOD(Voting, "other topics are told past votes, their own topic is not") {
  hub.Vote(1, "a");
  hub.Vote(1, "b");
  hub.Write(2);
  CHECK(ada.Hears({"started", Voted(1, "a"), Topic(2)}));
  hub.Write(1);
  CHECK(ada.Hears({"started", Voted(1, "a"), Topic(2), Voted(1, "b"), Topic(1)}));
  hub.Wait(absl::Seconds(2));
  CHECK(ada.heard().size() == 5);
}

TEST_CASE_METHOD(Voting, "whoever is cut off before votes are told hears of them, and no more") {
  hub.Vote(1, "a");
  hub.Vote(1, "b");
  hub.Write(2);
  CHECK(ada.Hears({"started", Voted(1, "a"), Topic(2)}));
  const std::string token = ada.last_token();
  Subscriber back = hub.Subscribe(token);
  CHECK(back.Hears({"started"}));
  hub.Wait(absl::Seconds(1));
  CHECK(back.Hears({"started", Voted(1, "b")}));
  // Also when they have been told meanwhile, and once.
  Subscriber later = hub.Subscribe(token);
  CHECK(later.Hears({"started", Voted(1, "b")}));
  CHECK(hub.Subscribe(later.last_token()).Hears({"started"}));
  CHECK(logs.reads() == 0);
}

TEST_CASE_METHOD(Voting, "a gateway that told votes at other times tells what the token lacks") {
  Hub other(logs, facts);
  hub.Vote(1, "a");
  const LoadedChange vote = hub.Vote(1, "b");
  const LoadedChange written = hub.Write(2);
  CHECK(ada.Hears({"started", Voted(1, "a"), Topic(2)}));
  other.Append(Log::kDiscussions, vote);
  other.Append(Log::kDiscussions, written);
  CHECK(other.Subscribe(ada.last_token()).Hears({"started", Voted(1, "b")}));
}

TEST_CASE_METHOD(Voting, "whoever is cut off between two late votes is told the other one") {
  hub.Vote(1, "a");
  hub.Vote(2, "a");
  hub.Vote(1, "b");
  hub.Vote(2, "b");
  hub.Wait(absl::Seconds(1));
  REQUIRE(testing::Eventually([&] { return ada.heard().size() == 5; }));
  CHECK(hub.Subscribe(ada.connection->token(3)).Hears({"started", ada.heard()[4]}));
}

TEST_CASE_METHOD(Forgetful, "who comes back late is told from the log what the token lacks") {
  hub.Vote(1, "a");
  hub.Vote(1, "b");
  hub.Write(2);
  CHECK(ada.Hears({"started", Voted(1, "a"), Topic(2)}));
  for (int n = 3; n <= 6; ++n) hub.Write(n);
  hub.Wait(absl::Seconds(1));
  CHECK(hub.Subscribe(ada.connection->token(2))
            .Hears({"started", Voted(1, "b"), Topic(3), Topic(4), Topic(5), Topic(6)}));
  CHECK(logs.reads() > 0);
}

// Two gateways that read one log at their own pace and remember little, and a client that is cut
// off again and again.
struct Wanderer {
  explicit Wanderer(std::uint64_t seed) : random(seed) { facts.SetMember(Community(1), true); }

  unsigned Chance(unsigned of) {
    std::array<std::uint8_t, 1> byte;
    random.Fill(byte);
    return byte[0] % of;
  }
  // Topics 1 to 3 are voted in, others are written.
  void Write() {
    ++written;
    if (Chance(3) == 0) {
      logs.Add(Log::kDiscussions,
               {.facts = {Subject::kContent, Community(1)}, .name = Topic(100 + written)});
      others.push_back(Topic(100 + written));
    } else {
      const int topic = 1 + static_cast<int>(Chance(3));
      logs.Add(Log::kDiscussions, VoteIn(topic, std::to_string(written)));
      last[Topic(topic)] = Voted(topic, std::to_string(written));
    }
  }
  bool Follow(std::size_t gateway) {
    Place& place = places[gateway];
    LoadedPage page = logs.Read(Log::kDiscussions, {{}, place});
    if (page.changes.empty()) return false;
    place = page.end.place;
    hubs[gateway].queue.Await(
        [&] { hubs[gateway].hub->Append(Log::kDiscussions, std::move(page)); });
    return true;
  }
  void Cut() {
    hubs[where].Leave(*client);
    for (const std::string& word : client->heard()) {
      if (word != "started" && word != "end RESUME") heard.push_back(word);
    }
    token = client->last_token();
    Come();
  }
  void Come() {
    where = Chance(2);
    client = hubs[where].Subscribe(token);
    REQUIRE(testing::Eventually([&] { return !client->heard().empty(); }));
  }
  // The last that was heard of each topic that was voted in is the last that there is.
  bool KnowsAll() {
    Words all = heard;
    for (const std::string& word : client->heard()) all.push_back(word);
    for (const std::string& word : others) {
      if (std::count(all.begin(), all.end(), word) == 0) return false;
    }
    return std::all_of(last.begin(), last.end(), [&](const auto& of) {
      const auto at = std::find_if(all.rbegin(), all.rend(), [&](const std::string& word) {
        return word.starts_with(of.first + " ");
      });
      return at != all.rend() && *at == of.second;
    });
  }

  testing::SeededRandom random;
  StatedFacts facts;
  Logs logs;
  Hub hubs[2] = {{logs, facts, {.ring_changes = 3}}, {logs, facts, {.ring_changes = 3}}};
  Place places[2];
  int written = 0;
  Words others;
  std::map<std::string, std::string> last;
  std::size_t where = 0;
  std::optional<Subscriber> client;
  std::string token;
  Words heard;
};

TEST_CASE("through any cuts the last vote is heard of, and all else once and in order") {
  const auto seed = GENERATE(range<std::uint64_t>(1, 13));
  INFO("seed " << seed);
  Wanderer it(seed);
  it.Come();
  for (int step = 0; step < 150; ++step) {
    const unsigned dice = it.Chance(12);
    if (dice < 4) it.Write();
    if (dice >= 4 && dice < 8) it.Follow(it.Chance(2));
    if (dice >= 8 && dice < 10) it.hubs[it.Chance(2)].Wait(absl::Milliseconds(400));
    if (dice >= 10) it.Cut();
  }
  for (std::size_t gateway = 0; gateway < 2; ++gateway) {
    while (it.Follow(gateway)) {
    }
    it.hubs[gateway].Wait(absl::Seconds(2));
  }
  REQUIRE(testing::Eventually([&] {
    // These gateways remember so little that a stream falls behind on a busy machine.
    if (it.client->heard().back() == "end RESUME") it.Cut();
    return it.KnowsAll();
  }));
  it.Cut();
  Words of_others;
  for (const std::string& word : it.heard) {
    if (word.find(' ') == std::string::npos) of_others.push_back(word);
  }
  CHECK(of_others == it.others);
}

}  // namespace
}  // namespace guildhall::gateway
