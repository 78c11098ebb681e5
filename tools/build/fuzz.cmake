# Fuzz targets: x_fuzz.cpp beside x.cpp (libs/testing/fuzz/target.h), with inputs in corpus/x.

# guildhall_fuzz(<prefix> TARGETS <file>... LINKS <target>... [SOURCES <file>...]): for each
# x_fuzz.cpp the program <prefix>_x_fuzz and its ctest entry, which names the folder of its inputs.
#
# Only in trees with ASan: built with GCC (preset asan) a program replays the files it is given,
# built with Clang (preset fuzz) libFuzzer makes inputs up. SOURCES are compiled into the program:
# those of a room that links gRPC, which libFuzzer could not see into.
function(guildhall_fuzz prefix)
  cmake_parse_arguments(arg "" "" "TARGETS;LINKS;SOURCES" ${ARGN})
  if(NOT GUILDHALL_SANITIZE MATCHES "address")
    return()
  endif()
  foreach(file IN LISTS arg_TARGETS)
    get_filename_component(folder ${file} ABSOLUTE)
    get_filename_component(folder ${folder} DIRECTORY)
    get_filename_component(subject ${file} NAME)
    string(REGEX REPLACE "_fuzz\\.cpp$" "" subject ${subject})
    set(name ${prefix}_${subject}_fuzz)
    guildhall_fuzz_program(${name} ${file} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_LINKS})
    add_test(NAME ${name} COMMAND ${name} ${folder}/corpus/${subject})
  endforeach()
endfunction()

# guildhall_parsers(<library> [SOURCES <file>...] LINKS <target>...): <library>_parsers, what targets
# are linked with: under libFuzzer SOURCES alone, so that Clang compiles no more than is looked at;
# else the library.
function(guildhall_parsers library)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  if(arg_SOURCES AND GUILDHALL_SANITIZE MATCHES "fuzzer-no-link")
    add_library(${library}_parsers STATIC ${arg_SOURCES})
    target_link_libraries(${library}_parsers PUBLIC ${arg_LINKS})
  else()
    add_library(${library}_parsers ALIAS ${library})
  endif()
endfunction()

function(guildhall_fuzz_program name)
  add_executable(${name} ${ARGN})
  guildhall_precompile(${name} precompiled)
  target_link_libraries(${name} PRIVATE fuzz_main guildhall_base)
  if(GUILDHALL_SANITIZE MATCHES "fuzzer-no-link")
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  endif()
endfunction()
