#include "programmes/guidance/letters/press.h"

#include "base/check.h"
#include "programmes/guidance/guidance_refusals.h"
#include "programmes/guidance/letters/letter_setter.h"

#include <condition_variable>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <mutex>
#include <numeric>
#include <thread>

namespace azukari::guidance {

namespace {

constexpr std::size_t kLettersPerBatch = 32;

struct Batch {
    std::vector<Addressee> addressees = std::vector<Addressee>(kLettersPerBatch);
    std::size_t count = 0;
    std::vector<SetLetter> letters;
    std::string bytes; // the pages of all letters, compressed, one after the other
    bool set = false;
};

void set_batch(LetterSetter& setter, Batch& batch)
{
    batch.bytes.clear();
    batch.letters.clear();
    for (std::size_t i = 0; i < batch.count; ++i) batch.letters.push_back(setter.set(batch.addressees[i], batch.bytes));
}

Result<bool> fill_batch(const Supply& supply, Batch& batch)
{
    batch.count = 0;
    batch.set = false;
    while (batch.count < kLettersPerBatch) {
        AZK_TRY(const bool more, supply(batch.addressees[batch.count]));
        if (!more) break;
        ++batch.count;
    }
    return batch.count > 0;
}

// The files of the run, one per category that has a letter.
class Files {
public:
    Files(const pdf::FontBook& fonts, const LetterLayout& layout, const PressSettings& settings)
        : fonts_(fonts), layout_(layout), settings_(settings)
    {
    }

    void add(const Batch& batch)
    {
        std::string_view rest = batch.bytes;
        for (std::size_t i = 0; i < batch.count; ++i) {
            const auto& to = batch.addressees[i];
            const auto& letter = batch.letters[i];
            if (!letter.problems.empty()) {
                result_.held_back.push_back(
                    {to.recipient.line(), to.category, to.serial, fmt::format("{}", fmt::join(letter.problems, " "))});
                continue;
            }
            auto& paper = paper_for(to.category);
            for (const auto size : letter.page_sizes) {
                paper.add_page(rest.substr(0, size));
                rest.remove_prefix(size);
            }
            auto& count = result_.counts[static_cast<std::size_t>(to.category)];
            ++count.letters;
            count.pages += letter.page_sizes.size();
        }
    }

    Composition finish(const std::vector<std::unique_ptr<LetterSetter>>& setters)
    {
        for (const auto& facts : kCategories) {
            auto& paper = papers_[static_cast<std::size_t>(facts.category)];
            if (!paper) continue;
            for (const auto& setter : setters) paper->add_use(setter->use(facts.category));
            paper->finish();
            result_.counts[static_cast<std::size_t>(facts.category)].bytes = paper->bytes();
        }
        return std::move(result_);
    }

private:
    pdf::Document& paper_for(Category category)
    {
        auto& paper = papers_[static_cast<std::size_t>(category)];
        if (paper) return *paper;
        const auto title = fmt::format("{} {}", layout_.title, facts_of(category).title);
        paper = std::make_unique<pdf::Document>(settings_.open(category), fonts_,
                                                pdf::Metadata{title, layout_.author, settings_.made});
        const auto& pages = layout_.pages_of(category);
        for (std::size_t page = 0; page < pages.size(); ++page) {
            pdf::Canvas form(paper->shaper());
            AZK_CHECK(draw_fixed(form, pages, page, category).empty()); // check_forms() has looked
            paper->add_form(form, pages[page].beneath.get());
        }
        return *paper;
    }

    const pdf::FontBook& fonts_;
    const LetterLayout& layout_;
    const PressSettings& settings_;
    std::array<std::unique_ptr<pdf::Document>, kCategories.size()> papers_;
    Composition result_;
};

// A ring of batches: filled and emptied in order by one thread, set by the others in between.
class Ring {
public:
    explicit Ring(std::size_t size) : batches_(size) {}

    bool is_full() const { return filled_ - emptied_ == batches_.size(); }
    bool is_empty() const { return filled_ == emptied_; }
    Batch& next_to_fill() { return batches_[filled_ % batches_.size()]; }
    void hand_out()
    {
        const std::lock_guard lock(mutex_);
        ++filled_;
        changed_.notify_all();
    }
    Batch& wait_for_next_set()
    {
        std::unique_lock lock(mutex_);
        Batch& batch = batches_[emptied_ % batches_.size()];
        changed_.wait(lock, [&] { return batch.set; });
        return batch;
    }
    void give_back() { ++emptied_; }
    void close()
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }
    void work(LetterSetter& setter)
    {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [this] { return closed_ || taken_ < filled_; });
            if (closed_) return;
            Batch& batch = batches_[taken_++ % batches_.size()];
            lock.unlock();
            set_batch(setter, batch);
            lock.lock();
            batch.set = true;
            changed_.notify_all();
        }
    }

private:
    std::vector<Batch> batches_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t filled_ = 0, taken_ = 0, emptied_ = 0;
    bool closed_ = false;
};

class Workers { // ends them however the run ends
public:
    Workers(Ring& ring, const std::vector<std::unique_ptr<LetterSetter>>& setters) : ring_(ring)
    {
        for (const auto& setter : setters)
            threads_.emplace_back([&ring, worker = setter.get()] { ring.work(*worker); });
    }
    ~Workers()
    {
        ring_.close();
        for (auto& thread : threads_) thread.join();
    }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

private:
    Ring& ring_;
    std::vector<std::thread> threads_;
};

// Nothing of the ward's own text may be left out either: a form that cannot be set whole stops the run.
Result<void> check_forms(const pdf::FontBook& fonts, const LetterLayout& layout)
{
    pdf::Shaper shaper(fonts);
    for (const auto& facts : kCategories) {
        const auto& pages = layout.pages_of(facts.category);
        for (std::size_t page = 0; page < pages.size(); ++page) {
            pdf::Canvas form(shaper);
            const auto problems = draw_fixed(form, pages, page, facts.category);
            if (!problems.empty())
                return refuse(kBadForm, facts.title, std::to_string(page + 1),
                              fmt::format("{}", fmt::join(problems, " ")));
        }
    }
    return {};
}

bool is_cancelled(const PressSettings& settings)
{
    return settings.cancelled != nullptr && settings.cancelled->load();
}

Result<void> run_alone(LetterSetter& setter, Files& files, const Supply& supply, const PressSettings& settings)
{
    Batch batch;
    std::size_t done = 0;
    for (;;) {
        if (is_cancelled(settings)) return refuse(kCancelled);
        AZK_TRY(const bool more, fill_batch(supply, batch));
        if (!more) return {};
        set_batch(setter, batch);
        files.add(batch);
        settings.progress(done += batch.count);
    }
}

Result<void> run_together(const std::vector<std::unique_ptr<LetterSetter>>& setters, Files& files, const Supply& supply,
                          const PressSettings& settings)
{
    Ring ring(setters.size() * 3);
    const Workers workers(ring, setters);
    std::size_t done = 0;
    for (bool more = true; more || !ring.is_empty();) {
        if (is_cancelled(settings)) return refuse(kCancelled);
        if (more && !ring.is_full()) {
            AZK_TRY(more, fill_batch(supply, ring.next_to_fill()));
            if (more) ring.hand_out();
            continue;
        }
        const Batch& batch = ring.wait_for_next_set();
        files.add(batch);
        done += batch.count;
        ring.give_back();
        settings.progress(done);
    }
    return {};
}

} // namespace

std::size_t Composition::letters() const
{
    return std::accumulate(counts.begin(), counts.end(), std::size_t{0},
                           [](std::size_t sum, const Count& count) { return sum + count.letters; });
}

std::size_t Composition::pages() const
{
    return std::accumulate(counts.begin(), counts.end(), std::size_t{0},
                           [](std::size_t sum, const Count& count) { return sum + count.pages; });
}

Result<Composition> compose(const pdf::FontBook& fonts, const LetterLayout& layout, const Supply& supply,
                            const PressSettings& settings)
{
    AZK_REQUIRE(check_forms(fonts, layout));
    std::vector<std::unique_ptr<LetterSetter>> setters;
    for (unsigned i = 0; i < std::max(settings.threads, 1U); ++i)
        setters.push_back(std::make_unique<LetterSetter>(fonts, layout));
    Files files(fonts, layout, settings);
    AZK_REQUIRE(setters.size() == 1 ? run_alone(*setters[0], files, supply, settings)
                                    : run_together(setters, files, supply, settings));
    return files.finish(setters);
}

} // namespace azukari::guidance
