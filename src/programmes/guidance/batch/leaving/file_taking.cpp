#include "programmes/guidance/batch/leaving/file_taking.h"

#include "custody/copies/copy_store.h"
#include "infra/text/folding.h"
#include "infra/text/utf8.h"
#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"

namespace azukari::guidance {

std::string copy_object(BatchId batch)
{
    return "guidance-batch:" + batch.text();
}

Result<void> check_recipient(std::string_view recipient)
{
    if (text::is_blank(recipient) || text::count_characters(recipient) > std::size_t{kMaxRecipient})
        return refuse_field("recipient", kWhereToExpected);
    return {};
}

Result<ComposedLetters> take_as_file(storage::Tx& tx, IdSource& ids, const access::Scope& scope, BatchId batch,
                                     std::string_view category, std::string_view recipient)
{
    AZK_REQUIRE(check_recipient(recipient));
    AZK_TRY(auto letters, record_taking(tx, scope, batch, category));
    AZK_REQUIRE(custody::record_copy(tx, ids, scope,
                                     {.door = custody::Door::file,
                                      .object = copy_object(batch),
                                      .persons = letters.letters,
                                      .sha256 = letters.sha256,
                                      .recipient = std::string(recipient),
                                      .subjects = composed_subjects(tx, scope, batch, category)}));
    return letters;
}

} // namespace azukari::guidance
