// Whatever is typed, a query is refused or looked for, and what is looked for can be said word by word.
#include "vault/search/person_index.h"

#include "base/check.h"
#include "infra/text/definition_file.h"

using namespace azukari;
using namespace azukari::search;

namespace {

const text::NameFolding& folding()
{
    static const text::NameFolding table(
        text::KanjiVariants::of(text::Definition::parse("same = ['高髙']\nnear = ['斎斉']", "table").value()).value());
    return table;
}

const PersonIndex& index()
{
    static PersonIndex persons(folding());
    if (persons.size() > 0) return persons;
    persons.add({SubjectId(IdBytes{1}),
                 {{Facet::name, "斎藤　見本"},
                  {Facet::reading, "サイトウ　ミホン"},
                  {Facet::birth, "1965-04-03"},
                  {Facet::telephone, "03-0123-4567"},
                  {Facet::address, "見本区見本台2-8-1"},
                  {Facet::number, "A12"},
                  {Facet::mail, "mihon@example.jp"}}});
    persons.settle();
    return persons;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto query = read_query({reinterpret_cast<const char*>(data), size}, folding());
    if (!query) return 0;
    AZK_CHECK(!query->terms.empty() && query->terms.size() <= kMostTerms);
    const auto finding = index().find(*query, {});
    AZK_CHECK(finding.total == finding.hits.size() && finding.total <= 1);
    for (const auto& hit : finding.hits) AZK_CHECK(hit.matches.size() == query->terms.size());
    return 0;
}
