#include "infra/pdf/matrix.h"

#include "base/fault.h"

#include <memory>
#include <qrencode.h>

namespace azukari::pdf {

Matrix qr_code(std::string_view bytes)
{
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
        QRcode_encodeData(static_cast<int>(bytes.size()), reinterpret_cast<const unsigned char*>(bytes.data()), 0,
                          QR_ECLEVEL_M),
        QRcode_free);
    if (!code) throw Fault("二次元コードに収まらない長さです");
    Matrix matrix{code->width, {}};
    const auto modules = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    matrix.dark.reserve(modules);
    for (std::size_t i = 0; i < modules; ++i) matrix.dark.push_back(code->data[i] & 1);
    return matrix;
}

} // namespace azukari::pdf
