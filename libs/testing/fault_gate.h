#pragma once

#include <list>
#include <mutex>
#include <string>
#include <thread>

#include "libs/postgres/settings.h"

namespace guildhall::testing {

// Stands between a program and its PostgreSQL and loses or holds messages on demand. Everything
// passes until it is told otherwise. A request is known by a mark in its bytes, such as "commit_":
// statements are called by their names. Aborts at its end when a fault that was ordered did not
// happen.
class FaultGate {
 public:
  // `folder` is where the server's Unix socket is.
  explicit FaultGate(const std::string& folder);
  ~FaultGate();
  FaultGate(const FaultGate&) = delete;
  FaultGate& operator=(const FaultGate&) = delete;

  // The same database through the gate.
  postgres::PostgresSettings Through(postgres::PostgresSettings settings) const;

  // The next request that holds `mark` reaches the server and is carried out; then, instead of the
  // answer, the connection ends.
  void LoseAnswerTo(const std::string& mark);
  // The next request that holds `mark` does not reach the server, and its connection ends.
  void LoseRequest(const std::string& mark);

  // From now on nothing passes, in either direction, and new connections hear nothing: a network
  // that is cut without anybody being told. What was sent meanwhile passes with Release.
  void Hold();
  void Release();

  // The connections that there are hear nothing ever again, and neither end is told; new ones pass:
  // what becomes of them when a machine between has lost its memory.
  void Lose();

 private:
  enum class Fault { kNone, kAnswer, kRequest };
  struct Pair {
    int client = -1;
    int server = -1;
    bool loses_answer = false;
    bool over = false;
    bool lost = false;
  };

  // What the thread is to do next.
  enum class Order { kPass, kHold, kLose, kEnd };

  void Run();
  void Give(Order order);
  Order WaitForOrder();
  // Waits for something to pass and passes it; false when there is an order instead.
  bool PassWhatCame();
  void Accept();
  void PassRequest(Pair& pair);
  void PassAnswer(Pair& pair);
  Fault FaultFor(const std::string& request);

  const std::string server_path_;
  std::string folder_;
  int listener_ = -1;
  int wake_ = -1;
  std::list<Pair> pairs_;  // the thread's own
  std::mutex mutex_;
  Order order_ = Order::kPass;
  Fault fault_ = Fault::kNone;
  std::string mark_;
  std::thread thread_;
};

}  // namespace guildhall::testing
