# Turns .sql files into C++: statements as named constants, migrations as an ordered table.

# guildhall_embed_statements(<target> <space> <folder>): <folder>/get_topic.sql becomes
# `guildhall::<space>::sql::kGetTopic` in the header "<space>/statements.h". No folder, no header.
function(guildhall_embed_statements target space folder)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.sql)
  guildhall_embed(${target} ${space} statements "${files}")
endfunction()

# guildhall_embed_migrations(<target> <space>): migrations/*.sql, in order of their names, become
# `guildhall::<space>::kMigrations` in the header "<space>/migrations.h". No folder, no header.
function(guildhall_embed_migrations target space)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/migrations/*.sql)
  guildhall_embed(${target} ${space} migrations "${files}")
endfunction()

function(guildhall_embed target space what files)
  if(NOT files)
    return()
  endif()
  set(out ${CMAKE_BINARY_DIR}/embedded/${target}/${space}/${what}.h)
  set(script ${CMAKE_SOURCE_DIR}/tools/build/embed_${what}.py)
  add_custom_command(OUTPUT ${out} COMMAND python3 ${script} ${space} ${out} ${files}
                     DEPENDS ${files} ${script} VERBATIM)
  add_custom_target(${target}_${what} DEPENDS ${out})
  add_dependencies(${target} ${target}_${what})
  target_include_directories(${target} PUBLIC ${CMAKE_BINARY_DIR}/embedded/${target})
endfunction()
