#include "ledger/evidence/bundle.h"

#include "ledger/ledger_store.h"

#include <fmt/format.h>

namespace azukari::ledger::evidence {
namespace {

constexpr std::string_view kReadme = R"(記録台帳 証拠一式
================

この一式には、記録台帳のはじめから、checkpoint ファイルに書かれた件数までの
すべての記録が入っています。個人情報は入っていません（番号・件数・符号だけです）。

確かめかた
----------
1. 区のPCに azukari-verify を用意します（インターネット接続は要りません）。
2. 次のように実行します。ファイル名は受け取ったものに読み替えてください。

       azukari-verify bundle 証拠一式.zip --vkey 控えておいた鍵

   「控えておいた鍵」は、契約の際などに紙で受け取った log.vkey の1行です。
   この一式に入っている log.vkey と、紙の控えが同じであることを必ず確かめてください。
3. 区で連署した控え（チェックポイントのファイル、または用紙の文字）があるときは、
   その時点から書き換えられていないことも確かめられます。

       azukari-verify bundle 証拠一式.zip --vkey 鍵 --old 控えのファイル
       azukari-verify bundle 証拠一式.zip --vkey 鍵 --paper 用紙の文字を写したファイル

「確認できました」と表示されれば、1件も書き換え・削除・挿入・入替えがありません。
「確認できません」のときは、どのファイルの何件目かが表示されます。この一式を消さずに、
区の担当者とセキュリティ責任者に連絡してください。

入っているもの
--------------
checkpoint          署名されたチェックポイント（名称、件数、木の根）。区の連署があれば続きます
witnessed           区が最後に連署したチェックポイント（checkpoint と違うときだけ）
log.vkey            署名を確かめる鍵
policy              だれの署名を要するか（C2SP tlog-policy）
tile/               木のタイルと記録（C2SP tlog-tiles）
entries/            記録を1行に1件で並べた写し。表計算ソフトなどで読めます

形式は公開されています: https://c2sp.org/tlog-tiles  https://c2sp.org/tlog-checkpoint
木の作りかたは RFC 6962 によります。ほかの道具でも確かめられます。
)";

// "1234067" is x001/x234/067; a tile that is not full tells its width.
std::string tile_path(std::string_view level, std::uint64_t number, std::uint64_t width)
{
    auto path = fmt::format("{:03}", number % 1000);
    for (number /= 1000; number > 0; number /= 1000) path = fmt::format("x{:03}/{}", number % 1000, path);
    path = fmt::format("tile/{}/{}", level, path);
    return width == tree::kTileWidth ? path : fmt::format("{}.p/{}", path, width);
}

Bytes published(const storage::Snapshot& snapshot, unsigned level, std::uint64_t number, std::uint64_t width)
{
    Tiles tiles(snapshot);
    const auto& tile = tiles.at(level, number);
    if (tile.width() < width)
        throw storage::StorageFault(storage::FaultKind::corrupt,
                                    fmt::format("記録台帳のタイル {}/{} が、件数に足りません。", level, number));
    return tile.published(static_cast<unsigned>(width));
}

} // namespace

Bundle::Bundle(storage::Db& db, const Publisher& publisher, Published checkpoint)
    : db_(db), checkpoint_(std::move(checkpoint))
{
    front_ = {{"README.txt", std::string(kReadme)},
              {"checkpoint", checkpoint_.note.whole()},
              {"log.vkey", publisher.key().text() + "\n"},
              {"policy", publisher.policy()}};
    if (!publisher.witness()) return;
    const auto witnessed = db_.read([&](const storage::Snapshot& snapshot) {
        const auto last = latest_cosignature(snapshot, publisher.witness()->name);
        return last ? checkpoint_of(snapshot, last->size) : std::nullopt;
    });
    if (witnessed && witnessed->checkpoint.size < checkpoint_.checkpoint.size)
        front_.emplace_back("witnessed", witnessed->note.whole());
}

bool Bundle::next(std::string& piece)
{
    piece.clear();
    while (piece.empty()) {
        switch (stage_) {
        case Stage::front:
            front(piece);
            stage_ = Stage::blocks;
            break;
        case Stage::blocks:
            if (!block(piece)) stage_ = Stage::tiles, number_ = 0;
            break;
        case Stage::tiles:
            if (!tile(piece)) stage_ = Stage::readable, number_ = 0;
            break;
        case Stage::readable:
            if (!readable(piece)) stage_ = Stage::directory;
            break;
        case Stage::directory:
            zip_.finish(piece);
            stage_ = Stage::done;
            break;
        case Stage::done:
            return false;
        }
    }
    return true;
}

void Bundle::front(std::string& piece)
{
    for (const auto& [name, content] : front_) zip_.add(piece, name, content, sheet::ZipWriter::Method::deflate);
}

bool Bundle::block(std::string& piece)
{
    const auto begin = number_ * tree::kTileWidth;
    if (begin >= checkpoint_.checkpoint.size) return false;
    const auto width = std::min<std::uint64_t>(tree::kTileWidth, checkpoint_.checkpoint.size - begin);
    std::string entries;
    const auto hashes = db_.read([&](const storage::Snapshot& snapshot) {
        each_entry(snapshot, begin, begin + width, [&](std::uint64_t, ByteView bytes) {
            entries += static_cast<char>(bytes.size() >> 8);
            entries += static_cast<char>(bytes.size() & 0xff);
            entries += as_text(bytes);
        });
        return published(snapshot, 0, number_, width);
    });
    zip_.add(piece, tile_path("0", number_, width), as_text(hashes), sheet::ZipWriter::Method::store);
    zip_.add(piece, tile_path("entries", number_, width), entries, sheet::ZipWriter::Method::deflate);
    ++number_;
    return true;
}

bool Bundle::tile(std::string& piece)
{
    const auto hashes_of = [&](unsigned level) { return checkpoint_.checkpoint.size >> (tree::kTileHeight * level); };
    while (level_ < 8 && number_ * tree::kTileWidth >= hashes_of(level_)) ++level_, number_ = 0;
    if (level_ == 8) return false;
    const auto width = std::min<std::uint64_t>(tree::kTileWidth, hashes_of(level_) - number_ * tree::kTileWidth);
    const auto hashes =
        db_.read([&](const storage::Snapshot& snapshot) { return published(snapshot, level_, number_, width); });
    zip_.add(piece, tile_path(std::to_string(level_), number_, width), as_text(hashes),
             sheet::ZipWriter::Method::store);
    ++number_;
    return true;
}

bool Bundle::readable(std::string& piece)
{
    const auto begin = number_ * kReadableLines;
    if (begin >= checkpoint_.checkpoint.size) return false;
    std::string lines;
    db_.read([&](const storage::Snapshot& snapshot) {
        each_entry(snapshot, begin, std::min(begin + kReadableLines, checkpoint_.checkpoint.size),
                   [&](std::uint64_t, ByteView bytes) {
                       lines += as_text(bytes);
                       lines += '\n';
                   });
    });
    zip_.add(piece, fmt::format("entries/{:04}.jsonl", number_), lines, sheet::ZipWriter::Method::deflate);
    ++number_;
    return true;
}

} // namespace azukari::ledger::evidence
