// Composes the letters of a whole run, one PDF per category, in the order in which the recipients
// come. Memory does not grow with their number; the same input gives the same bytes, however many
// threads set it.
#pragma once

#include "infra/pdf/document.h"
#include "programmes/guidance/letters/letter_layout.h"

#include <atomic>
#include <functional>

namespace azukari::guidance {

// Gives the next addressee, or false at the end. Called from one thread.
using Supply = std::function<Result<bool>(Addressee&)>;

struct PressSettings {
    // Where the category's file goes; asked once, at its first letter.
    std::function<pdf::Sink&(Category)> open;
    std::function<void(std::size_t letters)> progress = [](std::size_t) {}; // after each small batch
    const std::atomic<bool>* cancelled = nullptr;
    unsigned threads = 1;
    Instant made{}; // for the files' metadata; 0: not said
};

struct HeldBack { // not printed; keeps the number, which is then missing from the run
    std::size_t line;
    Category category;
    std::uint32_t serial;
    std::string reason;
};

struct Composition {
    struct Count {
        std::size_t letters = 0, pages = 0;
        std::uint64_t bytes = 0;
    };
    std::array<Count, kCategories.size()> counts;
    std::vector<HeldBack> held_back;

    const Count& of(Category category) const { return counts[static_cast<std::size_t>(category)]; }
    std::size_t letters() const;
    std::size_t pages() const;
};

// Refuses a form that cannot be set whole, what the supply refuses, and kCancelled; then the files
// are not whole and must not be used.
Result<Composition> compose(const pdf::FontBook& fonts, const LetterLayout& layout, const Supply& supply,
                            const PressSettings& settings);

} // namespace azukari::guidance
