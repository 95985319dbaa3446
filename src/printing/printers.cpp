#include "printing/printers.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::printing {
namespace {

struct Words {
    std::string_view reason, japanese;
};
// printer-state-reasons of RFC 8011 5.4.12 and of CUPS, without their endings -error, -warning, -report.
constexpr Words kWords[] = {{"media-empty", "用紙がありません"},
                            {"media-needed", "用紙を入れてください"},
                            {"media-low", "用紙が残りわずかです"},
                            {"media-jam", "紙づまりです"},
                            {"toner-empty", "トナーがありません"},
                            {"toner-low", "トナーが残りわずかです"},
                            {"marker-supply-empty", "トナーまたはインクがありません"},
                            {"marker-supply-low", "トナーまたはインクが残りわずかです"},
                            {"cover-open", "カバーが開いています"},
                            {"door-open", "扉が開いています"},
                            {"input-tray-missing", "給紙トレイがありません"},
                            {"output-tray-missing", "排紙トレイがありません"},
                            {"output-area-full", "排紙トレイがいっぱいです"},
                            {"offline", "プリンターにつながりません"},
                            {"shutdown", "プリンターの電源が切れています"},
                            {"paused", "プリンターが一時停止されています"},
                            {"connecting-to-device", "プリンターにつないでいます"},
                            {"timed-out", "プリンターから返事がありません"},
                            {"stopped-partly", "プリンターの一部が止まっています"},
                            {"moving-to-paused", "プリンターが一時停止に移っています"}};

} // namespace

const Printer* find_printer(std::span<const Printer> printers, std::string_view name)
{
    const auto found =
        std::find_if(printers.begin(), printers.end(), [&](const auto& each) { return each.name == name; });
    return found == printers.end() ? nullptr : &*found;
}

std::string words_of_reason(std::string_view reason)
{
    auto bare = reason;
    for (const std::string_view ending : {"-error", "-warning", "-report"})
        if (bare.ends_with(ending)) bare.remove_suffix(ending.size());
    for (const auto& each : kWords)
        if (each.reason == bare) return std::string(each.japanese);
    return fmt::format("プリンターからの知らせ: {}", reason);
}

std::string trouble_of(const wire::PrinterReport& report)
{
    std::string words;
    const auto say = [&](const std::string& sentence) { words += (words.empty() ? "" : "、") + sentence; };
    for (const auto& reason : report.reasons)
        if (!reason.ends_with("-report") && !reason.starts_with("cups-")) say(words_of_reason(reason));
    if (report.state == wire::PrinterState::stopped && words.empty()) say("プリンターが止まっています");
    if (!report.accepting) say("プリンターが新しい印刷を受け付けていません");
    return words;
}

} // namespace azukari::printing
