// 消去証明書 from anywhere: whatever is in the file, it is judged or refused, and a judgement says why.
#include "verify/form/certificate.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari::verify;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto says = CertificateText::parse(text))
        if (spoken(*says).empty()) std::abort();
    if (const auto file = CertificateFile::parse(text)) {
        const auto verdict = verify_certificate(*file, {});
        if (verdict.finding && (verdict.finding->where.empty() || verdict.finding->what.empty())) std::abort();
    }
    return 0;
}
