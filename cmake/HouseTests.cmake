# The style guide and the architecture are tests.
find_program(AZK_PYTHON NAMES python3 REQUIRED)
add_test(NAME include_rules COMMAND ${AZK_PYTHON} ${CMAKE_SOURCE_DIR}/tools/include_rules.py
  ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/modules.json)
add_test(NAME house_rules COMMAND ${AZK_PYTHON} ${CMAKE_SOURCE_DIR}/tools/house_rules.py ${CMAKE_SOURCE_DIR})
add_test(NAME house_rules_test COMMAND ${AZK_PYTHON} ${CMAKE_SOURCE_DIR}/tools/house_rules_test.py)
add_test(NAME tally_test COMMAND ${AZK_PYTHON} ${CMAKE_SOURCE_DIR}/tools/tally_test.py)
set_tests_properties(include_rules house_rules house_rules_test tally_test PROPERTIES LABELS house)
