#include "tools/import/services.h"

#include "libs/base/status_macros.h"

namespace guildhall::importing {
namespace {

constexpr char kIdentity[] = "guildhall.identity.v1.IdentityService/";
constexpr char kInternalIdentity[] = "guildhall.identity.v1.InternalIdentityService/";
constexpr char kDirectory[] = "guildhall.directory.v1.InternalDirectoryService/";
constexpr char kDiscussions[] = "guildhall.discussions.v1.InternalDiscussionsService/";

// Converts to the Method that it is assigned to.
struct Named {
  rpc::Client& client;
  std::string method;

  template <typename Req, typename Resp>
  operator Method<Req, Resp>() const {  // NOLINT: the point of it
    return [&client = client, method = method](const Req& request) {
      return client.Call<Resp>(method, request, {.deadline = Deadline::After(Services::kPatience)});
    };
  }
};

}  // namespace

absl::StatusOr<std::unique_ptr<Services>> Services::Open(const ImportSettings& settings) {
  for (const std::string* address :
       {&settings.identity_address, &settings.directory_address, &settings.discussions_address}) {
    if (address->empty()) {
      return absl::InvalidArgumentError(
          "identity_address, directory_address and discussions_address say where the services are; "
          "one is missing.");
    }
  }
  GUILDHALL_ASSIGN(const access::ServiceKey key,
                   access::ServiceKey::FromSecret(settings.service_key.Reveal()));
  return std::unique_ptr<Services>(new Services(settings, key));
}

Services::Services(const ImportSettings& settings, const access::ServiceKey& key)
    : identity_({queue_, "import", "identity", settings.identity_address, key, metrics_}),
      directory_({queue_, "import", "directory", settings.directory_address, key, metrics_}),
      discussions_({queue_, "import", "discussions", settings.discussions_address, key, metrics_}) {
}

WriterMethods Services::writer() {
  const auto directory = [this](const char* name) {
    return Named{directory_, std::string(kDirectory) + name};
  };
  const auto discussions = [this](const char* name) {
    return Named{discussions_, std::string(kDiscussions) + name};
  };
  return {.members = directory("ImportMembers"),
          .communities = directory("ImportCommunities"),
          .memberships = directory("ImportMemberships"),
          .topics = discussions("ImportTopics"),
          .posts = discussions("ImportPosts")};
}

AsyncMethod<discussions::v1::ImportPostsRequest, discussions::v1::ImportPostsResponse>
Services::async_posts() {
  using discussions::v1::ImportPostsResponse;
  return [this](const discussions::v1::ImportPostsRequest& request,
                std::function<void(absl::StatusOr<ImportPostsResponse>)> done) {
    discussions_.Async<ImportPostsResponse>(std::string(kDiscussions) + "ImportPosts", request,
                                            {.deadline = Deadline::After(kPatience)},
                                            std::move(done));
  };
}

AccountMethods Services::accounts() {
  return {.sign_up = Named{identity_, std::string(kIdentity) + "SignUp"},
          .sign_in = Named{identity_, std::string(kIdentity) + "SignIn"},
          .issue_tokens = Named{identity_, std::string(kInternalIdentity) + "IssueTokens"}};
}

}  // namespace guildhall::importing
