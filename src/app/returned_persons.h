// What the vault holds of an entrustment, as it goes back to the ward: the persons with their declared items, every
// version of every record, and what they agreed to.
#pragma once

#include "entrustment/register.h"
#include "restitution/return_package.h"
#include "retention/document.h"
#include "vault/attachments/attachments.h"
#include "vault/vault.h"

namespace azukari::app {

// The references outlive the source.
restitution::ReturnSource return_persons(const vault::Vault& vault, entrustment::Register& entrustments);

// Their attachments: a list, and each as it was received. What a virus was found in is in the list only.
restitution::ReturnSource return_attachments(const vault::attachments::Attachments& attachments);

// The persons of an entrustment as something that is kept until its term ends.
std::vector<retention::Document> kept_persons(const storage::Snapshot& snapshot, EntrustmentId entrustment);

} // namespace azukari::app
