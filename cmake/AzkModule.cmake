# azk_module(NAME LAYER layer [DEPENDS rooms…] SOURCES … [HEADERS …] [MIGRATIONS …] [LINK libraries…] [TESTS extra…] [FUZZERS …] [BENCHES …])
#
# One small static library per room, azk_<name>. `foo_test.cpp` is picked up because `foo.cpp` is listed; tests of a room
# are one doctest program, test_<name>. An upward or undeclared dependency stops the configuration: the order of
# declaration makes cycles impossible, and tools/include_rules.py compares each #include with DEPENDS.
set(AZK_LAYERS base infra domain pages programme app)
define_property(GLOBAL PROPERTY AZK_MODULES BRIEF_DOCS "declared rooms" FULL_DOCS "declared rooms, as JSON")

add_library(azk_flags INTERFACE)
target_include_directories(azk_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/gen)
target_link_libraries(azk_flags INTERFACE fmt::fmt tl::expected Threads::Threads)
target_compile_options(azk_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations> # libstdc++'s own stable_sort
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> # g++ 12 sees ghosts in std::optional and std::variant
  # and, at -O2, in std::string's own copying.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-restrict>)
if(AZK_SANITIZE)
  target_compile_options(azk_flags INTERFACE -fsanitize=${AZK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(azk_flags INTERFACE -fsanitize=${AZK_SANITIZE})
  if(AZK_SANITIZE MATCHES thread)
    target_compile_options(azk_flags INTERFACE -Wno-tsan)
  endif()
endif()

if(AZK_FUZZ)
  # Every room tells the fuzzer where an input led; without it only the target's own few lines would count.
  target_compile_options(azk_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(AZK_PCH)
  if(NOT EXISTS ${CMAKE_BINARY_DIR}/pch_anchor.cpp) # written anew, it would have everything compiled anew
    file(WRITE ${CMAKE_BINARY_DIR}/pch_anchor.cpp "")
  endif()
  add_library(azk_pch OBJECT ${CMAKE_BINARY_DIR}/pch_anchor.cpp)
  target_link_libraries(azk_pch PRIVATE azk_flags)
  target_compile_options(azk_pch PRIVATE -fpch-preprocess)
  set(AZK_VOCABULARY <algorithm> <array> <chrono> <compare> <concepts> <cstdint> <functional>
    <map> <memory> <optional> <span> <string> <string_view> <tuple> <unordered_map> <utility> <variant> <vector>
    <fmt/format.h> <tl/expected.hpp>)
  target_precompile_headers(azk_pch PRIVATE ${AZK_VOCABULARY})
  # ccache would read all 80 MB of the precompiled header for every source; with CCACHE_PCH_EXTSUM it reads this instead.
  # It names what the header is made from, so that a change of any of it is a change of the sum.
  file(WRITE ${CMAKE_BINARY_DIR}/CMakeFiles/azk_pch.dir/cmake_pch.hxx.gch.sum
    "${AZK_VOCABULARY} ${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_BUILD_TYPE} ${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_DEBUG} ${CMAKE_CXX_FLAGS_RELEASE} ${AZK_SANITIZE} fmt ${fmt_VERSION}")
endif()

# Sources that the compiler finds by itself, with the precompiled vocabulary.
function(azk_common target)
  target_link_libraries(${target} PUBLIC azk_flags)
  if(AZK_PCH)
    target_precompile_headers(${target} REUSE_FROM azk_pch)
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  endif()
endfunction()

add_library(azk_test_main OBJECT ${CMAKE_SOURCE_DIR}/src/test_main.cpp)
target_include_directories(azk_test_main PRIVATE ${DOCTEST_INCLUDE})
target_link_libraries(azk_test_main PRIVATE azk_flags)

# Writes gen/<name>_migrations.{h,cpp} from numbered .sql files: azukari::migrations_of_<name>().
function(azk_embed_migrations name room)
  set(list "")
  foreach(file IN LISTS ARGN)
    get_filename_component(base ${file} NAME_WE)
    string(REGEX MATCH "^([0-9]+)_(.*)$" _ ${base})
    file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${file} sql)
    string(APPEND list "    {\"${room}\", ${CMAKE_MATCH_1}, \"${CMAKE_MATCH_2}\", R\"azksql(${sql})azksql\"},\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/gen/${name}_migrations.h CONTENT
"#pragma once
#include \"infra/storage/migration.h\"
#include <span>
namespace azukari { std::span<const storage::Migration> migrations_of_${name}(); }
" @ONLY)
  string(REGEX REPLACE "(^|\n)    {(\"[a-z_]+\"), 0*([1-9][0-9]*)" "\\1    {\\2, \\3" list "${list}")
  file(WRITE ${CMAKE_BINARY_DIR}/gen/${name}_migrations.cpp.new
"#include \"${name}_migrations.h\"
namespace azukari {
static const storage::Migration kMigrations[] = {
${list}};
std::span<const storage::Migration> migrations_of_${name}() { return kMigrations; }
}
")
  file(COPY_FILE ${CMAKE_BINARY_DIR}/gen/${name}_migrations.cpp.new ${CMAKE_BINARY_DIR}/gen/${name}_migrations.cpp ONLY_IF_DIFFERENT)
endfunction()

function(azk_check_depends name layer)
  list(FIND AZK_LAYERS "${layer}" mine)
  if(mine LESS 0)
    message(FATAL_ERROR "${name}: unknown layer '${layer}'")
  endif()
  foreach(dep IN LISTS ARGN)
    if(NOT TARGET azk_${dep})
      message(FATAL_ERROR "${name} depends on ${dep}, which is not declared yet (cycle, or wrong order)")
    endif()
    get_target_property(theirs azk_${dep} AZK_LAYER_INDEX)
    if(theirs GREATER mine)
      message(FATAL_ERROR "${name} (${layer}) may not look up at ${dep}")
    endif()
    string(REGEX REPLACE "_.*" "" my_programme ${name})
    string(REGEX REPLACE "_.*" "" their_programme ${dep})
    if(theirs EQUAL mine AND layer STREQUAL "programme" AND NOT my_programme STREQUAL their_programme)
      message(FATAL_ERROR "programmes are strangers to each other: ${name} -> ${dep}")
    endif()
  endforeach()
endfunction()

function(azk_module name)
  cmake_parse_arguments(M "" "LAYER" "SOURCES;HEADERS;DEPENDS;LINK;MIGRATIONS;TESTS;FUZZERS;BENCHES" ${ARGN})
  azk_check_depends(${name} ${M_LAYER} ${M_DEPENDS})
  set(tests ${M_TESTS})
  foreach(source IN LISTS M_SOURCES)
    string(REGEX REPLACE "\\.cpp$" "_test.cpp" test ${source})
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${test})
      list(APPEND tests ${test})
    endif()
  endforeach()
  if(M_MIGRATIONS)
    azk_embed_migrations(${name} ${name} ${M_MIGRATIONS})
    list(APPEND M_SOURCES ${CMAKE_BINARY_DIR}/gen/${name}_migrations.cpp)
  endif()
  list(FIND AZK_LAYERS "${M_LAYER}" mine)
  add_library(azk_${name} STATIC ${M_SOURCES} ${M_HEADERS})
  set_target_properties(azk_${name} PROPERTIES AZK_LAYER_INDEX ${mine} LINKER_LANGUAGE CXX)
  azk_common(azk_${name})
  list(TRANSFORM M_DEPENDS PREPEND azk_ OUTPUT_VARIABLE libraries)
  target_link_libraries(azk_${name} PUBLIC ${libraries} PRIVATE ${M_LINK})

  # Tests of rooms that stand on storage borrow fresh databases from infra/storage/testing.
  set(stores FALSE)
  foreach(dep IN LISTS M_DEPENDS)
    get_target_property(theirs azk_${dep} AZK_STORES)
    if(theirs OR dep STREQUAL "storage")
      set(stores TRUE)
    endif()
  endforeach()
  set_target_properties(azk_${name} PROPERTIES AZK_STORES ${stores})

  if(tests AND BUILD_TESTING)
    add_executable(test_${name} ${tests} $<TARGET_OBJECTS:azk_test_main>)
    azk_common(test_${name})
    target_include_directories(test_${name} PRIVATE ${DOCTEST_INCLUDE})
    # Only those that read the tree are told where it is: the others compile the same in every clone (ccache).
    foreach(test IN LISTS tests)
      file(STRINGS ${test} reads REGEX AZK_SOURCE_DIR)
      if(reads)
        set_property(SOURCE ${test} APPEND PROPERTY COMPILE_DEFINITIONS AZK_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
      endif()
    endforeach()
    target_link_libraries(test_${name} PRIVATE azk_${name} ${M_LINK})
    if(stores AND TARGET azk_storage_testing)
      target_link_libraries(test_${name} PRIVATE azk_storage_testing)
    endif()
    if(TARGET azk_access_testing)
      target_link_libraries(test_${name} PRIVATE azk_access_testing)
    endif()
    add_test(NAME ${name} COMMAND test_${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 600)
  endif()
  if(AZK_BENCH)
    foreach(bench IN LISTS M_BENCHES)
      get_filename_component(stem ${bench} NAME_WE)
      add_executable(${stem} ${bench})
      azk_common(${stem})
      target_link_libraries(${stem} PRIVATE azk_${name} ${M_LINK} benchmark::benchmark)
      target_compile_definitions(${stem} PRIVATE AZK_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
      if(TARGET azk_access_testing)
        target_link_libraries(${stem} PRIVATE azk_access_testing)
      endif()
      if(stores AND TARGET azk_storage_testing)
        target_link_libraries(${stem} PRIVATE azk_storage_testing)
      endif()
    endforeach()
  endif()
  # Fuzzers: with clang they are libFuzzer targets; with g++ a small driver replays the corpus as a test.
  foreach(fuzzer IN LISTS M_FUZZERS)
    get_filename_component(stem ${fuzzer} NAME_WE)
    add_executable(${stem} ${fuzzer})
    azk_common(${stem})
    target_link_libraries(${stem} PRIVATE azk_${name} ${M_LINK})
    if(AZK_FUZZ)
      target_compile_options(${stem} PRIVATE -fsanitize=fuzzer)
      target_link_options(${stem} PRIVATE -fsanitize=fuzzer)
    else()
      target_sources(${stem} PRIVATE ${CMAKE_SOURCE_DIR}/src/fuzz_replay.cpp)
    endif()
    if(BUILD_TESTING)
      add_test(NAME ${stem} COMMAND ${stem} ${CMAKE_SOURCE_DIR}/fuzz/corpus/${stem})
    endif()
  endforeach()

  file(RELATIVE_PATH rel ${CMAKE_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR})
  string(JOIN "\",\"" deps ${M_DEPENDS})
  if(M_DEPENDS)
    set(deps "\"${deps}\"")
  endif()
  set_property(GLOBAL APPEND PROPERTY AZK_MODULES
    "{\"name\":\"${name}\",\"layer\":\"${M_LAYER}\",\"dir\":\"${rel}\",\"depends\":[${deps}]}")
endfunction()

function(azk_write_module_graph)
  get_property(mods GLOBAL PROPERTY AZK_MODULES)
  string(JOIN ",\n" body ${mods})
  file(WRITE ${CMAKE_BINARY_DIR}/modules.json "[${body}]\n")
endfunction()
