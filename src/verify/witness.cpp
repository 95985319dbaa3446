#include "verify/witness.h"

#include "verify/tree.h"

namespace azukari::verify {

WitnessAnswer add_checkpoint(const WitnessKey& key, const std::string& state_path, std::string_view request,
                             std::uint64_t posix_seconds)
{
    const auto no = [](int status, std::string reason) {
        return WitnessAnswer{status, "text/plain; charset=utf-8", std::move(reason) + "\n"};
    };
    const auto asked = WitnessRequest::parse(request);
    if (!asked) return no(400, "連署の依頼の形が正しくありません。");
    const auto& checkpoint = asked->checkpoint;

    WitnessState state(state_path); // held until the answer is made
    if (!state.problem().empty()) return no(500, state.problem());
    auto* log = state.find(checkpoint.origin);
    if (log == nullptr) return no(404, "この証人が見守っている台帳ではありません: " + checkpoint.origin);
    if (signed_by(asked->note, log->key) != Signed::rightly) return no(403, "台帳の署名が正しくありません。");
    if (asked->old_size > checkpoint.size) return no(400, "前回の件数が、今回の件数より多くなっています。");
    if (asked->old_size != log->size) return {409, std::string(kSizeType), std::to_string(log->size) + "\n"};
    if (checkpoint.size == log->size && checkpoint.root != log->root)
        return no(409, "前回連署した台帳と件数が同じで、内容が違います。記録が書き換えられたおそれがあります。");
    if (!is_consistent(log->size, log->root, checkpoint.size, checkpoint.root, asked->proof))
        return no(422, "前回連署した台帳の続きであることを確かめられません。記録が書き換えられたおそれがあります。");

    log->size = checkpoint.size;
    log->root = checkpoint.root;
    if (!state.save()) return no(500, "控えのファイルに書き込めません: " + state_path);
    return {200, "text/plain; charset=utf-8", cosign(key.name, key.seed, asked->note.text, posix_seconds).line()};
}

} // namespace azukari::verify
