#include "libs/base/random.h"

#include <sys/random.h>

#include <algorithm>
#include <cstring>

#include "libs/base/check.h"

namespace guildhall {
namespace {

class TheSystemRandom final : public Random {
 public:
  void Fill(std::span<std::uint8_t> out) override {
    // getrandom never returns less for up to 256 bytes (getrandom(2)).
    constexpr std::size_t kWhole = 256;
    while (!out.empty()) {
      const auto part = out.first(std::min(out.size(), kWhole));
      GUILDHALL_CHECK(getrandom(part.data(), part.size(), 0) == static_cast<ssize_t>(part.size()));
      out = out.subspan(part.size());
    }
  }
};

}  // namespace

void BufferedRandom::Fill(std::span<std::uint8_t> out) {
  GUILDHALL_CHECK(out.size() <= bytes_.size());
  if (bytes_.size() - used_ < out.size()) {
    SystemRandom().Fill(bytes_);
    used_ = 0;
  }
  std::memcpy(out.data(), bytes_.data() + used_, out.size());
  used_ += out.size();
}

Random& SystemRandom() {
  static TheSystemRandom random;
  return random;
}

}  // namespace guildhall
