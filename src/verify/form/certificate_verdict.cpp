#include "verify/form/certificate.h"

#include "verify/form/entry.h"
#include "verify/tree.h"

#include <algorithm>
#include <map>

namespace azukari::verify {
namespace {

std::string hex(const Hash& hash)
{
    std::string text;
    for (const auto byte : hash) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

// A canonical entry has each member once and nothing that needs escaping, so this text is in it exactly when the member
// has that value.
bool says_entry(const std::string& entry, std::string_view member, std::string_view value)
{
    return entry.find("\"" + std::string(member) + "\":\"" + std::string(value) + "\"") != std::string::npos;
}

std::string_view japanese(std::string_view code)
{
    static const std::map<std::string_view, std::string_view> words = {{"carried_out", "第一段（実施）"},
                                                                       {"confirmed", "第二段（確定）"},
                                                                       {"complete", "完了"},
                                                                       {"conditional", "条件付完了"},
                                                                       {"person", "1人分"},
                                                                       {"batch", "一回分のデータ"},
                                                                       {"everyone", "全員分（委託は続く）"},
                                                                       {"entrustment", "委託の全部"},
                                                                       {"no_longer_needed", "不要になったため"},
                                                                       {"period_over", "保存期間が満了したため"},
                                                                       {"work_finished", "業務が終了したため"},
                                                                       {"contract_ended", "契約が解除されたため"},
                                                                       {"begun", "消去の開始を記録"},
                                                                       {"keys", "鍵の破棄"},
                                                                       {"rows", "記録の削除"},
                                                                       {"elsewhere", "索引・ファイルの削除"},
                                                                       {"scrubbed", "跡の上書き"},
                                                                       {"checked", "別の人による確認"}};
    const auto found = words.find(code);
    return found == words.end() ? code : found->second;
}

class Judge {
public:
    Judge(const CertificateFile& file, const CertificateTrust& trust) : file_(file), says_(file.says), trust_(trust) {}

    CertificateVerdict run()
    {
        (void)(keys() && note() && entry() && proof() && content() && earlier());
        return std::move(verdict_);
    }

private:
    bool fail(std::string where, std::string what)
    {
        verdict_.finding = Finding{std::move(where), std::move(what)};
        return false;
    }

    bool keys()
    {
        const auto own = Key::parse(says_.key);
        if (!own || own->type != kSigner || own->name != says_.ledger)
            return fail("証明書の本文", "台帳の鍵の形が正しくありません。");
        if (trust_.log && *trust_.log != *own) return fail("証明書の本文", "控えの鍵と、証明書の鍵が違います。");
        if (!trust_.log)
            verdict_.warnings.push_back("鍵は、証明書に書かれているもの（" + says_.key +
                                        "）を使いました。紙で受け取った控えと同じか、必ず見比べてください。");
        log_ = *own;
        if (says_.witness != "none") {
            const auto witness = Key::parse(says_.witness);
            if (!witness || witness->type != kCosigner)
                return fail("証明書の本文", "区の連署の鍵の形が正しくありません。");
            if (!trust_.witnesses.empty() &&
                std::find(trust_.witnesses.begin(), trust_.witnesses.end(), *witness) == trust_.witnesses.end())
                return fail("証明書の本文", "控えにない連署の鍵が書かれています。");
            witnesses_.push_back(*witness);
        } else if (!trust_.witnesses.empty()) {
            return fail("証明書の本文", "区の連署の鍵が書かれていません。");
        }
        return true;
    }

    bool note()
    {
        if (file_.note.signatures.size() != 1 || signed_by(file_.note, log_) != Signed::rightly)
            return fail("証明書の署名", "台帳の署名が正しくありません。本文が書き換えられています。");
        verdict_.confirmed.push_back("証明書の本文は、台帳 " + log_.name + " が署名したとおりです。");
        return true;
    }

    bool entry()
    {
        EntryFacts facts;
        if (const auto flaw = flaw_of_entry(file_.entry, facts)) return fail("台帳の記録", *flaw);
        const bool about = file_.entry.starts_with("{\"act\":\"erasure.certified\",") &&
                           says_entry(file_.entry, "object", says_.erasure) &&
                           says_entry(file_.entry, "entrustment", says_.entrustment) &&
                           says_entry(file_.entry, "certificate", hex(sha256(file_.note.text))) &&
                           says_entry(file_.entry, "stage", says_.stage) &&
                           says_entry(file_.entry, "outcome", says_.outcome);
        if (!about) return fail("台帳の記録", "この証明書についての記録ではありません。");
        if (facts.seq != file_.receipt.index) return fail("受領証", "台帳の記録と番号が違います。");
        verdict_.confirmed.push_back("台帳の " + std::to_string(facts.seq) +
                                     "番の記録に、この証明書の指紋があります。");
        return true;
    }

    bool proof()
    {
        const auto& receipt = file_.receipt;
        const auto root = root_of_path(leaf_hash(file_.entry), receipt.index, receipt.checkpoint.size, receipt.path);
        if (root != receipt.checkpoint.root) return fail("受領証", "記録が台帳にあることを確かめられません。");
        if (receipt.checkpoint.origin != log_.name || signed_by(receipt.note, log_) != Signed::rightly)
            return fail("受領証", "チェックポイントに、台帳の正しい署名がありません。");
        bool witnessed = false;
        for (const auto& signature : receipt.note.signatures) {
            bool known = signature.is_by(log_);
            for (const auto& key : witnesses_) known = known || signature.is_by(key);
            if (!known) return fail("受領証", "取決めにない署名が付いています（" + signature.name + "）。");
        }
        for (const auto& key : witnesses_) {
            const auto how = cosigned_by(receipt.note, key).how;
            if (how == Signed::wrongly) return fail("受領証", "区の連署が正しくありません（" + key.name + "）。");
            witnessed = witnessed || how == Signed::rightly;
        }
        verdict_.confirmed.push_back("その記録は、台帳の " + std::to_string(receipt.checkpoint.size) +
                                     "件のチェックポイントに含まれています。");
        if (witnessed)
            verdict_.confirmed.push_back("チェックポイントには区の連署があります。");
        else
            verdict_.warnings.push_back("このチェックポイントに区の連署はありません。受託者だけの署名です。");
        return true;
    }

    // What a certificate may not say, whoever signed it.
    bool content()
    {
        if (says_.steps.size() != 6) return fail("証明書の本文", "消去の段階に抜けがあります。");
        for (std::size_t i = 1; i < says_.steps.size(); ++i)
            if (says_.steps[i].at < says_.steps[i - 1].at || says_.steps[i].entry <= says_.steps[i - 1].entry)
                return fail("証明書の本文", "消去の段階の順序が正しくありません。");
        if (says_.steps.back().entry >= file_.receipt.index || says_.steps.back().number != 0)
            return fail("証明書の本文", "確認の結果が正しくありません。");
        if (says_.keys > 0 && says_.steps[1].generation <= says_.steps[0].generation)
            return fail("証明書の本文", "鍵の保管庫が書き直されていません。鍵は破棄されていません。");
        if (says_.operated.staff == says_.verified.staff)
            return fail("証明書の本文", "消去を実施した人と確認した人が同じです。");
        std::vector<std::string> three{says_.planned.staff};
        for (const auto& person : says_.agreed) three.push_back(person.staff);
        std::sort(three.begin(), three.end());
        if (says_.agreed.size() < 2 || std::adjacent_find(three.begin(), three.end()) != three.end())
            return fail("証明書の本文", "計画・確認・承認をした人が、別々の三人ではありません。");
        const bool outside = !says_.copies.empty() || !says_.backups.empty();
        if ((says_.outcome == "complete") == outside || (says_.stage == "confirmed") != (says_.earlier != "none"))
            return fail("証明書の本文", "結果と、残っている写し・控えとが合いません。");
        if (says_.stage == "confirmed" && outside)
            return fail("証明書の本文", "写しや控えが残っているのに確定としています。");
        if (says_.keys > 0 && says_.probes == 0 && says_.persons > 0)
            return fail("証明書の本文", "破棄した鍵で開けないことが、試されていません。");
        verdict_.confirmed.push_back("計画・確認・承認は別々の三人、実施と確認は別々の二人が行っています。");
        verdict_.confirmed.push_back("消去の前に封をした試験の値 " + std::to_string(says_.probes) +
                                     "個は、消去の後、一つも開けませんでした。");
        return true;
    }

    bool earlier()
    {
        if (trust_.earlier == nullptr) return true;
        const auto& first = *trust_.earlier;
        CertificateTrust trust = trust_;
        trust.earlier = nullptr;
        if (const auto finding = Judge(first, trust).run().finding)
            return fail("実施の証明書: " + finding->where, finding->what);
        if (says_.earlier != hex(sha256(first.note.text)) || first.says.stage != "carried_out")
            return fail("証明書の本文", "示された実施の証明書についての確定ではありません。");
        verdict_.confirmed.push_back("示された実施の証明書についての確定です。");
        return true;
    }

    const CertificateFile& file_;
    const CertificateText& says_;
    const CertificateTrust& trust_;
    CertificateVerdict verdict_;
    Key log_;
    std::vector<Key> witnesses_;
};

// "toku21 12": which catalogue, and which of its clauses.
std::string clause_in_japanese(const std::string& clause)
{
    const auto space = clause.find(' ');
    const auto catalogue = clause.substr(0, space);
    if (space == std::string::npos || (catalogue != "toku21" && catalogue != "toku31")) return "-";
    return "特記事項（" + catalogue.substr(4) + "項目）第" + clause.substr(space + 1) + "項";
}

std::string told(const Person& person)
{
    return person.name + "（" + person.at + "）";
}

} // namespace

CertificateVerdict verify_certificate(const CertificateFile& file, const CertificateTrust& trust)
{
    return Judge(file, trust).run();
}

std::vector<std::string> spoken(const CertificateText& says)
{
    std::vector<std::string> lines;
    const auto add = [&](std::string_view label, std::string_view value) {
        lines.push_back(std::string(label) + ": " + std::string(value));
    };
    add("消去証明書", std::string(japanese(says.stage)) + " — " + std::string(japanese(says.outcome)));
    add("委託", says.entrustment_name);
    add("委託元", says.ward);
    add("受託者", says.contractor);
    add("根拠", clause_in_japanese(says.clause));
    add("対象", std::string(japanese(says.target)) + " " + says.object);
    add("理由", japanese(says.cause));
    add("人数・鍵の数", std::to_string(says.persons) + "人・" + std::to_string(says.keys) + "個");
    for (const auto& [place, number] : says.rows) add("記録 " + place, std::to_string(number) + "件");
    add("方法", "鍵の破棄による暗号化消去（XAES-256-GCM）と記録の削除、" + says.tool);
    add("計画", told(says.planned));
    for (const auto& person : says.agreed) add("承認", told(person));
    add("実施", told(says.operated));
    add("確認", told(says.verified));
    for (const auto& step : says.steps)
        add("段階 " + std::string(japanese(step.code)), step.at + " 台帳の " + std::to_string(step.entry) + "番");
    for (const auto& copy : says.copies) add("残っている写し", copy.what + " " + copy.id + "（" + copy.made + "）");
    for (const auto& backup : says.backups)
        add("残っている鍵の控え", backup.id + "（" + backup.made + " から " + backup.expires + " まで）");
    add("発行", says.issued);
    return lines;
}

} // namespace azukari::verify
