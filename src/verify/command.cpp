#include "verify/command.h"

#include "verify/bundle.h"
#include "verify/form/certificate.h"
#include "verify/form/paper.h"
#include "verify/witness.h"
#include "verify/witness_listener.h"

#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>
#include <unistd.h>

namespace azukari::verify {
namespace {

constexpr std::string_view kHelp = R"(azukari-verify — 記録台帳を、受託者のシステムによらずに確かめます

使いかた
  azukari-verify bundle 一式.zip|フォルダー [--vkey 鍵] [--witness 鍵]… [--old 控え]… [--paper 控え]…
      証拠一式のすべての記録を計算し直し、署名・連署・順序・時刻を確かめます。
      --old   以前のチェックポイント（ファイル）から書き換えられていないことも確かめます
      --paper 用紙の文字を写したファイルについて、同じことを確かめます
  azukari-verify checkpoint ファイル --vkey 鍵 [--witness 鍵]…
      チェックポイントの署名と連署を確かめます。
  azukari-verify inclusion 受領証.tlog-proof 記録 --vkey 鍵 [--witness 鍵]…
      受領証によって、その記録（1行のファイル）が台帳にあることを確かめます。
  azukari-verify consistency 前 後 --proof ファイル --vkey 鍵
      後のチェックポイントが、前のものに書き足しただけであることを確かめます。
      証明のファイルは、1行に1つの値です（連署の依頼ファイルも使えます）。
  azukari-verify certificate 消去証明書 [--vkey 鍵] [--witness 鍵]… [--earlier 実施の証明書]
      消去証明書の署名、台帳の記録との一致、消去の手順と結果を確かめます。
  azukari-verify witness --key ファイル --state ファイル --in 依頼 --out 連署
      連署の依頼を確かめ、前回の続きであるときだけ連署します。
  azukari-verify witness serve --listen アドレス:ポート --key ファイル --state ファイル
                               [--certificate ファイル --tls-key ファイル]
      受託者のシステムからの依頼 (POST /add-checkpoint) に、続きであるときだけ連署して答え続けます。
      区の側の機械で動かします。証明書を渡すと https で受け付けます。
  azukari-verify witness --state ファイル --trust 鍵
      連署する台帳の鍵を、証人の控えに加えます。
  azukari-verify witness --new-key 名称 --key ファイル
      証人の鍵を作り、受託者に渡す鍵（公開してよいもの）を表示します。
  azukari-verify --help

鍵は「名称+番号+値」の1行か、それを書いたファイルの名前で渡します。

終了コード
  0  確認できました    1  確認できません    2  使いかたの誤り    3  ファイルを読めません
)";

constexpr std::size_t kMostBytes = 1 << 20;

struct Asked {
    std::vector<std::string> files;
    std::map<std::string, std::vector<std::string>> options;

    const std::string* one(const std::string& name) const
    {
        const auto found = options.find(name);
        return found == options.end() ? nullptr : &found->second.front();
    }
    std::vector<std::string> all(const std::string& name) const
    {
        const auto found = options.find(name);
        return found == options.end() ? std::vector<std::string>() : found->second;
    }
};

std::optional<std::string> read_file(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::string whole(kMostBytes + 1, '\0');
    in.read(whole.data(), static_cast<std::streamsize>(whole.size()));
    whole.resize(static_cast<std::size_t>(in.gcount()));
    if (!in.eof() || whole.size() > kMostBytes) return std::nullopt;
    return whole;
}

std::string_view first_line(std::string_view text)
{
    text = text.substr(0, text.find('\n'));
    return text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
}

class Command {
public:
    Command(Asked asked, const PosixClock& now, std::ostream& out) : asked_(std::move(asked)), now_(now), out_(out) {}

    int bundle()
    {
        if (asked_.files.size() != 1) return wrong_use();
        Trust trust;
        if (asked_.one("--vkey") != nullptr && !key("--vkey", trust.log)) return code_;
        if (!witnesses(trust.witnesses)) return code_;
        const auto opened = open_bundle(asked_.files[0]);
        if (!opened.files) return unreadable(opened.problem);
        for (const auto& path : asked_.all("--old")) {
            Note note;
            Checkpoint checkpoint;
            if (!checkpoint_file(path, note, checkpoint)) return code_;
            trust.earlier.emplace_back(path, checkpoint);
        }
        for (const auto& path : asked_.all("--paper"))
            if (!paper(path, *opened.files, trust)) return code_;
        const auto verdict = verify_bundle(*opened.files, trust);
        if (verdict.checkpoint)
            out_ << "台帳: " << verdict.checkpoint->origin << "\n件数: " << verdict.checkpoint->size << "\n";
        for (const auto& sentence : verdict.confirmed) out_ << "  ・" << sentence << "\n";
        for (const auto& sentence : verdict.warnings) out_ << "  注意: " << sentence << "\n";
        return verdict.holds() ? verified() : not_verified(*verdict.finding);
    }

    int checkpoint()
    {
        std::optional<Key> log;
        std::vector<Key> keys;
        Note note;
        Checkpoint found;
        if (asked_.files.size() != 1 || asked_.one("--vkey") == nullptr) return wrong_use();
        if (!key("--vkey", log) || !witnesses(keys) || !checkpoint_file(asked_.files[0], note, found)) return code_;
        if (!signatures(asked_.files[0], note, found, *log, keys)) return code_;
        out_ << "台帳: " << found.origin << "\n件数: " << found.size << "\n";
        return verified();
    }

    int inclusion()
    {
        std::optional<Key> log;
        std::vector<Key> keys;
        if (asked_.files.size() != 2 || asked_.one("--vkey") == nullptr) return wrong_use();
        if (!key("--vkey", log) || !witnesses(keys)) return code_;
        const auto text = read_file(asked_.files[0]), entry = read_file(asked_.files[1]);
        if (!text) return unreadable("受領証を読めません: " + asked_.files[0]);
        if (!entry) return unreadable("記録を読めません: " + asked_.files[1]);
        const auto receipt = Receipt::parse(*text);
        if (!receipt) return not_verified({asked_.files[0], "受領証の形が正しくありません。"});
        if (!signatures(asked_.files[0], receipt->note, receipt->checkpoint, *log, keys)) return code_;
        const auto leaf = leaf_hash(first_line(*entry));
        const auto root = root_of_path(leaf, receipt->index, receipt->checkpoint.size, receipt->path);
        if (root != receipt->checkpoint.root)
            return not_verified({asked_.files[1], "この記録は、受領証のものではないか、書き換えられています。"});
        out_ << "  ・台帳 " << receipt->checkpoint.origin << " の " << receipt->index << "番の記録です。\n";
        return verified();
    }

    int consistency()
    {
        std::optional<Key> log;
        Note old_note, note;
        Checkpoint before, after;
        if (asked_.files.size() != 2 || asked_.one("--vkey") == nullptr || asked_.one("--proof") == nullptr)
            return wrong_use();
        if (!key("--vkey", log) || !checkpoint_file(asked_.files[0], old_note, before) ||
            !checkpoint_file(asked_.files[1], note, after) ||
            !signatures(asked_.files[0], old_note, before, *log, {}) ||
            !signatures(asked_.files[1], note, after, *log, {}))
            return code_;
        auto text = read_file(*asked_.one("--proof"));
        if (!text) return unreadable("証明を読めません: " + *asked_.one("--proof"));
        *text += "\n\n";
        std::string_view rest = *text;
        if (rest.starts_with("old ")) (void)take_line(rest);
        const auto proof = take_hashes(rest);
        if (!proof || !is_consistent(before.size, before.root, after.size, after.root, *proof))
            return not_verified({asked_.files[1], "前のチェックポイントの続きであることを確かめられません。"});
        out_ << "  ・" << before.size << "件から " << after.size << "件まで、書き足されただけです。\n";
        return verified();
    }

    int certificate()
    {
        if (asked_.files.size() != 1) return wrong_use();
        CertificateTrust trust;
        if (asked_.one("--vkey") != nullptr && !key("--vkey", trust.log)) return code_;
        if (!witnesses(trust.witnesses)) return code_;
        std::optional<CertificateFile> file, earlier;
        if (!certificate_file(asked_.files[0], file)) return code_;
        if (const auto* path = asked_.one("--earlier")) {
            if (!certificate_file(*path, earlier)) return code_;
            trust.earlier = &*earlier;
        }
        const auto verdict = verify_certificate(*file, trust);
        if (verdict.finding) return not_verified(*verdict.finding);
        for (const auto& line : spoken(file->says)) out_ << line << "\n";
        for (const auto& sentence : verdict.confirmed) out_ << "  ・" << sentence << "\n";
        for (const auto& sentence : verdict.warnings) out_ << "  注意: " << sentence << "\n";
        return verified();
    }

    int witness()
    {
        if (asked_.files == std::vector<std::string>{"serve"}) return serve();
        if (!asked_.files.empty() || asked_.one("--listen") != nullptr) return wrong_use();
        if (asked_.one("--new-key") != nullptr) return new_key();
        if (asked_.one("--trust") != nullptr) return trust_log();
        for (const auto* needed : {"--key", "--state", "--in", "--out"})
            if (asked_.one(needed) == nullptr) return wrong_use();
        const auto key = secret_key();
        if (!key) return code_;
        const auto request = read_file(*asked_.one("--in"));
        if (!request) return unreadable("連署の依頼を読めません: " + *asked_.one("--in"));
        const auto answer = add_checkpoint(*key, *asked_.one("--state"), *request, now_());
        if (answer.type == kSizeType)
            return not_verified({*asked_.one("--in"), "前回連署した件数（" + std::string(first_line(answer.body)) +
                                                          "件）からの依頼ではありません。依頼を作り直してください。"});
        if (answer.status != 200) return not_verified({*asked_.one("--in"), std::string(first_line(answer.body))});
        if (!write_file(*asked_.one("--out"), answer.body))
            return unreadable("連署を書き込めません: " + *asked_.one("--out"));
        const auto asked = WitnessRequest::parse(*request);
        out_ << "  ・" << asked->checkpoint.origin << " の " << asked->checkpoint.size << "件までに連署しました。\n";
        return verified();
    }

private:
    // Serves until it is told to stop by a signal.
    int serve()
    {
        for (const auto* needed : {"--listen", "--key", "--state"})
            if (asked_.one(needed) == nullptr) return wrong_use();
        if ((asked_.one("--certificate") == nullptr) != (asked_.one("--tls-key") == nullptr)) return wrong_use();
        const auto key = secret_key();
        if (!key) return code_;
        const auto endpoint = Endpoint::parse(*asked_.one("--listen"));
        if (!endpoint) return unreadable("--listen は 127.0.0.1:8700 の形で指定してください。");
        if (WitnessState state(*asked_.one("--state")); !state.problem().empty()) return unreadable(state.problem());
        WitnessListener listener({*endpoint, *key, *asked_.one("--state"),
                                  asked_.one("--certificate") != nullptr ? *asked_.one("--certificate") : "",
                                  asked_.one("--tls-key") != nullptr ? *asked_.one("--tls-key") : ""},
                                 now_, [this](const std::string& line) { out_ << line << std::endl; });
        if (!listener.problem().empty()) return unreadable(listener.problem());
        out_ << "連署の依頼を受け付けます: " << endpoint->address << ":" << listener.port()
             << "\n証人の鍵: " << key->verifier().text() << std::endl;
        listener.run();
        return kVerified;
    }

    std::optional<WitnessKey> secret_key()
    {
        const auto line = read_file(*asked_.one("--key"));
        auto key = line ? WitnessKey::parse(first_line(*line)) : std::nullopt;
        if (!key) code_ = unreadable("証人の鍵を読めません: " + *asked_.one("--key"));
        return key;
    }

    int new_key()
    {
        if (asked_.one("--key") == nullptr) return wrong_use();
        const WitnessKey key{*asked_.one("--new-key"), random_seed()};
        if (!Key::parse(key.verifier().text())) return unreadable("証人の名称に、空白や + は使えません。");
        if (!write_file(*asked_.one("--key"), key.text() + "\n"))
            return unreadable("鍵を書き込めません（同じ名前のファイルがあるときは作りません）: " +
                              *asked_.one("--key"));
        out_ << key.verifier().text() << "\n";
        return kVerified;
    }

    int trust_log()
    {
        std::optional<Key> log;
        if (asked_.one("--state") == nullptr) return wrong_use();
        if (!key("--trust", log)) return code_;
        WitnessState state(*asked_.one("--state"));
        if (!state.problem().empty()) return unreadable(state.problem());
        if (state.find(log->name) != nullptr) return unreadable("その名称の台帳は、もう控えにあります: " + log->name);
        state.logs.push_back({*log});
        if (!state.save()) return unreadable("控えに書き込めません: " + *asked_.one("--state"));
        out_ << "  ・" << log->name << " を、連署する台帳に加えました。\n";
        return kVerified;
    }

    // New files only: an old cosignature or key is never written over.
    static bool write_file(const std::string& path, std::string_view content)
    {
        const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file < 0) return false;
        const bool whole = write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size());
        const bool synced = fsync(file) == 0;
        return close(file) == 0 && whole && synced;
    }

    bool parse_key(const std::string& given, std::uint8_t type, std::optional<Key>& into)
    {
        into = Key::parse(given);
        if (!into)
            if (const auto text = read_file(given)) into = Key::parse(first_line(*text));
        if (into && into->type == type) return true;
        code_ = unreadable("鍵として読めません: " + given);
        return false;
    }
    bool key(const std::string& option, std::optional<Key>& into)
    {
        return parse_key(*asked_.one(option), kSigner, into);
    }
    bool witnesses(std::vector<Key>& into)
    {
        for (const auto& given : asked_.all("--witness")) {
            std::optional<Key> key;
            if (!parse_key(given, kCosigner, key)) return false;
            into.push_back(*key);
        }
        return true;
    }
    bool checkpoint_file(const std::string& path, Note& note, Checkpoint& checkpoint)
    {
        const auto text = read_file(path);
        const auto parsed = text ? Note::parse(*text) : std::nullopt;
        const auto found = parsed ? Checkpoint::parse(parsed->text) : std::nullopt;
        if (!text)
            code_ = unreadable("チェックポイントを読めません: " + path);
        else if (!found)
            code_ = not_verified({path, "チェックポイントの形が正しくありません。"});
        if (!found) return false;
        note = *parsed;
        checkpoint = *found;
        return true;
    }
    bool certificate_file(const std::string& path, std::optional<CertificateFile>& into)
    {
        const auto text = read_file(path);
        if (!text)
            code_ = unreadable("消去証明書を読めません: " + path);
        else if (into = CertificateFile::parse(*text); !into)
            code_ = not_verified({path, "消去証明書の形が正しくありません。書き換えられているか、別のファイルです。"});
        return into.has_value();
    }
    bool paper(const std::string& path, const Files& files, Trust& trust)
    {
        const auto copied = read_file(path);
        const auto content = files.read("checkpoint", kMostBytes);
        if (!copied || !content) {
            code_ = unreadable("用紙の写しを読めません: " + path);
            return false;
        }
        const auto reading = read_paper(std::string(first_line(*content)), *copied);
        if (reading.checkpoint)
            trust.earlier.emplace_back(path, *reading.checkpoint);
        else
            code_ = not_verified({path, reading.mistake});
        return reading.checkpoint.has_value();
    }
    bool signatures(const std::string& where, const Note& note, const Checkpoint& checkpoint, const Key& log,
                    const std::vector<Key>& keys)
    {
        if (checkpoint.origin != log.name || signed_by(note, log) != Signed::rightly) {
            code_ = not_verified({where, "この鍵の台帳の、正しい署名がありません。"});
            return false;
        }
        out_ << "  ・台帳の署名は正しいものです。\n";
        for (const auto& key : keys) {
            if (cosigned_by(note, key).how != Signed::rightly) {
                code_ = not_verified({where, "正しい連署がありません: " + key.name});
                return false;
            }
            out_ << "  ・連署は正しいものです: " << key.name << "\n";
        }
        return true;
    }

    int verified()
    {
        out_ << "確認できました。\n";
        return kVerified;
    }
    int not_verified(const Finding& finding)
    {
        out_ << "確認できません。\n  どこ: " << finding.where << "\n  何が: " << finding.what << "\n";
        return kNotVerified;
    }
    int unreadable(const std::string& problem)
    {
        out_ << problem << "\n";
        return kUnreadable;
    }
    int wrong_use()
    {
        out_ << "使いかたが違います。azukari-verify --help をご覧ください。\n";
        return kWrongUse;
    }

    Asked asked_;
    const PosixClock& now_;
    std::ostream& out_;
    int code_ = kVerified;
};

} // namespace

int run(const std::vector<std::string>& arguments, const PosixClock& now, std::ostream& out)
{
    if (arguments.size() == 1 && (arguments[0] == "--help" || arguments[0] == "-h")) {
        out << kHelp;
        return kVerified;
    }
    const std::map<std::string, std::pair<int (Command::*)(), std::vector<std::string>>> commands = {
        {"bundle", {&Command::bundle, {"--vkey", "--witness", "--old", "--paper"}}},
        {"checkpoint", {&Command::checkpoint, {"--vkey", "--witness"}}},
        {"inclusion", {&Command::inclusion, {"--vkey", "--witness"}}},
        {"certificate", {&Command::certificate, {"--vkey", "--witness", "--earlier"}}},
        {"consistency", {&Command::consistency, {"--vkey", "--proof"}}},
        {"witness",
         {&Command::witness,
          {"--key", "--state", "--in", "--out", "--trust", "--new-key", "--listen", "--certificate", "--tls-key"}}}};
    const auto command = arguments.empty() ? commands.end() : commands.find(arguments[0]);
    bool good = command != commands.end();
    Asked asked;
    for (std::size_t i = 1; good && i < arguments.size(); ++i) {
        if (!arguments[i].starts_with("--")) {
            asked.files.push_back(arguments[i]);
            continue;
        }
        const auto& known = command->second.second;
        good = std::find(known.begin(), known.end(), arguments[i]) != known.end() && i + 1 < arguments.size();
        if (good) asked.options[arguments[i]].push_back(arguments[i + 1]), ++i;
    }
    if (!good) {
        out << "使いかたが違います。azukari-verify --help をご覧ください。\n";
        return kWrongUse;
    }
    return (Command(std::move(asked), now, out).*command->second.first)();
}

} // namespace azukari::verify
