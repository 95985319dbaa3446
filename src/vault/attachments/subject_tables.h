// Where attachments keep what is known of residents.
#pragma once

#include "whereabouts/subject_table.h"

namespace azukari::vault::attachments {

inline constexpr whereabouts::SubjectTable kSubjectTables[] = {{.table = "vault_attachment"},
                                                               {.table = "vault_attachment_piece"},
                                                               {.table = "vault_attachment_showing"},
                                                               {.table = "vault_attachment_withdrawal"}};

} // namespace azukari::vault::attachments
