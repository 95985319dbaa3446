#include "programmes/guidance/batch/recipient_seal.h"

#include "base/check.h"
#include "programmes/guidance/batch/batch_refusals.h"

namespace azukari::guidance {
namespace {

// US (U+001F) ends each value. Values hold no control characters: the file's check has refused them.
constexpr char kEnd = '\x1f';

seal::Context place_of(EntrustmentId entrustment, const SubjectId& subject)
{
    return {"guidance_recipient", subject.bytes(), "sealed", entrustment};
}

} // namespace

Bytes seal_recipient(const seal::SealKey& key, EntrustmentId entrustment, SubjectId subject, const Recipient& recipient,
                     Entropy& entropy)
{
    std::string text;
    for (std::size_t column = 0; column < recipient.columns(); ++column) {
        const auto value = recipient.value(column);
        AZK_CHECK(value.find(kEnd) == std::string_view::npos);
        text += value;
        text += kEnd;
    }
    return seal::seal_value(key, place_of(entrustment, subject), as_bytes(text), entropy);
}

Result<Recipient> open_recipient(const seal::SealKey& key, EntrustmentId entrustment, SubjectId subject,
                                 ByteView sealed, std::size_t columns)
{
    AZK_TRY(const auto opened, seal::open_value(key, place_of(entrustment, subject), sealed));
    auto rest = as_text(opened);
    Recipient recipient;
    recipient.clear(0);
    for (auto end = rest.find(kEnd); end != std::string_view::npos; end = rest.find(kEnd)) {
        recipient.add(rest.substr(0, end));
        rest.remove_prefix(end + 1);
    }
    if (!rest.empty() || recipient.columns() != columns) return refuse(kOtherLayout);
    return recipient;
}

} // namespace azukari::guidance
