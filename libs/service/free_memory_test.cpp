#include "libs/service/free_memory.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <memory>
#include <vector>

// The sanitizers' heap is not glibc's.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace guildhall::service {
namespace {

std::size_t ResidentBytes() {
  std::size_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// As many small blocks as 64 MiB hold, then none but one in a hundred: holes everywhere.
std::vector<std::unique_ptr<char[]>> Holes() {
  std::vector<std::unique_ptr<char[]>> blocks(64'000);
  for (auto& block : blocks) block = std::make_unique<char[]>(1000);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i % 100 != 0) blocks[i].reset();
  }
  return blocks;
}

TEST_CASE("memory that stands free between what is kept goes back to the system") {
  FreeMemory memory;
  const auto first = Holes();
  const std::size_t before = ResidentBytes();
  CHECK(memory.GiveBack());
  const std::size_t after = ResidentBytes();
  CHECK(after + (48 << 20) < before);
  CHECK_FALSE(memory.GiveBack());
  // The same memory is used and left again.
  const auto second = Holes();
  CHECK(memory.GiveBack());
  CHECK(ResidentBytes() < after + (8 << 20));
}

}  // namespace
}  // namespace guildhall::service

#endif
