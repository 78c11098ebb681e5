#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "libs/rpc/page.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

// What a post counts for in a page: never less than the store takes it for, which also counts
// quotes that are gone since.
inline std::size_t BytesOf(const Post& post, const v1::Post& shown) {
  return std::max(shown.ByteSizeLong(),
                  post.markdown.size() + static_cast<std::size_t>(post.quoted_bytes));
}

// A page of posts in order of their numbers. The store ends a list with the post by which its texts
// alone exceed the limit: here that post, or one before it, is the first of the next page.
template <typename Response>
Response PageOfPosts(const rpc::Page& page, const std::vector<Post>& fetched) {
  Response response;
  std::size_t bytes = 0;
  for (const Post& post : fetched) {
    const int size = response.posts_size();
    v1::Post next;
    if (size < page.size()) next = ToProto(post);
    bytes += BytesOf(post, next);
    if (size == page.size() || (size > 0 && bytes > Count(kMaxPageBytes))) {
      response.set_next_page_token(
          page.Seal(resources::PositionWriter().Number(post.number).Take()));
      break;
    }
    *response.add_posts() = std::move(next);
  }
  return response;
}

}  // namespace guildhall::discussions
