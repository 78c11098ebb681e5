#pragma once

#include <string>
#include <vector>

#include "services/discussions/api/api_fixture.h"
#include "services/discussions/workers/post_reconciler.h"
#include "services/discussions/workers/topic_reconciler.h"

namespace guildhall::discussions {

// Ada talks, Ben keeps order.
struct CarryingFixture : ApiFixture {
  CarryingFixture() {
    for (const CommunityId place : {open, closed, secret}) {
      facts.SetRole(place, ben, Role::kModerator);
    }
  }

  v1::SplitTopicRequest SplitRequest(const std::string& topic, std::vector<std::string> posts) {
    v1::SplitTopicRequest request;
    request.set_name(topic);
    for (const std::string& post : posts) request.add_posts(post);
    request.set_title("Cake");
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Topic> Split(MemberId who, const v1::SplitTopicRequest& request) {
    return Call<v1::Topic>(who, "CarryingService/SplitTopic", request);
  }
  v1::Topic Split(const std::string& topic, std::vector<std::string> posts) {
    return Must(Split(ben, SplitRequest(topic, std::move(posts))));
  }

  v1::MergeTopicsRequest MergeRequest(const std::string& topic, const std::string& into) {
    v1::MergeTopicsRequest request;
    request.set_name(topic);
    request.set_destination(into);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Topic> Merge(MemberId who, const v1::MergeTopicsRequest& request) {
    return Call<v1::Topic>(who, "CarryingService/MergeTopics", request);
  }
  v1::Topic Merge(const std::string& topic, const std::string& into) {
    return Must(Merge(ben, MergeRequest(topic, into)));
  }

  v1::Post Answer(const v1::Post& to, const std::string& topic) {
    auto request = PostRequest(topic, "Yes.");
    request.mutable_post()->set_reply_to_number(to.number());
    return Must(Call<v1::Post>(ada, "CreatePost", request));
  }

  std::vector<v1::Post> PostsOf(MemberId who, const std::string& topic) {
    v1::ListPostsRequest request;
    request.set_parent(topic);
    request.set_page_size(100);
    const auto page = Must(Call<v1::ListPostsResponse>(who, "ListPosts", request));
    return {page.posts().begin(), page.posts().end()};
  }

  void Read(MemberId who, const std::string& topic, int number) {
    v1::UpdateReadStateRequest mark;
    mark.mutable_read_state()->set_topic(topic);
    mark.mutable_read_state()->set_last_read_number(number);
    Must(Call<v1::ReadState>(who, "UpdateReadState", mark));
  }
  int HasRead(MemberId who, const std::string& topic) {
    v1::BatchGetReadStatesRequest ask;
    ask.add_topics(topic);
    const auto states = Must(Call<v1::BatchGetReadStatesResponse>(who, "BatchGetReadStates", ask));
    REQUIRE(states.read_states_size() == 1);
    return states.read_states(0).last_read_number();
  }

  // Whether numbers have no gap and are in order of the time of their places, topics end with the
  // last post that stands, and topics and posts show what there is.
  void CheckWhole() {
    CHECK(database.Ask("SELECT count(*) FROM (SELECT place, lag(place) OVER numbers AS before FROM "
                       "(SELECT *, coalesce(place_time, create_time) AS place FROM posts) post "
                       "WINDOW numbers AS (PARTITION BY topic_id ORDER BY number)) post "
                       "WHERE place < before") == "0");
    CHECK(database.Ask("SELECT count(*) FROM topics WHERE delete_time IS NULL AND "
                       "(last_standing(topics), last_author_id, last_post_time) IS DISTINCT FROM "
                       "(SELECT (number, author_id, coalesce(place_time, create_time)) FROM posts "
                       "WHERE topic_id = topics.id AND delete_time IS NULL "
                       "ORDER BY number DESC LIMIT 1)") == "0");
    CHECK(database.Ask("SELECT count(*) FROM topics WHERE delete_time IS NULL AND "
                       "coalesce(last_place_time, last_post_time) <> "
                       "(SELECT coalesce(place_time, create_time) FROM posts WHERE topic_id = "
                       "topics.id AND number = last_post_number)") == "0");
    // A deleted topic leaves the numbers that lead elsewhere.
    CHECK(
        database.Ask("SELECT count(*) FROM topics WHERE (delete_time IS NULL OR merged_into_id IS "
                     "NOT NULL) AND (last_post_number <> (SELECT count(*) FROM posts WHERE "
                     "topic_id = topics.id) OR last_post_number <> (SELECT max(number) FROM "
                     "posts WHERE topic_id = topics.id))") == "0");
    CHECK(database.Ask("SELECT count(*) FROM posts post WHERE reply_count <> (SELECT count(*) FROM "
                       "posts reply WHERE reply.topic_id = post.topic_id AND reply.reply_to_number "
                       "= post.number AND reply.delete_time IS NULL)") == "0");
    CHECK(*TopicReconciler(*database).RunOnce(clock.Now()) == 0);
    CHECK(*PostReconciler(*database).RunOnce(clock.Now()) == 0);
  }
};

}  // namespace guildhall::discussions
