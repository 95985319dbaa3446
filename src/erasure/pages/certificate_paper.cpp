#include "erasure/pages/certificate_paper.h"

#include "erasure/erasure_refusals.h"
#include "infra/pdf/paper.h"
#include "infra/seal/digest.h"
#include "ledger/note/paper.h"

#include <fmt/ranges.h>

namespace azukari::erasure::pages {
namespace {

constexpr double kBody = 10.5; // points
constexpr double kSmall = 9;
constexpr std::string_view kTitle = "消去証明書";

// The signed text as lines of key and rest.
class Said {
public:
    explicit Said(std::string_view text)
    {
        while (!text.empty()) {
            const auto end = text.find('\n');
            const auto line = text.substr(0, end);
            const auto space = line.find(' ');
            if (space != std::string_view::npos) lines_.emplace_back(line.substr(0, space), line.substr(space + 1));
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        }
    }
    std::string_view one(std::string_view key) const
    {
        for (const auto& [name, rest] : lines_)
            if (name == key) return rest;
        return "-";
    }
    std::vector<std::string_view> all(std::string_view key) const
    {
        std::vector<std::string_view> found;
        for (const auto& [name, rest] : lines_)
            if (name == key) found.push_back(rest);
        return found;
    }

private:
    std::vector<std::pair<std::string_view, std::string_view>> lines_;
};

// Cuts the first word off.
std::string_view take_word(std::string_view& rest)
{
    const auto space = rest.find(' ');
    const auto word = rest.substr(0, space);
    rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
    return word;
}

// "2026-06-01T10:00:00+09:00" as "2026年6月1日 10:00".
std::string at_in_japanese(std::string_view iso)
{
    const auto day = CivilDate::parse(iso.substr(0, 10));
    if (!day || iso.size() < 16) return std::string(iso);
    return fmt::format("{} {}", to_era(*day), iso.substr(11, 5));
}

std::string person(std::string_view said)
{
    const auto at = take_word(said);
    take_word(said);
    return fmt::format("{}　{}", said, at_in_japanese(at));
}

std::string_view target_in_japanese(std::string_view code)
{
    for (const auto kind : {TargetKind::person, TargetKind::batch, TargetKind::everyone, TargetKind::entrustment})
        if (code_of(kind) == code) return japanese(kind);
    return code;
}

std::string clause_in_japanese(std::string_view clause)
{
    const auto catalogue = take_word(clause);
    if (clause.empty()) return "―";
    return fmt::format("特記事項（{}）第{}項", catalogue == "toku31" ? "31項目" : "21項目", clause);
}

// A digest, so that it stands within its cell.
std::string in_two_lines(std::string_view digest)
{
    return fmt::format("{}\n{}", digest.substr(0, digest.size() / 2), digest.substr(digest.size() / 2));
}

// What lies in a table, for people; a table nobody has named here goes by its own name.
std::string_view in_words(std::string_view table)
{
    constexpr std::pair<std::string_view, std::string_view> kWords[] = {{"guidance_recipient", "通知の対象者"},
                                                                        {"guidance_difference", "保健指導区分の相違"},
                                                                        {"vault_person", "登録した方"},
                                                                        {"vault_record", "記録"},
                                                                        {"vault_version", "記録の各版"},
                                                                        {"vault_reveal", "開いた控え"},
                                                                        {"vault_consent", "同意"},
                                                                        {"vault_consent_withdrawal", "同意の撤回"},
                                                                        {"vault_merge", "登録の統合"}};
    for (const auto& [name, words] : kWords)
        if (name == table) return words;
    return table;
}

class Writer {
public:
    Writer(const CertificatePaper& paper, pdf::Paper& out) : paper_(paper), said_(paper.text), out_(out) {}

    void write()
    {
        const bool confirmed = said_.one("stage") == code_of(Stage::confirmed);
        out_.paragraph(at_in_japanese(said_.one("issued")), {.size = kBody, .align = pdf::Align::right});
        out_.paragraph(fmt::format("{}長　あて", said_.one("ward")), {.size = 12, .space_after = 3});
        out_.paragraph(fmt::format("受託者　{}", said_.one("contractor")),
                       {.size = kBody, .indent = out_.text_width() * 0.5});
        out_.paragraph(pdf::Runs::bold(fmt::format("{}（{}）", kTitle, confirmed ? "確定" : "実施")),
                       {.size = 16, .align = pdf::Align::centre, .space_before = 7, .space_after = 5});
        out_.paragraph("　次のとおり個人情報を消去したことを証明します。", {.size = kBody, .space_after = 3});
        what();
        how();
        out_.new_page();
        course();
        outside();
        limits();
        proof();
    }

private:
    using Rows = std::vector<pdf::TableRow>;
    static void add(Rows& rows, std::string label, std::string value)
    {
        rows.push_back({{std::move(label), pdf::Align::left, true}, {std::move(value)}});
    }
    void table(std::string_view heading, Rows rows)
    {
        out_.heading(std::string(heading), 11.5);
        out_.table({.columns = {42, 0}, .rows = std::move(rows), .size = kSmall + 0.5});
        out_.space(2.5);
    }
    static std::string counted(std::string_view said, std::string_view unit)
    {
        const auto number = take_word(said);
        return fmt::format("{} {}\n指紋（SHA-256）\n{}", number, unit, in_two_lines(said));
    }

    void what()
    {
        Rows rows;
        auto entrustment = said_.one("entrustment");
        take_word(entrustment);
        add(rows, "委託", std::string(entrustment));
        add(rows, "根拠", clause_in_japanese(said_.one("clause")));
        auto target = said_.one("target");
        const auto kind = take_word(target);
        add(rows, "対象", fmt::format("{}\n番号 {}", target_in_japanese(kind), target));
        const auto cause = cause_of(said_.one("cause"));
        add(rows, "理由", std::string(cause ? japanese(*cause) : std::string_view("―")));
        add(rows, "対象者", counted(said_.one("persons"), "人"));
        std::string kinds;
        for (auto each : said_.all("rows")) {
            const auto place = take_word(each);
            if (each == "0") continue; // nothing of that kind was held
            kinds += fmt::format("{}{} {} 件", kinds.empty() ? "" : "\n", in_words(place), each);
        }
        add(rows, "記録の種類と件数", kinds.empty() ? "―" : kinds);
        const bool whole = said_.one("outcome") == code_of(Outcome::complete);
        add(rows, "結果", whole ? "完了" : "条件付完了（理由は「4 外に残っているもの」のとおり）");
        table("1 消去したもの", std::move(rows));
    }
    void how()
    {
        Rows rows;
        add(rows, "方法", "鍵の破棄による暗号化消去、記録・索引の削除、保管ファイルの上書き");
        add(rows, "暗号の方式", std::string(said_.one("algorithm")));
        add(rows, "破棄した鍵", counted(said_.one("keys"), "個"));
        add(rows, "用いた道具", std::string(said_.one("tool")));
        auto trial = said_.one("trial");
        add(rows, "復号の試行",
            fmt::format("消去の前に封をした試験の値 {} 個のうち、消去の後に開けたもの 0 個", take_word(trial)));
        table("2 消去の方法と確認", std::move(rows));
    }
    void course()
    {
        Rows rows;
        add(rows, "計画した者", person(said_.one("planned")));
        for (const auto each : said_.all("agreed")) add(rows, "確認・承認した者", person(each));
        add(rows, "実施した者", person(said_.one("operator")));
        add(rows, "確かめた者", person(said_.one("verifier")));
        for (auto each : said_.all("step")) {
            const auto code = take_word(each);
            const auto at = take_word(each);
            if (code == "keys")
                add(rows, "鍵を破棄した日時", fmt::format("{}　記録台帳 {}番", at_in_japanese(at), take_word(each)));
        }
        table("3 経過", std::move(rows));
    }
    void outside()
    {
        Rows rows;
        add(rows, "戻っていない写し", fmt::format("{} 件", said_.all("copy").size()));
        for (auto each : said_.all("copy")) {
            const auto id = take_word(each), kind = take_word(each);
            add(rows, fmt::format("写し（{}）", kind), fmt::format("{}\n{}", id, at_in_japanese(each)));
        }
        add(rows, "消去の前の鍵の控え", fmt::format("{} 件", said_.all("backup").size()));
        for (auto each : said_.all("backup")) {
            const auto id = take_word(each), made = take_word(each);
            add(rows, "鍵の控え", fmt::format("{}\n{}作成、{}まで", id, at_in_japanese(made), at_in_japanese(each)));
        }
        table("4 外に残っているもの", std::move(rows));
    }
    void limits()
    {
        out_.paragraph(
            "この証明書は、上の委託のシステムが保管していた情報が、鍵の破棄によりだれにも読めなくなったことを示します。"
            "システムの外で複写されたもののうち、複製台帳に記録されていないものについては示しません。"
            "暗号化されたままの記録は、記憶装置の使われなくなった領域に残ることがありますが、鍵がないため読めません。",
            {.size = 8.5, .space_after = 3});
    }
    void proof()
    {
        Rows rows;
        add(rows, "記録台帳",
            fmt::format("{}\n{}番の記録（全{}件のうち）", paper_.checkpoint.origin, paper_.seq,
                        paper_.checkpoint.size));
        add(rows, "ルート（SHA-256）", base64(paper_.checkpoint.root));
        add(rows, "紙の控え", ledger::note::to_paper(paper_.checkpoint));
        add(rows, "証明書の指紋\n(SHA-256)", in_two_lines(paper_.digest));
        add(rows, "区の確認",
            paper_.acknowledged_at ? to_japanese(*paper_.acknowledged_at) : "　　　年　　月　　日　　確認者");
        table("5 証拠", std::move(rows));
        out_.paragraph("検証用ファイルを azukari-verify certificate "
                       "で調べると、受託者のシステムにつながずに、この証明書を確かめられます。",
                       {.size = 8.5});
    }

    const CertificatePaper& paper_;
    Said said_;
    pdf::Paper& out_;
};

} // namespace

Result<CertificatePaper> paper_of(const storage::Snapshot& snapshot, const ledger::Publisher& publisher,
                                  const Erasure& erasure, Stage stage)
{
    const auto* certificate = erasure.find(stage);
    const auto note = certificate ? ledger::note::SignedNote::parse(certificate->note) : std::nullopt;
    if (!note) return refuse(kNoCertificate);
    const auto receipt = publisher.receipt(snapshot, certificate->seq);
    const auto parsed = receipt ? ledger::note::Receipt::parse(*receipt) : std::nullopt;
    if (!parsed) return refuse(kNotYetProved);
    return CertificatePaper{note->text,
                            hex(seal::sha256(as_bytes(note->text))),
                            certificate->issued_at,
                            certificate->seq,
                            parsed->checkpoint,
                            erasure.acknowledged_at};
}

Result<void> write_certificate(const CertificatePaper& paper, pdf::Sink& sink, const pdf::FontBook& fonts)
{
    pdf::Paper out(sink, fonts, {.title = std::string(kTitle), .author = "azukari", .made = paper.issued},
                   {.header = std::string(kTitle)});
    Writer(paper, out).write();
    out.finish();
    if (!out.missing().empty()) return refuse(kUnprintable, fmt::format("{}", fmt::join(out.missing(), " ")));
    return {};
}

} // namespace azukari::erasure::pages
