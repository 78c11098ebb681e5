#include <thread>

#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  absl::StatusOr<v1::ReadState> Mark(MemberId who, const std::string& name, int number) {
    v1::UpdateReadStateRequest request;
    request.mutable_read_state()->set_topic(name);
    request.mutable_read_state()->set_last_read_number(number);
    return Call<v1::ReadState>(who, "UpdateReadState", request);
  }
};

TEST_CASE_METHOD(Fixture, "a reader's watermark goes forward and stays within the topic") {
  for (int i = 0; i < 4; ++i) Post(ben, topic.name());
  CHECK(Must(Mark(eve, topic.name(), 3)).unread_count() == 2);
  CHECK(Must(Mark(eve, topic.name(), 1)).last_read_number() == 3);
  CHECK(Must(Mark(eve, topic.name(), 99)).last_read_number() == 5);
  CHECK(Is(Mark(eve, topic.name(), -1).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "readers who come together are all told their own watermark") {
  for (int i = 0; i < 9; ++i) Post(ben, topic.name());
  std::vector<absl::StatusOr<v1::ReadState>> answers(24, absl::UnknownError(""));
  std::vector<std::thread> readers;
  for (int i = 0; i < 24; ++i) {
    readers.emplace_back(
        [&, i] { answers[i] = Mark(MemberId(Numbered(100 + i)), topic.name(), 1 + i % 10); });
  }
  for (std::thread& reader : readers) reader.join();
  for (int i = 0; i < 24; ++i) CHECK(Must(answers[i]).last_read_number() == 1 + i % 10);
}

TEST_CASE_METHOD(Fixture, "a hidden topic cannot be marked, and tells nothing") {
  const v1::Topic hidden = Open(ada, secret);
  CHECK(Told(Mark(eve, hidden.name(), 1).status()) ==
        Told(Mark(eve, resources::Name(TopicId(Numbered(99))), 1).status()));
  CHECK(database.Ask("SELECT count(*) FROM read_states WHERE member_id = '" + eve.ToString() +
                     "'") == "0");
}

}  // namespace
}  // namespace guildhall::discussions
