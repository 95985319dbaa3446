#include "programmes/guidance/batch/composing.h"

#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/batch/recipient_seal.h"
#include "programmes/guidance/letters/paper_code.h"
#include "programmes/guidance/letters/press.h"

namespace azukari::guidance {
namespace {

// Hands out the recipients of some categories in their order, opened one by one; reads ahead a few hundred sealed rows,
// so that memory does not grow with their number. Whoever has a 外字 that the table does not know is passed over: that
// letter waits, the others do not.
class OpenedRecipients {
public:
    OpenedRecipients(const Press& press, const access::Scope& scope, BatchId batch, std::vector<Category> categories,
                     const Drawing& drawing)
        : press_(press),
          scope_(scope),
          batch_(batch),
          categories_(std::move(categories)),
          drawing_(drawing),
          last_serial_(start())
    {
    }

    Result<bool> next(Addressee& to)
    {
        if (drawing_.most != 0 && given_ == drawing_.most) return false;
        for (;;) {
            while (at_ == ahead_.size()) {
                if (category_ == categories_.size()) return false;
                if (!read_ahead()) ++category_, last_serial_ = start();
            }
            const auto& row = ahead_[at_++];
            if (!drawing_.serials.holds(row.serial)) return false;
            AZK_TRY(const auto key,
                    press_.keystore.subject_key(*scope_.entrustment(), row.subject, scope_.moment().at));
            AZK_TRY(to.recipient, open_recipient(key, *scope_.entrustment(), row.subject, row.sealed,
                                                 press_.columns.columns().size()));
            to.category = categories_[category_];
            to.serial = static_cast<std::uint32_t>(row.serial);
            to.batch_mark = batch_mark_of(batch_.bytes());
            const auto unknown = press_.gaiji.resolve(to.recipient);
            if (unknown.empty()) return ++given_, true;
            held_back_.push_back(
                {row.row_number, std::string(facts_of(to.category).slug), row.serial, unknown_gaiji_sentence(unknown)});
        }
    }

    const std::vector<HeldBackRow>& held_back() const { return held_back_; }

    std::int64_t row_number_of(Category category, std::uint32_t serial) const
    {
        return press_.db.read([&](const storage::Snapshot& snapshot) {
            return row_of_serial(snapshot, scope_, batch_, facts_of(category).slug, serial);
        });
    }

private:
    std::int64_t start() const { return drawing_.serials.last == 0 ? 0 : drawing_.serials.first - 1; }

    bool read_ahead()
    {
        constexpr std::int64_t kRows = 400;
        at_ = 0;
        const auto more = [&](const storage::Snapshot& snapshot) {
            return recipients_after(snapshot, scope_, batch_, facts_of(categories_[category_]).slug, last_serial_,
                                    kRows, drawing_.composed);
        };
        ahead_ = drawing_.within != nullptr ? more(*drawing_.within) : press_.db.read(more);
        if (ahead_.empty()) return false;
        last_serial_ = ahead_.back().serial;
        return true;
    }

    const Press& press_;
    const access::Scope& scope_;
    BatchId batch_;
    std::vector<Category> categories_;
    Drawing drawing_; // its category stands in categories_
    std::size_t given_ = 0, category_ = 0, at_ = 0;
    std::int64_t last_serial_;
    std::vector<StoredRecipient> ahead_;
    std::vector<HeldBackRow> held_back_;
};

std::vector<Category> every_category()
{
    std::vector<Category> all;
    for (const auto& facts : kCategories) all.push_back(facts.category);
    return all;
}

} // namespace

Result<void> compose_batch(const Press& press, const access::Scope& scope, BatchId batch, ComposeProgress& progress)
{
    OpenedRecipients recipients(press, scope, batch, every_category(), {.category = {}, .composed = scope.moment().at});
    progress.total = press.db.read([&](const storage::Snapshot& snapshot) {
        std::int64_t sum = 0;
        for (const auto& count : count_by_category(snapshot, scope, batch)) sum += count.recipients;
        return sum;
    });
    std::array<std::unique_ptr<DigestSink>, kCategories.size()> sinks;
    PressSettings settings;
    settings.open = [&](Category category) -> pdf::Sink& {
        return *(sinks[static_cast<std::size_t>(category)] = std::make_unique<DigestSink>());
    };
    settings.progress = [&](std::size_t letters) {
        progress.done = static_cast<std::int64_t>(letters + recipients.held_back().size());
    };
    settings.cancelled = &progress.cancelled;
    settings.threads = press.threads;
    settings.made = scope.moment().at;
    AZK_TRY(const auto made,
            compose(
                press.fonts, press.letters, [&](Addressee& to) { return recipients.next(to); }, settings));

    ComposedBatch composed{scope.moment().at, scope.staff(), {}, recipients.held_back()};
    for (const auto& facts : kCategories) {
        const auto& sink = sinks[static_cast<std::size_t>(facts.category)];
        if (!sink) continue;
        const auto& count = made.of(facts.category);
        composed.categories.push_back({std::string(facts.slug), static_cast<std::int64_t>(count.letters),
                                       static_cast<std::int64_t>(count.pages), static_cast<std::int64_t>(count.bytes),
                                       sink->finish()});
    }
    std::sort(composed.categories.begin(), composed.categories.end());
    for (const auto& held : made.held_back)
        composed.held_back.push_back({recipients.row_number_of(held.category, held.serial),
                                      std::string(facts_of(held.category).slug), held.serial, held.reason});
    std::ranges::sort(composed.held_back, {}, &HeldBackRow::row_number);
    return press.db.write([&](storage::Tx& tx) { return record_composition(tx, scope, batch, composed); });
}

Result<void> draw_letters(const Press& press, const access::Scope& scope, BatchId batch, const Drawing& drawing,
                          pdf::Sink& sink)
{
    OpenedRecipients recipients(press, scope, batch, {drawing.category}, drawing);
    PressSettings settings;
    settings.open = [&](Category) -> pdf::Sink& { return sink; };
    settings.threads = press.threads;
    settings.made = drawing.composed;
    AZK_REQUIRE(compose(
        press.fonts, press.letters, [&](Addressee& to) { return recipients.next(to); }, settings));
    return {};
}

Result<void> draw_reprints(const Press& press, const access::Scope& scope, const Reprinting& reprinting,
                           pdf::Sink& sink)
{
    const auto& [batch, category, letters, composed, within] = reprinting;
    PressSettings settings;
    settings.open = [&](Category) -> pdf::Sink& { return sink; };
    settings.made = composed;
    std::size_t at = 0;
    const auto supply = [&, letters = letters, category = category, batch = batch,
                         within = within](Addressee& to) -> Result<bool> {
        if (at == letters.size()) return false;
        const auto& again = letters[at++];
        const auto find = [&](const storage::Snapshot& snapshot) {
            return find_recipient(snapshot, scope, batch, facts_of(category).slug, again.serial);
        };
        const auto row = within != nullptr ? find(*within) : press.db.read(find);
        if (!row) return refuse(kNoSuchLetters);
        AZK_TRY(const auto key, press.keystore.subject_key(*scope.entrustment(), row->subject, scope.moment().at));
        AZK_TRY(to.recipient,
                open_recipient(key, *scope.entrustment(), row->subject, row->sealed, press.columns.columns().size()));
        if (!press.gaiji.resolve(to.recipient).empty()) return refuse(kNoSuchLetters);
        to.category = category;
        to.serial = static_cast<std::uint32_t>(again.serial);
        to.edition = again.edition;
        to.batch_mark = batch_mark_of(batch.bytes());
        return true;
    };
    AZK_TRY(const auto drawn, compose(press.fonts, press.letters, supply, settings));
    if (drawn.letters() != letters.size()) return refuse(kNoSuchLetters);
    return {};
}

} // namespace azukari::guidance
