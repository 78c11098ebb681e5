#include "libs/http/loop.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <future>

#include "libs/base/check.h"
#include "libs/http/loop_impl.h"

namespace guildhall::http {

Loop::Loop() : impl_(std::make_unique<Impl>()) {}

Loop::~Loop() { Stop(); }

void Loop::Start() {
  GUILDHALL_CHECK(!impl_->thread.joinable());
  impl_->thread = std::thread([impl = impl_.get()] {
    const auto work = boost::asio::make_work_guard(impl->io);
    impl->io.run();
  });
}

void Loop::Stop() {
  impl_->io.stop();
  if (impl_->thread.joinable()) impl_->thread.join();
}

void Loop::Post(std::function<void()> task) { boost::asio::post(impl_->io, std::move(task)); }

void Loop::Await(const std::function<void()>& task) {
  GUILDHALL_CHECK(std::this_thread::get_id() != impl_->thread.get_id());
  std::promise<void> ran;
  Post([&] {
    task();
    ran.set_value();
  });
  ran.get_future().wait();
}

}  // namespace guildhall::http
