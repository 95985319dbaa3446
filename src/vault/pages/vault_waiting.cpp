#include "vault/pages/vault_waiting.h"

#include "vault/purpose/purpose_store.h"

#include <algorithm>

namespace azukari::vault::pages {

void tell_waiting(const office::Asked& asked)
{
    using namespace access::actions;
    const bool declares = asked.may(kDeclarePurposes).has_value(), publishes = asked.may(kPublishTexts).has_value();
    if (!declares && !publishes) return;
    const auto declared = purposes(asked.snapshot, asked.entrustment);
    const bool any = std::any_of(declared.begin(), declared.end(), [](const auto& purpose) { return !purpose.ended; });
    if (declares && !any) asked.tell(office::Tone::info, "利用目的がまだ登録されていません", "/purposes");
    if (!publishes || !any) return; // a text tells of a purpose
    const auto published = texts(asked.snapshot, asked.entrustment);
    if (std::none_of(published.begin(), published.end(),
                     [](const auto& text) { return text.kind == TextKind::purpose; }))
        asked.tell(office::Tone::caution, "本人に示す利用目的の文を公開してください", "/purposes");
}

} // namespace azukari::vault::pages
