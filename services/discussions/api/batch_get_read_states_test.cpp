#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  absl::StatusOr<v1::BatchGetReadStatesResponse> Get(MemberId who,
                                                     const std::vector<std::string>& topics) {
    v1::BatchGetReadStatesRequest request;
    for (const std::string& topic : topics) request.add_topics(topic);
    return Call<v1::BatchGetReadStatesResponse>(who, "BatchGetReadStates", request);
  }
};

TEST_CASE_METHOD(Fixture, "read states come in the order of the question") {
  const v1::Topic one = Open(ada, open), two = Open(ben, open);
  Post(ben, one.name());
  const auto states = Must(Get(ada, {two.name(), one.name(), two.name()}));
  REQUIRE(states.read_states_size() == 3);
  CHECK(states.read_states(0).topic() == two.name());
  CHECK(states.read_states(0).last_read_number() == 0);
  CHECK(states.read_states(0).unread_count() == 1);
  CHECK(states.read_states(1).last_read_number() == 1);
  CHECK(states.read_states(1).unread_count() == 1);
  CHECK(states.read_states(2).topic() == two.name());
}

TEST_CASE_METHOD(Fixture, "hidden topics are left out exactly like topics that never were") {
  const v1::Topic seen = Open(ada, open), hidden = Open(ada, secret), barred = Open(ada, closed);
  const std::string never = resources::Name(TopicId(Numbered(99)));
  const auto with_hidden = Must(Get(eve, {hidden.name(), seen.name(), barred.name()}));
  CHECK(with_hidden.SerializeAsString() ==
        Must(Get(eve, {never, seen.name(), never})).SerializeAsString());
  CHECK(with_hidden.read_states_size() == 1);
  CHECK(Must(Get(eve, {hidden.name()})).read_states_size() == 0);
  CHECK(Must(Get(ada, {hidden.name(), barred.name()})).read_states_size() == 2);
}

TEST_CASE_METHOD(Fixture, "read states of no topics, too many and malformed ones") {
  CHECK(Must(Get(ada, {})).read_states_size() == 0);
  const std::string name = Open(ada, open).name();
  CHECK(Must(Get(ada, std::vector<std::string>(200, name))).read_states_size() == 200);
  CHECK(Is(Get(ada, std::vector<std::string>(201, name)).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(Get(ada, {"topics/one"}).status(), policy_reasons::kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::discussions
