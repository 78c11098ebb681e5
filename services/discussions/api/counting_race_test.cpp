// What posts and polls show of how many answered and voted, after 32 who write at once.
#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "services/discussions/api/carrying_fixture.h"
#include "services/discussions/api/poll_fixture.h"
#include "services/discussions/workers/poll_reconciler.h"

namespace guildhall::discussions {
namespace {

constexpr int kWriters = 32;

// Runs `work(n)` for each of 32 writers at once.
template <typename Work>
void AtOnce(const Work& work) {
  std::vector<std::thread> writers;
  for (int n = 0; n < kWriters; ++n) writers.emplace_back([&work, n] { work(n); });
  for (std::thread& writer : writers) writer.join();
}

struct AnswerFixture : CarryingFixture {
  template <typename Request>
  Request Naming(const v1::Post& post) {
    Request request;
    request.set_name(post.name());
    request.set_request_id(NewRequestId());
    return request;
  }
  // With the same request id, until it is done: whoever waits too long for a lock is told BUSY.
  template <typename Ask>
  auto Insist(const Ask& ask) {
    auto answer = ask();
    for (int attempt = 0; attempt < 100 && !answer.ok(); ++attempt) answer = ask();
    if (!answer.ok()) ++failed;
    return answer;
  }
  // Answers, and has the answer deleted, removed, removed and brought back, or left: in turn. Says
  // how many of them stand.
  int Answers(int turn) {
    auto answer = PostRequest(topic.name(), "Yes.");
    answer.mutable_post()->set_reply_to_number(question.number());
    const auto post = Insist([&] { return Call<v1::Post>(ada, "CreatePost", answer); });
    if (!post.ok() || turn % 4 == 0) return post.ok() ? 1 : 0;
    if (turn % 4 == 1) {
      const auto deletion = Naming<v1::DeletePostRequest>(*post);
      (void)Insist([&] { return Call<v1::DeletePostResponse>(ada, "DeletePost", deletion); });
      return 0;
    }
    auto removal = Naming<v1::RemovePostRequest>(*post);
    removal.set_reason("Not here.");
    (void)Insist([&] { return Call<v1::Removal>(ben, "ModerationService/RemovePost", removal); });
    if (turn % 4 == 2) return 0;
    const auto back = Naming<v1::RestorePostRequest>(*post);
    (void)Insist([&] { return Call<v1::Post>(ben, "ModerationService/RestorePost", back); });
    return 1;
  }
  // As one of several who do not know of each other.
  void Remove(const v1::Post& post) {
    auto removal = Naming<v1::RemovePostRequest>(post);
    removal.set_reason("Not here.");
    if (Call<v1::Removal>(ben, "ModerationService/RemovePost", removal).ok()) ++done;
  }
  void Restore(const v1::Post& post) {
    const auto back = Naming<v1::RestorePostRequest>(post);
    if (Call<v1::Post>(ben, "ModerationService/RestorePost", back).ok()) ++done;
  }
  int ReplyCount() { return Must(GetPost(eve, question.name())).reply_count(); }

  v1::Topic topic = Open(ada, open);
  v1::Post question = Post(ben, topic.name(), "Which oven?");
  std::atomic<int> standing{0}, done{0}, failed{0};
};

TEST_CASE_METHOD(AnswerFixture, "a post that 32 answer at once counts the answers that stand") {
  AtOnce([this](int writer) {
    for (int n = 0; n < 4; ++n) standing += Answers(writer + n);
  });
  CHECK(failed == 0);
  CHECK(standing == kWriters * 2);
  CHECK(ReplyCount() == standing);
  CheckWhole();
}

TEST_CASE_METHOD(AnswerFixture, "what 32 remove or bring back at once is removed or back once") {
  const v1::Post answer = Answer(question, topic.name());
  for (int round = 0; round < 4; ++round) {
    AtOnce([&](int) { Remove(answer); });
    CHECK(ReplyCount() == 0);
    CHECK(done == 2 * round + 1);
    AtOnce([&](int) { Restore(answer); });
    CHECK(ReplyCount() == 1);
    CHECK(done == 2 * round + 2);
  }
  CheckWhole();
}

// 28 vote, the rest carry the topic of the poll about.
struct VoteFixture : PollFixture {
  static constexpr int kVoters = 28;

  VoteFixture() {
    for (int n = 0; n < kVoters; ++n) facts.SetRole(closed, Voter(n), Role::kMember);
    for (const CommunityId place : {open, closed}) facts.SetRole(place, ben, Role::kModerator);
  }

  // Who is a voter already.
  static MemberId Nth(int voter) { return MemberId(Numbered(200 + voter)); }
  Numbers AnyOptions(std::mt19937& chance, v1::PollChoice choice) {
    const int first = static_cast<int>(chance() % 3) + 1;
    if (choice == v1::POLL_CHOICE_SINGLE || chance() % 2 == 0) return {first};
    return first == 3 ? Numbers{1, 2, 3} : Numbers{first, 3};
  }
  // Votes until that is certain, and keeps what was cast first: a vote that is final stays.
  void CastFor(int voter, const std::string& topic, const Numbers& options) {
    const v1::CastVoteRequest vote = Vote(topic, options);
    for (int attempt = 0; attempt < 100; ++attempt) {
      const absl::Status status = Cast(Nth(voter), vote).status();
      if (status.ok()) chosen[voter] = options;
      if (status.ok() || Is(status, reasons::kVoteFinal)) return;
    }
    ++failed;
  }
  void WithdrawFor(int voter, const std::string& topic) {
    for (int attempt = 0; attempt < 100; ++attempt) {
      if (!Withdraw(Nth(voter), topic).ok()) continue;
      chosen[voter].clear();
      return;
    }
    ++failed;
  }
  // Moves the topic, and lets it lose a post to a topic that then comes back to it.
  void CarryAbout(std::mt19937& chance, const std::string& topic) {
    (void)TryToMove(ben, MoveRequest(topic, chance() % 2 == 0 ? open : closed));
    const auto post = Call<v1::Post>(ada, "CreatePost", PostRequest(topic, "Rye!"));
    if (!post.ok()) return;
    v1::SplitTopicRequest split;
    split.set_name(topic);
    split.add_posts(post->name());
    split.set_title("Rye");
    split.set_request_id(NewRequestId());
    const auto other = Call<v1::Topic>(ben, "CarryingService/SplitTopic", split);
    if (!other.ok()) return;
    v1::MergeTopicsRequest merge;
    merge.set_name(other->name());
    merge.set_destination(topic);
    merge.set_request_id(NewRequestId());
    if (Call<v1::Topic>(ben, "CarryingService/MergeTopics", merge).ok()) ++carried;
  }
  void VoteAndCarry(const std::string& topic, v1::PollBallot ballot, v1::PollChoice choice) {
    chosen.assign(kVoters, {});
    AtOnce([&](int writer) {
      std::mt19937 chance(writer);
      for (int n = 0; n < 4; ++n) {
        if (writer >= kVoters) {
          CarryAbout(chance, topic);
        } else if (ballot == v1::POLL_BALLOT_NAMED && chance() % 3 == 0) {
          WithdrawFor(writer, topic);
        } else {
          CastFor(writer, topic, AnyOptions(chance, choice));
        }
      }
    });
  }
  // How often each option was chosen by what each voter was told last.
  Numbers Recount() const {
    Numbers counts(3, 0);
    for (const Numbers& options : chosen) {
      for (const std::int32_t number : options) ++counts[number - 1];
    }
    return counts;
  }

  std::vector<Numbers> chosen;
  std::atomic<int> failed{0}, carried{0};
};

TEST_CASE_METHOD(VoteFixture,
                 "counts equal a recount after votes change while their topic is carried about") {
  for (const v1::PollBallot ballot : {v1::POLL_BALLOT_NAMED, v1::POLL_BALLOT_ANONYMOUS}) {
    for (const v1::PollChoice choice : {v1::POLL_CHOICE_SINGLE, v1::POLL_CHOICE_MULTIPLE}) {
      CAPTURE(ballot, choice);
      const std::string topic = Ask(ballot, choice);
      VoteAndCarry(topic, ballot, choice);
      CHECK(failed == 0);
      CHECK(carried > 0);
      // Nothing has been mended before this.
      CHECK(*PollReconciler(*database).RunOnce(clock.Now()) == 0);
      const v1::Poll poll = Must(Close(ada, topic));
      CHECK(CountsOf(poll) == Recount());
      CHECK(poll.voter_count() ==
            std::ranges::count_if(chosen, [](const Numbers& options) { return !options.empty(); }));
    }
  }
}

}  // namespace
}  // namespace guildhall::discussions
