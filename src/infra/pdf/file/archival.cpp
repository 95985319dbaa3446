#include "infra/pdf/file/archival.h"

#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <initializer_list>
#include <utility>
#include <vector>

namespace azukari::pdf {

namespace {

std::string big_endian(std::uint32_t value)
{
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xFF);
    return bytes;
}

std::string fixed(std::initializer_list<double> numbers) // s15Fixed16Number
{
    std::string bytes;
    for (const double number : numbers)
        bytes += big_endian(static_cast<std::uint32_t>(static_cast<std::int32_t>(std::lround(number * 65536))));
    return bytes;
}

std::string tag(std::string_view type, const std::string& rest)
{
    return std::string(type) + std::string(4, '\0') + rest;
}

std::string words(std::string_view ascii) // multiLocalizedUnicodeType with one record
{
    std::string text;
    for (const char c : ascii) text += {'\0', c};
    return tag("mluc", big_endian(1) + big_endian(12) + "enUS" + big_endian(static_cast<std::uint32_t>(text.size())) +
                           big_endian(28) + text);
}

std::string xml_text(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        if (c == '&')
            escaped += "&amp;";
        else if (c == '<')
            escaped += "&lt;";
        else if (c == '>')
            escaped += "&gt;";
        else
            escaped += c;
    }
    return escaped;
}

} // namespace

std::string srgb_profile()
{
    // Primaries adapted to D50, and sRGB's own curve as a parametric one of type 3.
    const auto curve =
        tag("para", std::string("\0\3\0\0", 4) + fixed({2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045}));
    const std::vector<std::pair<std::string_view, std::string>> tags{
        {"desc", words("sRGB")},
        {"cprt", words("No copyright, use freely")},
        {"wtpt", tag("XYZ ", fixed({0.9642, 1.0, 0.8249}))},
        {"chad", tag("sf32", fixed({1.047882, 0.022918, -0.050217, 0.029587, 0.990479, -0.017059, -0.009232, 0.015076,
                                    0.751678}))},
        {"rXYZ", tag("XYZ ", fixed({0.436066, 0.222488, 0.013916}))},
        {"gXYZ", tag("XYZ ", fixed({0.385147, 0.716873, 0.097076}))},
        {"bXYZ", tag("XYZ ", fixed({0.143066, 0.060608, 0.714096}))},
        {"rTRC", curve},
        {"gTRC", curve},
        {"bTRC", curve}};
    constexpr std::size_t kHeader = 128;
    const std::size_t table = 4 + 12 * tags.size();
    std::string directory = big_endian(static_cast<std::uint32_t>(tags.size()));
    std::string data;
    for (const auto& [signature, bytes] : tags) {
        directory += signature;
        directory += big_endian(static_cast<std::uint32_t>(kHeader + table + data.size()));
        directory += big_endian(static_cast<std::uint32_t>(bytes.size()));
        data += bytes;
        while (data.size() % 4 != 0) data += '\0';
    }
    std::string header = big_endian(static_cast<std::uint32_t>(kHeader + table + data.size())) + big_endian(0);
    header += big_endian(0x04200000); // version 4.2
    header += "mntrRGB XYZ ";
    header += std::string("\x07\xD4\0\1\0\1\0\0\0\0\0\0", 12); // 2004-01-01
    header += "acsp" + std::string(28, '\0');
    header += fixed({0.9642, 1.0, 0.8249}); // D50, in which profiles are joined
    header.resize(kHeader, '\0');
    return header + directory + data;
}

std::string xmp_packet(std::string_view title, std::string_view author, std::string_view producer, Instant made)
{
    std::string more;
    if (!author.empty())
        more += fmt::format("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n", xml_text(author));
    if (made != Instant{})
        more += fmt::format("<xmp:CreateDate>{}+09:00</xmp:CreateDate>\n", to_iso(made).substr(0, 19));
    return fmt::format("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                       "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                       "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                       "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                       " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                       " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
                       "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n"
                       "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\n{}"
                       "<pdf:Producer>{}</pdf:Producer>\n"
                       "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>",
                       xml_text(title), more, xml_text(producer));
}

} // namespace azukari::pdf
