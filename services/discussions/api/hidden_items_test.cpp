// What a caller may not see, and what is gone, is answered like what never was: by every call that
// names a topic or a post, whatever else is wrong with the call.
#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  using Answers = std::set<std::string>;

  // What the calls that name a topic, or a post in it, tell `who`. Each has a fault beside that
  // only a handler would find: whoever is told of it learns that the thing is there.
  Answers AllAnswers(MemberId who, const std::string& topic, const std::string& post) {
    Answers told = TopicAnswers(who, topic);
    told.merge(PostAnswers(who, post));
    return told;
  }
  Answers TopicAnswers(MemberId who, const std::string& name) {
    v1::GetTopicRequest get;
    get.set_name(name);
    v1::UpdateTopicRequest update;
    update.mutable_topic()->set_name(name);
    v1::DeleteTopicRequest remove;
    remove.set_name(name);
    v1::CreatePostRequest post;
    post.set_parent(name);
    v1::ListPostsRequest list;
    list.set_parent(name);
    list.set_page_token("forged");
    v1::UpdateReadStateRequest mark;
    mark.mutable_read_state()->set_topic(name);
    mark.mutable_read_state()->set_last_read_number(-1);
    v1::ModerateTopicRequest moderate;
    moderate.mutable_topic()->set_name(name);
    v1::MoveTopicRequest move;
    move.set_name(name);
    v1::RemoveTopicRequest clear;
    clear.set_name(name);
    return {Answer<v1::Topic>(who, "GetTopic", get),
            Answer<v1::Topic>(who, "UpdateTopic", update),
            Answer<v1::DeleteTopicResponse>(who, "DeleteTopic", remove),
            Answer<v1::Post>(who, "CreatePost", post),
            Answer<v1::ListPostsResponse>(who, "ListPosts", list),
            Answer<v1::ReadState>(who, "UpdateReadState", mark),
            Answer<v1::Topic>(who, "ModerationService/ModerateTopic", moderate),
            Answer<v1::Topic>(who, "ModerationService/MoveTopic", move),
            Answer<v1::Removal>(who, "ModerationService/RemoveTopic", clear)};
  }
  Answers PostAnswers(MemberId who, const std::string& name) {
    v1::GetPostRequest get;
    get.set_name(name);
    v1::UpdatePostRequest update;
    update.mutable_post()->set_name(name);
    v1::DeletePostRequest remove;
    remove.set_name(name);
    v1::RemovePostRequest strike;
    strike.set_name(name);
    v1::ModeratePostRequest mend;
    mend.mutable_post()->set_name(name);
    v1::ForgetRevisionsRequest forget;
    forget.set_name(name);
    v1::CreateReactionRequest react;
    react.set_parent(name);
    v1::DeleteReactionRequest unreact;
    unreact.set_parent(name);
    v1::ListRevisionsRequest revisions;
    revisions.set_parent(name);
    revisions.set_page_token("forged");
    v1::ListReactionsRequest reactions;
    reactions.set_parent(name);
    reactions.set_page_token("forged");
    return {Answer<v1::Post>(who, "GetPost", get),
            Answer<v1::Post>(who, "UpdatePost", update),
            Answer<v1::DeletePostResponse>(who, "DeletePost", remove),
            Answer<v1::Removal>(who, "ModerationService/RemovePost", strike),
            Answer<v1::Post>(who, "ModerationService/ModeratePost", mend),
            Answer<v1::Post>(who, "ModerationService/ForgetRevisions", forget),
            Answer<v1::ListRevisionsResponse>(who, "HistoryService/ListRevisions", revisions),
            Answer<v1::Reaction>(who, "ReactionService/CreateReaction", react),
            Answer<v1::DeleteReactionResponse>(who, "ReactionService/DeleteReaction", unreact),
            Answer<v1::ListReactionsResponse>(who, "ReactionService/ListReactions", reactions)};
  }
  template <typename Response, typename Request>
  std::string Answer(MemberId who, const std::string& method, const Request& request) {
    return Told(Call<Response>(who, method, request).status());
  }

  // Names that were never given out.
  const std::string no_topic = resources::Name(TopicId(Numbered(98)));
  const std::string no_post = resources::PostName(TopicId(Numbered(98)), PostId(Numbered(99)));
  const Answers nothing = AllAnswers(eve, no_topic, no_post);
};

TEST_CASE_METHOD(Fixture, "what never was is told in one way") { CHECK(nothing.size() == 1); }

TEST_CASE_METHOD(Fixture, "to whom a community is closed its topics and posts do not exist") {
  for (const CommunityId community : {closed, secret}) {
    const v1::Topic topic = Open(ada, community);
    CHECK(AllAnswers(eve, topic.name(), Post(ben, topic.name()).name()) == nothing);
  }
  v1::ListTopicsRequest list;
  list.set_parent(resources::Name(closed));
  CHECK(Is(Call<v1::ListTopicsResponse>(eve, "ListTopics", list).status(),
           policy_reasons::kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "to all but its author a deleted topic never was, nor its posts") {
  const v1::Topic topic = Open(ada, open);
  const v1::Post post = Post(ada, topic.name());
  CHECK(AllAnswers(ben, topic.name(), post.name()) != nothing);
  v1::DeleteTopicRequest request;
  request.set_name(topic.name());
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", request));
  for (const MemberId who : {ben, eve}) {
    CHECK(AllAnswers(who, topic.name(), post.name()) == nothing);
  }
}

TEST_CASE_METHOD(Fixture, "a deleted post is seen as one that was, and is its author's still") {
  const v1::Topic topic = Open(ada, open);
  const v1::Post post = Post(ben, topic.name());
  v1::DeletePostRequest request;
  request.set_name(post.name());
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeletePostResponse>(ben, "DeletePost", request));
  CHECK(Must(GetPost(eve, post.name())).has_delete_time());
  request.set_request_id(NewRequestId());
  CHECK(Is(Call<v1::DeletePostResponse>(eve, "DeletePost", request).status(),
           policy_reasons::kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "whatever was asked before its topic went gets its first answer again") {
  const v1::Topic topic = Open(ada, open);
  const v1::CreatePostRequest create = PostRequest(topic.name(), "Rye.");
  const v1::Post created = Must(Call<v1::Post>(ada, "CreatePost", create));
  v1::UpdatePostRequest edit;
  edit.mutable_post()->set_name(created.name());
  edit.mutable_post()->set_markdown("Spelt.");
  edit.mutable_update_mask()->add_paths("markdown");
  edit.set_request_id(NewRequestId());
  const v1::Post edited = Must(Call<v1::Post>(ada, "UpdatePost", edit));
  v1::DeletePostRequest remove;
  remove.set_name(created.name());
  remove.set_request_id(NewRequestId());
  Must(Call<v1::DeletePostResponse>(ada, "DeletePost", remove));
  v1::DeleteTopicRequest end;
  end.set_name(topic.name());
  end.set_request_id(NewRequestId());
  Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", end));

  CHECK(Must(Call<v1::Post>(ada, "CreatePost", create)).SerializeAsString() ==
        created.SerializeAsString());
  CHECK(Must(Call<v1::Post>(ada, "UpdatePost", edit)).SerializeAsString() ==
        edited.SerializeAsString());
  CHECK(Call<v1::DeletePostResponse>(ada, "DeletePost", remove).ok());
  CHECK(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", end).ok());
  edit.set_request_id(NewRequestId());
  CHECK(Is(Call<v1::Post>(ada, "UpdatePost", edit).status(), policy_reasons::kNotFound));
}

}  // namespace
}  // namespace guildhall::discussions
