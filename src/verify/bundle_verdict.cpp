#include "verify/bundle.h"

namespace azukari::verify {
namespace {

constexpr std::size_t kMaxFront = 64 * 1024;
constexpr std::uint64_t kWidth = 256;

std::string counted(std::uint64_t number)
{
    auto text = std::to_string(number);
    for (auto at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

class Judge {
public:
    Judge(const Files& files, const Trust& trust) : files_(files), trust_(trust) {}

    Verdict run()
    {
        (void)(keys() && checkpoints() && names() && entries() && lines());
        return std::move(verdict_);
    }

private:
    bool fail(std::string where, std::string what) { return fail(Finding{std::move(where), std::move(what)}); }
    bool fail(std::optional<Finding> finding)
    {
        verdict_.finding = std::move(finding);
        return false;
    }
    std::string front(const char* name)
    {
        expected_.insert(name);
        const auto content = files_.read(name, kMaxFront);
        return content ? *content : std::string();
    }

    // Whose signatures count: what the one who verifies brought, or else what the bundle says of itself.
    bool keys()
    {
        expected_.insert("README.txt");
        const auto vkey = front("log.vkey");
        const auto key = vkey.ends_with('\n') ? Key::parse(vkey.substr(0, vkey.size() - 1)) : std::nullopt;
        if (!key || key->type != kSigner) return fail("log.vkey", "台帳の鍵がないか、形が正しくありません。");
        if (trust_.log && *trust_.log != *key) return fail("log.vkey", "控えの鍵と、この一式の鍵が違います。");
        if (!trust_.log)
            verdict_.warnings.push_back("鍵は、この一式に入っているもの（" + vkey.substr(0, vkey.size() - 1) +
                                        "）を使いました。紙で受け取った控えと同じか、必ず見比べてください。");
        log_ = *key;
        return policy();
    }
    bool policy()
    {
        const auto text = front("policy");
        std::string_view rest = text;
        const auto bad = [&] { return fail("policy", "署名の取決め（policy）の形が正しくありません。"); };
        if (take_line(rest) != std::string_view("log " + log_.text())) return bad();
        auto line = take_line(rest);
        std::string quorum = "none";
        if (line && line->starts_with("witness ward ")) {
            const auto key = Key::parse(line->substr(13));
            if (!key || key->type != kCosigner) return bad();
            witnesses_.push_back(*key);
            quorum = "ward";
            line = take_line(rest);
        }
        if (!line || *line != "quorum " + quorum || !rest.empty()) return bad();
        if (trust_.witnesses.empty()) {
            if (!witnesses_.empty())
                verdict_.warnings.push_back("区の連署の鍵は、この一式に入っているものを使いました。");
        } else {
            for (const auto& key : witnesses_)
                if (std::find(trust_.witnesses.begin(), trust_.witnesses.end(), key) == trust_.witnesses.end())
                    return fail("policy", "控えにない連署の鍵が入っています。");
            witnesses_ = trust_.witnesses;
        }
        return true;
    }

    bool signed_checkpoint(const char* name, Checkpoint& into)
    {
        const auto note = Note::parse(front(name));
        const auto checkpoint = note ? Checkpoint::parse(note->text) : std::nullopt;
        if (!checkpoint) return fail(name, "チェックポイントがないか、形が正しくありません。");
        if (checkpoint->origin != log_.name) return fail(name, "別の台帳のチェックポイントです。");
        if (signed_by(*note, log_) != Signed::rightly) return fail(name, "台帳の署名が正しくありません。");
        for (const auto& signature : note->signatures) {
            bool known = signature.is_by(log_);
            for (const auto& key : witnesses_) known = known || signature.is_by(key);
            if (!known) return fail(name, "取決めにない署名が付いています（" + signature.name + "）。");
        }
        for (const auto& key : witnesses_) {
            const auto cosigned = cosigned_by(*note, key);
            if (cosigned.how == Signed::wrongly) return fail(name, "連署が正しくありません（" + key.name + "）。");
            if (cosigned.how == Signed::rightly) witnessed_ = std::max(witnessed_, checkpoint->size + 1);
        }
        into = *checkpoint;
        return true;
    }
    bool checkpoints()
    {
        Checkpoint now, witnessed;
        if (!signed_checkpoint("checkpoint", now)) return false;
        verdict_.checkpoint = now;
        earlier_ = trust_.earlier;
        for (const auto& [name, earlier] : earlier_)
            if (earlier.origin != log_.name) return fail(name, "控えは別の台帳のものです。");
        if (files_.names().contains("witnessed")) {
            if (!signed_checkpoint("witnessed", witnessed)) return false;
            if (witnessed.size >= now.size || witnessed_ != witnessed.size + 1)
                return fail("witnessed", "区が連署した、より前のチェックポイントではありません。");
            earlier_.emplace_back("witnessed", witnessed);
        }
        if (witnesses_.empty())
            verdict_.warnings.push_back("区の連署は設定されていません。受託者だけの署名です。");
        else if (witnessed_ == 0)
            verdict_.warnings.push_back("区の連署はまだ一度もありません。受託者だけの署名です。");
        else if (witnessed_ <= now.size)
            verdict_.warnings.push_back("区の連署があるのは " + counted(witnessed_ - 1) + "件目までです。その後の " +
                                        counted(now.size - witnessed_ + 1) + "件は受託者だけの署名です。");
        return true;
    }

    // Every file that must be there, and none besides. That one is missing is found where it is read.
    bool names()
    {
        const auto size = verdict_.checkpoint->size;
        std::uint64_t count = 0;
        for (unsigned level = 0; level < 8; ++level) count += ((size >> 8 * level) + kWidth - 1) / kWidth;
        count += (size + kWidth - 1) / kWidth + (size + kLinesInFile - 1) / kLinesInFile;
        for (const auto& name : files_.names()) {
            if (expected_.contains(name)) continue;
            if (!name.starts_with("tile/") && !name.starts_with("entries/"))
                return fail(name, "知らないファイルです。");
            if (count-- == 0) return fail(name, "ファイルの数が、記録の件数より多くなっています。");
        }
        return true;
    }

    bool entries()
    {
        EntryWalk walk(files_, *verdict_.checkpoint, earlier_);
        for (; !walk.at_end(); ++verdict_.entries)
            if (auto finding = walk.step()) return fail(std::move(finding));
        if (auto finding = walk.finish()) return fail(std::move(finding));
        verdict_.confirmed.push_back("記録 " + counted(verdict_.entries) +
                                     "件のすべてを計算し直し、署名されたチェックポイントと一致しました。");
        verdict_.confirmed.push_back("番号に抜けや重なりはなく、時刻は順に並んでいます。");
        for (const auto& [name, earlier] : earlier_)
            verdict_.confirmed.push_back(name + "（" + counted(earlier.size) +
                                         "件）の時点から、書き換えられていません。");
        if (witnessed_ > verdict_.entries) verdict_.confirmed.push_back("区の連署は、すべての記録に及んでいます。");
        return true;
    }

    bool lines()
    {
        for (std::uint64_t begin = 0; begin < verdict_.entries; begin += kLinesInFile) {
            auto name = std::to_string(begin / kLinesInFile);
            name = "entries/" + std::string(name.size() < 4 ? 4 - name.size() : 0, '0') + name + ".jsonl";
            LineWalk walk(files_, verdict_.entries, begin);
            std::optional<Finding> finding;
            const bool read = files_.each_piece(name, [&](std::string_view piece) {
                finding = walk.feed(piece);
                return !finding;
            });
            if (!read) return fail(name, "読むための写しがないか、壊れています。");
            if (!finding) finding = walk.finish();
            if (finding) return fail(std::move(finding));
        }
        verdict_.confirmed.push_back("読むための写しは、記録と一致しています。");
        return true;
    }

    const Files& files_;
    const Trust& trust_;
    Verdict verdict_;
    Key log_;
    std::vector<Key> witnesses_;
    std::uint64_t witnessed_ = 0; // size that was witnessed, plus one
    Remembered earlier_;
    std::set<std::string> expected_;
};

} // namespace

Verdict verify_bundle(const Files& files, const Trust& trust)
{
    return Judge(files, trust).run();
}

} // namespace azukari::verify
