// Whatever the bytes, the reader refuses them, or a paper that lies on them is itself without
// anything that would be refused.
#include "infra/pdf/document.h"

#include "base/check.h"

using namespace azukari::pdf;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const FontBook fonts;
    const auto page = PageTemplate::parse({reinterpret_cast<const char*>(data), size}, "form.pdf");
    if (!page) return 0;
    for (const auto& object : page->objects())
        for (const auto& piece : object.pieces)
            AZK_CHECK(piece.object == PageTemplate::kNone || piece.object < page->objects().size());
    TextSink sink;
    Document paper(sink, fonts, {.title = "見本"});
    Canvas form(paper.shaper());
    const auto ground = paper.add_form(form, &*page);
    Canvas canvas(paper.shaper());
    canvas.form(ground);
    paper.add_page(canvas);
    paper.finish();
    AZK_CHECK(PageTemplate::parse(sink.bytes(), "paper.pdf").has_value());
    return 0;
}
