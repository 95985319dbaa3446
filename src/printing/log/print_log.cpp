#include "printing/log/print_log.h"

#include "infra/seal/digest.h"

#include <fmt/format.h>

namespace azukari::printing {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kHeader[] = {
    "番号",       "印刷元コンピュータ名",   "印刷日時",   "印刷ファイル名", "印刷先プリンタ名",
    "印刷枚数",   "プリンターが数えた枚数", "申請者",     "印刷者",         "承認者",
    "印刷の目的", "指定枚数以上の理由",     "紙の行き先", "記録台帳の指紋"};

// =, +, - and @ begin a formula, and so does what follows a tab or a line's end.
std::string cell(std::string_view text)
{
    std::string quoted = "\"";
    if (!text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos) quoted += '\'';
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string ymd(CivilDate day)
{
    return fmt::format("{:04}{:02}{:02}", day.year(), day.month(), day.day());
}

} // namespace

std::int64_t PrintLog::sheets() const
{
    std::int64_t sum = 0;
    for (const auto& line : lines) sum += line.sheets;
    return sum;
}

std::string to_csv(const PrintLog& log)
{
    std::string csv(kByteOrderMark);
    const auto row = [&](auto&& cells) {
        bool first = true;
        for (const auto& each : cells) {
            if (!first) csv += ',';
            first = false;
            csv += cell(each);
        }
        csv += "\r\n";
    };
    row(kHeader);
    for (const auto& line : log.lines)
        row(std::initializer_list<std::string>{
            std::to_string(line.number), line.computer, to_iso(line.printed_at), line.file, line.printer,
            std::to_string(line.sheets), line.reported > 0 ? std::to_string(line.reported) : "", line.asked_by,
            line.sent_by, line.agreed_by, line.purpose, line.over_reason, line.ending, line.digest});
    return csv;
}

std::string digest_of(const PrintLog& log)
{
    return hex(seal::sha256(as_bytes(to_csv(log))));
}

std::string file_name_of(const PrintLog& log, std::string_view ending)
{
    return fmt::format("印刷ログ_{}-{}.{}", ymd(log.from), ymd(log.to), ending);
}

} // namespace azukari::printing
