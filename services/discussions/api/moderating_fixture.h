#pragma once

#include <string>
#include <vector>

#include "services/discussions/api/carrying_fixture.h"

namespace guildhall::discussions {

// Ada writes a first post and another one, Ben keeps order.
struct ModeratingFixture : CarryingFixture {
  v1::ModeratePostRequest Moderation(const std::string& name, const std::string& markdown) {
    v1::ModeratePostRequest request;
    request.mutable_post()->set_name(name);
    request.mutable_post()->set_markdown(markdown);
    request.mutable_update_mask()->add_paths("markdown");
    request.set_reason("The link was broken.");
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Post> Moderate(MemberId who, const v1::ModeratePostRequest& request) {
    return Call<v1::Post>(who, "ModerationService/ModeratePost", request);
  }
  v1::Post Moderate(const v1::Post& of, const std::string& markdown) {
    return Must(Moderate(ben, Moderation(of.name(), markdown)));
  }

  v1::ForgetRevisionsRequest Forgetting(const std::string& name) {
    v1::ForgetRevisionsRequest request;
    request.set_name(name);
    request.set_reason("It was a password.");
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Post> Forget(MemberId who, const v1::ForgetRevisionsRequest& request) {
    return Call<v1::Post>(who, "ModerationService/ForgetRevisions", request);
  }
  v1::Post Forget(const v1::Post& of) { return Must(Forget(ben, Forgetting(of.name()))); }

  // The author's own way.
  v1::UpdatePostRequest EditRequest(const v1::Post& of, const std::string& markdown) {
    v1::UpdatePostRequest request;
    request.mutable_post()->set_name(of.name());
    request.mutable_post()->set_markdown(markdown);
    request.mutable_update_mask()->add_paths("markdown");
    request.set_request_id(NewRequestId());
    return request;
  }
  v1::Post Edit(const v1::Post& of, const std::string& markdown) {
    return Must(Call<v1::Post>(ada, "UpdatePost", EditRequest(of, markdown)));
  }

  std::vector<v1::Revision> HistoryOf(const v1::Post& of) {
    v1::ListRevisionsRequest request;
    request.set_parent(of.name());
    const auto page =
        Must(Call<v1::ListRevisionsResponse>(eve, "HistoryService/ListRevisions", request));
    return {page.revisions().begin(), page.revisions().end()};
  }
  v1::ListMyRemovalsResponse Mine(MemberId who) {
    return Must(Call<v1::ListMyRemovalsResponse>(who, "ModerationService/ListMyRemovals",
                                                 v1::ListMyRemovalsRequest()));
  }
  v1::ListRemovalsResponse InOpen() {
    v1::ListRemovalsRequest request;
    request.set_parent(resources::Name(open));
    return Must(Call<v1::ListRemovalsResponse>(ben, "ModerationService/ListRemovals", request));
  }
  std::string Logged(int kind) {
    return database.Ask("SELECT count(*) FROM change_log WHERE kind = " + std::to_string(kind));
  }

  const v1::Topic topic = Open(ada, open);
  const v1::Post first = PostsOf(ada, topic.name())[0];
  const v1::Post post = Post(ada, topic.name(), "See https://old.example.");
};

}  // namespace guildhall::discussions
