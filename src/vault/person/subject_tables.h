// Where the vault keeps what is known of residents.
#pragma once

#include "whereabouts/subject_table.h"

namespace azukari::vault {

inline constexpr whereabouts::SubjectTable kSubjectTables[] = {
    {.table = "vault_person"},      {.table = "vault_record"},
    {.table = "vault_version"},     {.table = "vault_reveal"},
    {.table = "vault_consent"},     {.table = "vault_consent_withdrawal"},
    {.table = "vault_merge"},       {.table = "vault_merge", .subject_column = "gone"},
    {.table = "vault_distinction"}, {.table = "vault_distinction", .subject_column = "other"},
};

} // namespace azukari::vault
