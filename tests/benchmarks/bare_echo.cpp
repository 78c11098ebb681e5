// The baseline of all measurements: a gRPC async echo of a few lines, one queue and one thread,
// without any of what a service needs. Usage: bare_echo <unix:/path or 127.0.0.1:port>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <cstdio>
#include <functional>
#include <memory>

#include "absl/synchronization/mutex.h"

namespace {

struct Echo {
  grpc::GenericServerContext context;
  grpc::GenericServerAsyncReaderWriter stream{&context};
  grpc::ByteBuffer message;
  int stage = 0;
};

void Expect(grpc::AsyncGenericService& service, grpc::ServerCompletionQueue* cq) {
  auto* echo = new Echo;
  service.RequestCall(&echo->context, &echo->stream, cq, cq, echo);
}

}  // namespace

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  grpc::AsyncGenericService service;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(argc > 1 ? argv[1] : "127.0.0.1:7000",
                           grpc::InsecureServerCredentials());
  builder.RegisterAsyncGenericService(&service);
  const auto cq = builder.AddCompletionQueue();
  const auto server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  for (int i = 0; i < 64; ++i) Expect(service, cq.get());
  std::puts("ready");
  std::fflush(stdout);

  void* tag;
  bool ok;
  while (cq->Next(&tag, &ok)) {
    std::unique_ptr<Echo> echo(static_cast<Echo*>(tag));
    const int stage = echo->stage++;
    if (stage == 0) Expect(service, cq.get());
    if (!ok || stage == 2) continue;
    if (stage == 0) {
      echo->stream.Read(&echo->message, tag);
    } else if (echo->message.Valid()) {
      echo->stream.WriteAndFinish(echo->message, {}, grpc::Status::OK, tag);
    } else {
      echo->stream.Finish(grpc::Status::CANCELLED, tag);
    }
    echo.release();
  }
}
