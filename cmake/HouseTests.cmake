# The style guide and the architecture are tests.
find_program(AZK_PYTHON NAMES python3 REQUIRED)
add_test(NAME include_rules COMMAND ${AZK_PYTHON} ${CMAKE_SOURCE_DIR}/tools/include_rules.py
  ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/modules.json)
add_test(NAME house_rules COMMAND ${AZK_PYTHON} ${CMAKE_SOURCE_DIR}/tools/house_rules.py ${CMAKE_SOURCE_DIR})
