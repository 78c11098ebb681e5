# One parsed copy of the outside headers for everything that we compile, and one with Catch2 for
# tests: two thirds of the compiler's work on a small file, a quarter on a test.

# guildhall_precompiled(<name> <header> <target>...): a header parsed once, with what it needs.
#
# The compiler never writes the same copy twice, so two clones would share nothing of their cache.
# ccache takes the copy by its .sum instead: the sum of the text that was parsed.
function(guildhall_precompiled name header)
  set(copy ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${name}.dir/cmake_pch.hxx.gch)
  set(source ${CMAKE_SOURCE_DIR}/tools/build/${header})
  add_custom_command(OUTPUT ${copy}.sum
    COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -O2 -pthread -I ${CMAKE_SOURCE_DIR} -x c++ -E -P
            -include ${source} /dev/null -MD -MF ${copy}.sum.d -MT ${copy}.sum -o ${copy}.text
    COMMAND sha256sum < ${copy}.text > ${copy}.sum
    COMMAND ${CMAKE_COMMAND} -E rm ${copy}.text
    DEPFILE ${copy}.sum.d DEPENDS ${source} VERBATIM)
  file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp CONTENT "")
  add_library(${name} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp ${copy}.sum)
  target_link_libraries(${name} PRIVATE ${ARGN})
  target_precompile_headers(${name} PRIVATE <tools/build/${header}>)
endfunction()

if(GUILDHALL_PRECOMPILE)
  # ccache asks for the first; the others are settings of single packages, which the compiler wants
  # to be the same in every file that takes the parsed copy.
  add_compile_options(-fpch-preprocess -pthread)
  add_compile_definitions(_FILE_OFFSET_BITS=64)
  # From such a copy GCC 12 reports false positives in its own std::string (its bug 105651), which
  # it otherwise keeps to itself.
  add_compile_options(-Wno-array-bounds -Wno-restrict -Wno-stringop-overread
                      -Wno-stringop-overflow)
  guildhall_precompiled(precompiled precompiled.h protobuf::libprotobuf)
  guildhall_precompiled(precompiled_test precompiled_test.h protobuf::libprotobuf Catch2::Catch2)
endif()

# guildhall_precompile(<target> <name>): compiles a target with such a copy.
function(guildhall_precompile target name)
  if(GUILDHALL_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${name})
  endif()
endfunction()
