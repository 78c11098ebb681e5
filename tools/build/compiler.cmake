# How everything is compiled: C++20, warnings are errors, ccache when present, sanitizers by preset.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
# One kind of code for libraries and programs: a parsed header fits files of one kind only.
add_compile_options(-fPIE)
add_link_options(-pie)
# -g1 keeps stack traces readable at a third of the object size of -g. NDEBUG is left undefined:
# programmer errors abort in production too (a wrong answer is worse than a restart).
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g1")
add_compile_options(-Wall -Wextra -Werror -Wno-missing-field-initializers)
# Debian's Abseil marks deprecated names that its own headers still use.
add_compile_options(-Wno-deprecated-declarations)
include_directories(${CMAKE_SOURCE_DIR})

set(GUILDHALL_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize takes them")
if(GUILDHALL_SANITIZE)
  add_compile_options(-fsanitize=${GUILDHALL_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${GUILDHALL_SANITIZE})
  # GCC 12's flow analysis reports false positives in instrumented code.
  add_compile_options(-Wno-maybe-uninitialized -Wno-restrict)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # It builds what is fuzzed and nothing that runs; GCC's warnings are those that count.
  add_compile_options(-w)
endif()

# Off shows a file that does not include what it uses.
option(GUILDHALL_PRECOMPILE "Parse the outside headers once for all files" ON)

find_program(CCACHE ccache)
if(CCACHE)
  # The base folder makes two clones of the repository share their cache.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
               CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_PCH_EXTSUM=1 ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
endif()
