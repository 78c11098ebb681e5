#pragma once

#include <string>
#include <vector>

#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {

// For tests of topics with tags.
struct TaggingFixture : ApiFixture {
  v1::CreateTopicRequest TaggedRequest(CommunityId where, const std::vector<std::string>& tags) {
    v1::CreateTopicRequest request;
    request.set_parent(resources::Name(where));
    request.mutable_topic()->set_title("Bread");
    for (const std::string& tag : tags) request.mutable_topic()->add_tags(tag);
    request.set_markdown("Which flour?");
    request.set_request_id(NewRequestId());
    return request;
  }
};

}  // namespace guildhall::discussions
