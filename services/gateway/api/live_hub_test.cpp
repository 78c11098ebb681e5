#include "services/gateway/api/live_hub.h"

#include <algorithm>

#include "services/gateway/api/live_hub_fixture.h"

namespace guildhall::gateway {
namespace {

// About the session of the first listener.
const feeds::AccessChange kOfAda = feeds::AccessChange::Of(Session(1));

struct Fixture {
  Fixture() { facts.SetMember(Community(1), true); }

  StatedFacts facts;
  Logs logs;
};

// A hub with one subscriber, who has heard "started".
struct Listening : Fixture {
  explicit Listening(LiveLimits limits = {}) : hub(logs, facts, limits), ada(hub.Subscribe()) {
    REQUIRE(ada.Hears({"started"}));
  }
  // Ada hears of the first topic and then takes nothing more, which the hub knows.
  void StopReading() {
    ada.connection->slow = true;
    hub.Write(1);
    CHECK(ada.Hears({"started", Topic(1)}));
    hub.Settle();
  }
  // A question about ada waits.
  void AwaitQuestion() {
    REQUIRE(testing::Eventually([&] { return facts.held() == 1; }));
  }

  Hub hub;
  Subscriber ada;
};
struct Forgetful : Listening {
  Forgetful() : Listening({.ring_changes = 2}) {}
};

TEST_CASE_METHOD(Fixture, "a subscriber hears of what is changed after it started, in order") {
  Hub hub(logs, facts);
  hub.Write(1);
  Subscriber ada = hub.Subscribe();
  CHECK(ada.Hears({"started"}));
  for (int n = 2; n <= 4; ++n) hub.Write(n);
  CHECK(ada.Hears({"started", Topic(2), Topic(3), Topic(4)}));
}

TEST_CASE_METHOD(Listening, "access is decided when a change is told") {
  hub.Write(1, Community(2));
  hub.Settle();
  facts.SetMember(Community(2), true);
  hub.Change(Subject::kMembershipCreated, Community(2));
  hub.Write(2, Community(2));
  CHECK(ada.Hears({"started", "gained", "membership", Topic(2)}));
  facts.SetMember(Community(2), false);
  hub.Write(3, Community(2));
  hub.Change(Subject::kMembershipDeleted, Community(2));
  CHECK(ada.Hears({"started", "gained", "membership", Topic(2), "lost"}));
}

TEST_CASE_METHOD(Fixture, "whoever is told what to load reads what is true now") {
  Hub hub(logs, facts);
  const auto is_fresh = [&] {
    hub.Settle();
    bool fresh = false;
    hub.loop.Await([&] { fresh = hub.fresh_callers.Has(1, hub.clock.Monotonic()); });
    hub.clock.Advance(FreshCallers::kLast);
    return fresh;
  };
  CHECK_FALSE(is_fresh());
  Subscriber ada = hub.Subscribe();
  CHECK(ada.Hears({"started"}));
  CHECK(is_fresh());
  hub.Write(1);
  CHECK(ada.Hears({"started", Topic(1)}));
  CHECK_FALSE(is_fresh());
  facts.SetMember(Community(2), true);
  hub.Change(Subject::kMembershipCreated, Community(2));
  CHECK(ada.Hears({"started", Topic(1), "gained", "membership"}));
  CHECK(is_fresh());
  hub.Change(Subject::kMember, CommunityId());
  CHECK(ada.Hears({"started", Topic(1), "gained", "membership", "membership"}));
  CHECK(is_fresh());
  // Who goes on where it was has loaded before.
  Subscriber back = hub.Subscribe(ada.last_token());
  CHECK(back.Hears({"started"}));
  CHECK_FALSE(is_fresh());
  Subscriber lost = hub.Subscribe("no token of ours");
  CHECK(lost.Hears({"started", "reset"}));
  CHECK(is_fresh());
}

TEST_CASE_METHOD(Fixture, "who names communities hears of these alone") {
  facts.SetMember(Community(2), true);
  Hub hub(logs, facts);
  Subscriber ada;
  ada.stream->only.insert(Community(2));
  ada.stream->only.insert(Community(3));  // not seen: no effect
  ada.stream->protocol = Protocol::kConnectStreamJson;
  ada.stream->exchange = ada.connection.get();
  hub.hub->Join(ada.stream);
  CHECK(ada.Hears({"started"}));
  hub.Write(1, Community(1));
  hub.Write(2, Community(2));
  hub.Write(3, Community(3));
  CHECK(ada.Hears({"started", Topic(2)}));
  hub.Leave(ada);
  hub.Settle();
}

TEST_CASE_METHOD(Fixture, "who comes back soon is told from memory what it missed, and once") {
  Hub hub(logs, facts);
  Subscriber ada = hub.Subscribe();
  hub.Settle();
  hub.Write(1);
  hub.Write(2);
  CHECK(ada.Hears({"started", Topic(1), Topic(2)}));
  for (std::size_t cut = 0; cut < 3; ++cut) {
    Subscriber back = hub.Subscribe(ada.connection->token(cut));
    std::vector<std::string> expected = {"started"};
    for (int n = static_cast<int>(cut) + 1; n <= 2; ++n) expected.push_back(Topic(n));
    CHECK(back.Hears(expected));
  }
  CHECK(logs.reads() == 0);
}

TEST_CASE_METHOD(Forgetful, "who comes back late is told from the log") {
  std::vector<std::string> expected = {"started"};
  for (int n = 1; n <= 9; ++n) {
    hub.Write(n);
    expected.push_back(Topic(n));
  }
  Subscriber back = hub.Subscribe(ada.connection->token(0));
  CHECK(back.Hears(expected));
  CHECK(logs.reads() > 2);
  hub.Write(10);
  expected.push_back(Topic(10));
  CHECK(back.Hears(expected));
  // Its own tokens on the way were good as well.
  Subscriber again = hub.Subscribe(back.connection->token(4));
  CHECK(again.Hears({"started", Topic(5), Topic(6), Topic(7), Topic(8), Topic(9), Topic(10)}));
}

TEST_CASE_METHOD(Fixture, "a token of another gateway is as good, whichever log it saw first") {
  Hub one(logs, facts), other(logs, facts);
  Subscriber ada = one.Subscribe();
  CHECK(ada.Hears({"started"}));
  facts.SetMember(Community(2), true);
  const LoadedChange topic = one.Write(1);
  const LoadedChange joined = one.Change(Subject::kMembershipCreated, Community(2));
  other.Append(Log::kDirectory, joined);
  CHECK(ada.Hears({"started", Topic(1), "gained", "membership"}));
  // The other one has not read the topic yet when she comes, and does not repeat it.
  Subscriber back = other.Subscribe(ada.connection->token(1));
  CHECK(back.Hears({"started", "gained", "membership"}));
  other.Append(Log::kDiscussions, topic);
  other.Write(2);
  CHECK(back.Hears({"started", "gained", "membership", Topic(2)}));
}

TEST_CASE_METHOD(Fixture, "a gateway that has just begun tells at once, though a log rests") {
  Hub one(logs, facts), other(logs, facts);
  Subscriber ada = one.Subscribe();
  CHECK(ada.Hears({"started"}));
  // It begins where everything has settled, behind the last change.
  other.queue.Await([&] {
    other.hub->Begin(Log::kDirectory, {{}, {100, 0}});
    other.hub->Begin(Log::kDiscussions, {{}, {100, 0}});
  });
  Subscriber back = other.Subscribe(ada.connection->token(0));
  CHECK(back.Hears({"started"}));
  LoadedChange topic{.kind = change::v1::KIND_TOPIC_CREATED,
                     .facts = {Subject::kContent, Community(1)},
                     .name = Topic(1)};
  topic.place = topic.told = {101, 1};
  other.Append(Log::kDiscussions, topic);
  CHECK(back.Hears({"started", Topic(1)}));
}

TEST_CASE_METHOD(Fixture, "what cannot be taken up again begins anew") {
  Hub hub(logs, facts, {.ring_changes = 2, .furthest_back = 5});
  CHECK(hub.Subscribe("no token at all").Hears({"started", "reset"}));
  Subscriber ada = hub.Subscribe();
  hub.Settle();
  LogPosition restored;
  restored.incarnation.bytes[0] = 1;
  hub.queue.Await([&] { hub.hub->Append(Log::kDirectory, {.end = restored}); });
  CHECK(ada.Hears({"started", "reset"}));
  CHECK(hub.Subscribe(ada.connection->token(0)).Hears({"started", "reset"}));
  CHECK(hub.Subscribe(ada.connection->token(1)).Hears({"started"}));
}

TEST_CASE_METHOD(Listening, "a session that has ended is told nothing more") {
  facts.EndSession();
  hub.Write(1);
  CHECK(ada.Hears({"started", "end SESSION_ENDED"}));
  CHECK(hub.Subscribe().Hears({"end SESSION_ENDED"}));
}

TEST_CASE_METHOD(Listening, "a session that has ended is found out without a change, too") {
  hub.clock.Advance(absl::Seconds(16));
  hub.hub->Tick();
  CHECK(ada.Hears({"started", "heartbeat"}));
  facts.EndSession();
  hub.clock.Advance(absl::Seconds(16));
  hub.hub->Tick();
  CHECK(ada.Hears({"started", "heartbeat", "end SESSION_ENDED"}));
}

TEST_CASE_METHOD(Fixture, "a session that ends takes its streams along at once, without a change") {
  Hub hub(logs, facts);
  Subscriber ada = hub.Subscribe(), tab = hub.Subscribe(), bob = hub.Subscribe("", 2);
  for (Subscriber* each : {&ada, &tab, &bob}) CHECK(each->Hears({"started"}));
  const int asked = facts.asked();
  hub.Doubt(kOfAda);
  hub.Settle();
  CHECK(ada.heard().size() == 1);  // it lives
  CHECK(facts.asked() == asked + 2);
  facts.EndSession();
  hub.Doubt(kOfAda);
  CHECK(ada.Hears({"started", "end SESSION_ENDED"}));
  CHECK(tab.Hears({"started", "end SESSION_ENDED"}));
  CHECK(bob.heard().size() == 1);  // of another session, which nobody has asked about
  CHECK(facts.asked() == asked + 4);
  hub.Doubt(feeds::AccessChange::Everything());
  CHECK(bob.Hears({"started", "end SESSION_ENDED"}));
}

TEST_CASE_METHOD(Listening, "what was asked before a session ended decides nothing afterwards") {
  facts.Hold();
  hub.Write(1);
  AwaitQuestion();
  facts.EndSession();
  hub.Doubt(kOfAda);
  facts.Answer();  // that it lives, as it was
  CHECK(ada.Hears({"started", "end SESSION_ENDED"}));
}

TEST_CASE_METHOD(Listening, "what was asked before a membership ended decides nothing afterwards") {
  facts.Hold();
  hub.Write(1);
  AwaitQuestion();
  facts.SetMember(Community(1), false);
  hub.DoubtStandings();
  facts.Answer();  // that she is a member, as it was
  hub.Settle();
  facts.SetMember(Community(1), true);
  hub.Write(2);
  CHECK(ada.Hears({"started", Topic(2)}));
}

TEST_CASE_METHOD(Listening,
                 "a doubt is asked about until identity is back, also for a slow reader") {
  StopReading();
  facts.EndSession();
  facts.Hold();
  hub.Doubt(kOfAda);
  REQUIRE(facts.held() == 1);
  facts.Answer(absl::UnavailableError("away"));
  hub.Settle();
  CHECK(ada.heard().size() == 2);
  hub.clock.Advance(absl::Seconds(1));
  hub.hub->Tick();
  CHECK(ada.Hears({"started", Topic(1), "end SESSION_ENDED"}));
}

TEST_CASE_METHOD(Listening,
                 "while facts are asked a stream waits, and loses nothing when they fail") {
  facts.Hold();
  hub.Write(1);
  hub.Write(2);
  AwaitQuestion();
  facts.Answer(absl::UnavailableError("away"));
  hub.Settle();
  CHECK(ada.heard().size() == 1);
  hub.clock.Advance(absl::Seconds(1));
  hub.hub->Tick();
  CHECK(ada.Hears({"started", Topic(1), Topic(2)}));
}

TEST_CASE_METHOD(Listening, "an answer that comes later decides") {
  facts.Hold();
  hub.Write(1);
  AwaitQuestion();
  facts.Answer();
  CHECK(ada.Hears({"started", Topic(1)}));
}

TEST_CASE_METHOD(Listening, "a slow reader gets no more until it has taken what it got") {
  StopReading();
  hub.Write(2);
  hub.Settle();
  CHECK(ada.heard().size() == 2);
  ada.connection->slow = false;
  hub.hub->Writable(ada.stream);
  CHECK(ada.Hears({"started", Topic(1), Topic(2)}));
}

TEST_CASE_METHOD(Forgetful, "a reader that is too slow is told to come back, and misses nothing") {
  StopReading();
  for (int n = 2; n <= 5; ++n) hub.Write(n);
  hub.hub->Writable(ada.stream);
  CHECK(ada.Hears({"started", Topic(1), "end RESUME"}));
  CHECK(hub.Subscribe(ada.connection->token(1))
            .Hears({"started", Topic(2), Topic(3), Topic(4), Topic(5)}));
}

TEST_CASE_METHOD(Listening, "a gateway that goes away tells its subscribers to come back") {
  hub.hub->Dismiss(ada.stream);
  CHECK(ada.Hears({"started", "end RESUME"}));
}

TEST_CASE_METHOD(Fixture, "a member has only so many streams") {
  Hub hub(logs, facts, {.streams_per_member = 2});
  Subscriber first = hub.Subscribe(), second = hub.Subscribe();
  CHECK(hub.Subscribe().Hears({"end RATE_LIMITED"}));
  CHECK(hub.Subscribe("", 2).Hears({"started"}));
  hub.Leave(first);
  CHECK(hub.Subscribe().Hears({"started"}));
}

TEST_CASE_METHOD(Fixture, "changes nobody hears of are passed by, and told from the log later") {
  Hub hub(logs, facts);
  hub.clock.Advance(absl::Hours(1));
  Subscriber ada = hub.Subscribe();
  CHECK(ada.Hears({"started"}));
  const auto skip = [&](int n) {
    const LoadedChange change =
        logs.Add(Log::kDiscussions, {.kind = change::v1::KIND_TOPIC_CREATED,
                                     .facts = {Subject::kContent, Community(1)},
                                     .name = Topic(n)});
    bool skipped = false;
    hub.queue.Await([&] { skipped = hub.hub->Skip(Log::kDiscussions, {{}, change.place}); });
    if (!skipped) hub.Append(Log::kDiscussions, change);
    return skipped;
  };
  CHECK_FALSE(skip(1));
  CHECK(ada.Hears({"started", Topic(1)}));
  hub.Leave(ada);
  hub.Settle();
  CHECK_FALSE(skip(2));
  hub.clock.Advance(absl::Minutes(2));
  CHECK(skip(3));
  CHECK(hub.Subscribe(ada.connection->token(1)).Hears({"started", Topic(2), Topic(3)}));
}

// Two gateways that read the logs in different orders and remember little, and a client that is cut
// off again and again.
struct Wanderer : Fixture {
  explicit Wanderer(std::uint64_t seed) : random(seed) {}

  unsigned Chance(unsigned of) {
    std::array<std::uint8_t, 1> byte;
    random.Fill(byte);
    return byte[0] % of;
  }
  void Write() {
    const Log log = static_cast<Log>(Chance(kLogs));
    const std::string name = Topic(++written);
    logs.Add(log, {.facts = {Subject::kContent, Community(1)}, .name = name});
    order[static_cast<std::size_t>(log)].push_back(name);
  }
  // A gateway reads the next change of a log; false when there is none.
  bool Follow(std::size_t gateway, Log log) {
    Place& place = places[gateway][static_cast<std::size_t>(log)];
    LoadedPage page = logs.Read(log, {{}, place});
    if (page.changes.empty()) return false;
    place = page.end.place;
    hubs[gateway].queue.Await([&] { hubs[gateway].hub->Append(log, std::move(page)); });
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

  testing::SeededRandom random;
  Hub hubs[2] = {{logs, facts, {.ring_changes = 3}}, {logs, facts, {.ring_changes = 3}}};
  Place places[2][kLogs];
  int written = 0;
  std::vector<std::string> order[kLogs];
  std::size_t where = 0;
  std::optional<Subscriber> client;
  std::string token;
  std::vector<std::string> heard;
};

TEST_CASE("through any cuts each change is heard once, those of a log in order") {
  const auto seed = GENERATE(range<std::uint64_t>(1, 9));
  INFO("seed " << seed);
  Wanderer it(seed);
  it.Come();
  for (int step = 0; step < 150; ++step) {
    const unsigned dice = it.Chance(10);
    if (dice < 4) it.Write();
    if (dice >= 4 && dice < 8) it.Follow(it.Chance(2), static_cast<Log>(it.Chance(kLogs)));
    if (dice >= 8) it.Cut();
  }
  for (std::size_t gateway = 0; gateway < 2; ++gateway) {
    for (std::size_t log = 0; log < kLogs; ++log) {
      while (it.Follow(gateway, static_cast<Log>(log))) {
      }
    }
  }
  const auto all = static_cast<std::size_t>(it.written);
  REQUIRE(testing::Eventually([&] {
    // These gateways remember so little that a stream falls behind on a busy machine.
    if (it.client->heard().back() == "end RESUME") it.Cut();
    return it.heard.size() + it.client->heard().size() - 1 >= all;
  }));
  it.Cut();
  CHECK(it.heard.size() == all);
  for (const std::vector<std::string>& order : it.order) {
    std::vector<std::string> of_log;
    for (const std::string& word : it.heard) {
      if (std::count(order.begin(), order.end(), word) > 0) of_log.push_back(word);
    }
    CHECK(of_log == order);
  }
}

}  // namespace
}  // namespace guildhall::gateway
