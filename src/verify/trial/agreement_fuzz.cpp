// Two programs that were written apart must say yes and no to the same texts.
#include "ledger/canonical.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/paper.h"
#include "verify/form/entry.h"
#include "verify/form/note.h"
#include "verify/form/paper.h"

#include "base/check.h"

using namespace azukari;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto note = ledger::note::SignedNote::parse(text);
    AZK_CHECK(note.has_value() == verify::Note::parse(text).has_value());
    if (note) AZK_CHECK(note->whole() == text && verify::Note::parse(text)->whole() == text);
    AZK_CHECK(ledger::note::Checkpoint::parse(text).has_value() == verify::Checkpoint::parse(text).has_value());
    AZK_CHECK(ledger::note::VerifierKey::parse(text).has_value() == verify::Key::parse(text).has_value());
    if (text.find("\nextra ") == std::string_view::npos)
        AZK_CHECK(ledger::note::Receipt::parse(text).has_value() == verify::Receipt::parse(text).has_value());
    AZK_CHECK(ledger::note::from_paper("a.example", text).has_value() ==
              verify::read_paper("a.example", text).checkpoint.has_value());
    verify::EntryFacts facts;
    const auto entry = ledger::parse_canonical(text);
    AZK_CHECK(entry.has_value() == !verify::flaw_of_entry(text, facts));
    if (entry) AZK_CHECK(entry->seq == facts.seq && entry->entry.at.micros == facts.at);
    return 0;
}
