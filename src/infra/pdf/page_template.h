// The first page of a PDF made elsewhere (a ward's own form), to lie under what we print. It is
// taken apart once, into objects that any of our papers can take in; a paper writes them once,
// however many pages lie on them.
#pragma once

#include "base/result.h"
#include "infra/pdf/canvas.h"

#include <string>
#include <string_view>
#include <vector>

namespace azukari::pdf {

class PageTemplate {
public:
    // Refuses (pdf_refusals.h) what is no whole PDF, is encrypted, has no page or one of another
    // size, and whatever would look or act differently elsewhere: scripts, references to the
    // outside, annotations, layers, fonts that are not embedded.
    static Result<PageTemplate> read(const std::string& path, PageSize size = PageSize::a4());
    // `name` is what refusals call it.
    static Result<PageTemplate> parse(std::string_view bytes, const std::string& name, PageSize size = PageSize::a4());

    // An object's text, with places where the number of another object goes.
    struct Piece {
        std::string text;
        std::size_t object = kNone; // an index into objects(), whose reference follows the text
    };
    struct Object {
        std::vector<Piece> pieces; // of a stream: what stands in its dictionary, without /Length
        bool is_stream = false;
        std::string bytes; // of a stream, as its /Filter says
    };
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    // The first is the page as a form XObject.
    const std::vector<Object>& objects() const { return objects_; }

private:
    std::vector<Object> objects_;
};

} // namespace azukari::pdf
