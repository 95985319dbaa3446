# The style guide and the architecture are tests.
find_program(AZK_PYTHON NAMES python3 REQUIRED)
add_test(NAME include_rules COMMAND ${AZK_PYTHON} ${CMAKE_SOURCE_DIR}/tools/include_rules.py
  ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/modules.json)
add_test(NAME house_rules COMMAND ${AZK_PYTHON} ${CMAKE_SOURCE_DIR}/tools/house_rules.py ${CMAKE_SOURCE_DIR})
foreach(subject house_rules tally packaging)
  add_test(NAME ${subject}_test COMMAND ${AZK_PYTHON} ${CMAKE_SOURCE_DIR}/tools/${subject}_test.py)
  set_tests_properties(${subject}_test PROPERTIES LABELS house)
endforeach()
set_tests_properties(include_rules house_rules PROPERTIES LABELS house)

# What test/bench measures with.
if(AZK_BENCH AND TARGET azk_app)
  foreach(tool ledger_fill paced_load)
    add_executable(${tool} test/bench/${tool}.cpp)
    azk_common(${tool})
    target_link_libraries(${tool} PRIVATE azk_app)
  endforeach()
endif()

# The real program: the authorisation matrix cell by cell, and what goes wrong around it.
if(TARGET azukari)
  foreach(subject matrix bad_days backups restoring packages uploads simulated_line)
    add_test(NAME server_${subject} COMMAND ${AZK_PYTHON} ${CMAKE_SOURCE_DIR}/test/server/${subject}.py $<TARGET_FILE:azukari>)
    set_tests_properties(server_${subject} PROPERTIES LABELS slow TIMEOUT 1200)
  endforeach()
endif()
