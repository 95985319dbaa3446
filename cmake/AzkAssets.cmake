# azk_embed_assets(ROOM [BUNDLE name.css FILES a.css b.css …] [SINGLE x.js y.svg …])
#
# Puts styles, scripts and figures into the programme: gen/<room>_assets.{h,cpp}, azukari::assets_of_<room>(). The files
# of a bundle are joined in order. Each asset's address carries a digest of its content, so that browsers may keep it.
function(azk_asset_entry variable name)
  string(SHA256 digest "${ARGN}")
  string(SUBSTRING ${digest} 0 12 digest)
  if(name MATCHES "\\.css$")
    set(type "text/css; charset=utf-8")
  elseif(name MATCHES "\\.js$")
    set(type "text/javascript; charset=utf-8")
  elseif(name MATCHES "\\.svg$")
    set(type "image/svg+xml")
  else()
    message(FATAL_ERROR "asset ${name}: no media type is known for it")
  endif()
  set(${variable} "    {\"${name}\", \"${type}\", \"${digest}\", R\"azkasset(${ARGN})azkasset\"},\n" PARENT_SCOPE)
endfunction()

function(azk_embed_assets room)
  cmake_parse_arguments(A "" "BUNDLE" "FILES;SINGLE" ${ARGN})
  set(entries "")
  set(joined "")
  foreach(file IN LISTS A_FILES A_SINGLE)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  foreach(file IN LISTS A_FILES)
    file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${file} text)
    string(APPEND joined "${text}")
  endforeach()
  if(A_BUNDLE)
    azk_asset_entry(entry ${A_BUNDLE} "${joined}")
    string(APPEND entries "${entry}")
  endif()
  foreach(file IN LISTS A_SINGLE)
    get_filename_component(name ${file} NAME)
    file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${file} text)
    azk_asset_entry(entry ${name} "${text}")
    string(APPEND entries "${entry}")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/gen/${room}_assets.h CONTENT
"#pragma once
#include \"office/shell/asset.h\"
#include <span>
namespace azukari { std::span<const office::Asset> assets_of_${room}(); }
" @ONLY)
  file(WRITE ${CMAKE_BINARY_DIR}/gen/${room}_assets.cpp.new
"#include \"${room}_assets.h\"
namespace azukari {
static constexpr office::Asset kAssets[] = {
${entries}};
std::span<const office::Asset> assets_of_${room}() { return kAssets; }
}
")
  file(COPY_FILE ${CMAKE_BINARY_DIR}/gen/${room}_assets.cpp.new ${CMAKE_BINARY_DIR}/gen/${room}_assets.cpp ONLY_IF_DIFFERENT)
endfunction()
