#pragma once

#include <string>
#include <utility>
#include <vector>

#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {

// Ada asks, Ben answers, in an open community that Eve reads.
struct PollFixture : ApiFixture {
  using Numbers = std::vector<std::int32_t>;

  v1::CreateTopicRequest Request(v1::PollBallot ballot, v1::PollChoice choice,
                                 v1::PollResults results) {
    v1::CreateTopicRequest request;
    request.set_parent(resources::Name(open));
    request.mutable_topic()->set_title("Which flour?");
    request.mutable_topic()->set_kind(v1::TOPIC_KIND_POLL);
    request.set_markdown("For Sunday.");
    for (const char* text : {"Rye", "Spelt", "Wheat"}) {
      request.mutable_poll()->add_options()->set_text(text);
    }
    request.mutable_poll()->set_ballot(ballot);
    request.mutable_poll()->set_choice(choice);
    request.mutable_poll()->set_results(results);
    request.set_request_id(NewRequestId());
    return request;
  }
  // The name of the topic of a new poll of Ada's.
  std::string Ask(v1::PollBallot ballot, v1::PollChoice choice = v1::POLL_CHOICE_SINGLE,
                  v1::PollResults results = v1::POLL_RESULTS_UNSPECIFIED) {
    return Must(Call<v1::Topic>(ada, "CreateTopic", Request(ballot, choice, results))).name();
  }

  v1::CastVoteRequest Vote(const std::string& topic, const Numbers& options) {
    v1::CastVoteRequest request;
    request.set_topic(topic);
    for (const std::int32_t number : options) request.add_options(number);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Poll> Cast(MemberId who, const v1::CastVoteRequest& request) {
    return Call<v1::Poll>(who, "PollService/CastVote", request);
  }
  absl::StatusOr<v1::Poll> Cast(MemberId who, const std::string& topic, const Numbers& options) {
    return Cast(who, Vote(topic, options));
  }
  absl::StatusOr<v1::Poll> Withdraw(MemberId who, const std::string& topic) {
    v1::WithdrawVoteRequest request;
    request.set_topic(topic);
    request.set_request_id(NewRequestId());
    return Call<v1::Poll>(who, "PollService/WithdrawVote", request);
  }
  absl::StatusOr<v1::Poll> Get(MemberId who, const std::string& topic) {
    v1::GetPollRequest request;
    request.set_topic(topic);
    return Call<v1::Poll>(who, "PollService/GetPoll", request);
  }
  absl::StatusOr<v1::ListVotesResponse> List(MemberId who, const std::string& topic,
                                             const std::string& token = "", int size = 0) {
    v1::ListVotesRequest request;
    request.set_topic(topic);
    request.set_page_token(token);
    request.set_page_size(size);
    return Call<v1::ListVotesResponse>(who, "PollService/ListVotes", request);
  }
  absl::StatusOr<v1::Poll> Close(MemberId who, const std::string& topic) {
    return Set<v1::UpdatePollRequest>(who, topic, true);
  }
  absl::StatusOr<v1::Poll> Reopen(MemberId who, const std::string& topic) {
    return Set<v1::UpdatePollRequest>(who, topic, false);
  }
  // As who keeps order.
  absl::StatusOr<v1::Poll> End(MemberId who, const std::string& topic) {
    return Set<v1::ModeratePollRequest>(who, topic, true);
  }
  absl::StatusOr<v1::Poll> Resume(MemberId who, const std::string& topic) {
    return Set<v1::ModeratePollRequest>(who, topic, false);
  }
  template <typename Request>
  Request Setting(const std::string& topic, bool closed) {
    Request request;
    request.mutable_poll()->set_topic(topic);
    request.mutable_poll()->set_closed(closed);
    request.mutable_update_mask()->add_paths("closed");
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Poll> Set(MemberId who, const v1::UpdatePollRequest& request) {
    return Call<v1::Poll>(who, "PollService/UpdatePoll", request);
  }
  absl::StatusOr<v1::Poll> Set(MemberId who, const v1::ModeratePollRequest& request) {
    return Call<v1::Poll>(who, "PollService/ModeratePoll", request);
  }
  template <typename Request>
  absl::StatusOr<v1::Poll> Set(MemberId who, const std::string& topic, bool closed) {
    return Set(who, Setting<Request>(topic, closed));
  }

  static Numbers CountsOf(const v1::Poll& poll) {
    Numbers counts;
    for (const v1::PollOption& option : poll.options()) counts.push_back(option.vote_count());
    return counts;
  }

  // Members of the open community beside those who have names.
  MemberId Voter(int n) {
    const MemberId who(Numbered(200 + n));
    facts.SetRole(open, who, Role::kMember);
    return who;
  }
};

}  // namespace guildhall::discussions
