# The Debian package: cpack --config build/release/CPackConfig.cmake, or script/package.
if(TARGET azukari AND TARGET azukari-verify)
  install(TARGETS azukari azukari-verify RUNTIME DESTINATION bin)
endif()
if(TARGET azukari-easel)
  install(TARGETS azukari-easel RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/azukari)
endif()
install(DIRECTORY definitions/ DESTINATION share/azukari/definitions OPTIONAL)
install(FILES packaging/azukari.service DESTINATION lib/systemd/system)
install(FILES docs/glossary.md README.md README.ja.md DESTINATION share/doc/azukari OPTIONAL)

# Pages of the manual are compressed the way Debian wants them (no name, no time: the same bytes every time).
foreach(page azukari.1 azukari-verify.1)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/${page}.gz DEPENDS ${CMAKE_SOURCE_DIR}/packaging/${page}
    COMMAND gzip -9nc ${CMAKE_SOURCE_DIR}/packaging/${page} > ${CMAKE_BINARY_DIR}/${page}.gz VERBATIM)
  list(APPEND AZK_MANUAL ${CMAKE_BINARY_DIR}/${page}.gz)
endforeach()
add_custom_target(manual ALL DEPENDS ${AZK_MANUAL})
install(FILES ${AZK_MANUAL} DESTINATION share/man/man1)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME azukari)
set(CPACK_PACKAGE_VENDOR azukari)
set(CPACK_PACKAGE_CONTACT "azukari <azukari@example.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "keeps and proves what a Japanese ward has entrusted to contractors")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, fonts-ipaexfont, fonts-ipamj-mincho")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "clamav-daemon, cups, poppler-data, postgresql-15, softhsm2")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${CMAKE_SOURCE_DIR}/packaging/debian/postinst
  ${CMAKE_SOURCE_DIR}/packaging/debian/prerm
  ${CMAKE_SOURCE_DIR}/packaging/debian/postrm)
include(CPack)
