// Gives the files of a corpus to a fuzz target, where no libFuzzer does: with GCC, in seconds.
//
//   x_fuzz FOLDER|FILE...    0, and how many inputs it were; not 0 where one does not hold
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "libs/testing/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesIn(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool Replay(const fs::path& file) {
  // Told before: the sanitizers end the program where they find something.
  std::printf("input %s\n", file.c_str());
  std::fflush(stdout);
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in || bytes.size() > guildhall::testing::kLongestInput) {
    std::fprintf(stderr, "cannot be read, or is longer than an input may be\n");
    return false;
  }
  // Of exactly its size, so that a read behind its end is seen.
  const auto input = std::make_unique<std::uint8_t[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), input.get());
  LLVMFuzzerTestOneInput(input.get(), bytes.size());
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  guildhall::testing::repeated_one_in = 1;
  std::size_t inputs = 0;
  for (int i = 1; i < count; ++i) {
    for (const fs::path& file : FilesIn(arguments[i])) {
      if (!Replay(file)) return 1;
      ++inputs;
    }
  }
  if (inputs == 0) {
    std::fprintf(stderr, "there is no input\n");
    return 1;
  }
  std::printf("%zu inputs hold\n", inputs);
  return 0;
}
