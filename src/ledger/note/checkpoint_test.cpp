#include "ledger/note/checkpoint.h"
#include "ledger/note/paper.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::ledger;
using namespace azukari::ledger::note;

namespace {

// The example of C2SP tlog-cosignature.
constexpr std::string_view kExample =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\u2014 example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "\u2014 witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

Checkpoint sample()
{
    return {"azukari.example/ledger", 20'852'163, tree::sha256(as_bytes("root"))};
}

} // namespace

TEST_CASE("the published example of a cosigned checkpoint is read and written back the same [K79]")
{
    const auto note = SignedNote::parse(kExample);
    REQUIRE(note);
    CHECK(note->whole() == kExample);
    REQUIRE(note->signatures.size() == 2);
    const auto checkpoint = Checkpoint::parse(note->text);
    REQUIRE(checkpoint);
    CHECK(checkpoint->origin == "example.com/behind-the-sofa");
    CHECK(checkpoint->size == 20'852'163);
    CHECK(checkpoint->text() == note->text);
    const auto& stamp = note->signatures[1].signature;
    REQUIRE(stamp.size() == 72);
    std::uint64_t seconds = 0;
    for (int i = 0; i < 8; ++i) seconds = seconds << 8 | stamp[static_cast<std::size_t>(i)];
    CHECK(seconds == 1'679'315'147); // the time the document tells
}

TEST_CASE("what is not a checkpoint is refused")
{
    for (const auto* bad :
         {"", "o\n", "o\n1\n", "o\n1\nAAAA\n", "o\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
          "o\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
          "o\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
          "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
          "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nextension\n",
          "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="})
        CHECK_FALSE(Checkpoint::parse(bad));
}

TEST_CASE("a cosignature holds for its checkpoint, its time and its witness only [K79]")
{
    SeededEntropy entropy(3);
    const auto key = seal::SigningKey::create(entropy), other = seal::SigningKey::create(entropy);
    const VerifierKey ward{"ward.example/witness", KeyType::cosigner, key.public_key()};
    const auto text = sample().text();
    auto line = cosign(ward.name, key, text, 1'795'226'700);
    CHECK(cosigned_at(line, text, ward) == 1'795'226'700);
    CHECK(cosigned_at(SignatureLine::parse(line.text().substr(0, line.text().size() - 1)).value(), text, ward));
    auto later = sample();
    ++later.size;
    CHECK_FALSE(cosigned_at(line, later.text(), ward));
    CHECK_FALSE(cosigned_at(cosign(ward.name, other, text, 1), text, ward));
    for (std::size_t i = 0; i < line.signature.size(); ++i) {
        auto changed = line;
        changed.signature[i] ^= 1;
        REQUIRE_FALSE(cosigned_at(changed, text, ward));
    }
}

TEST_CASE("a receipt carries entry number, proof and checkpoint, and reads back")
{
    SeededEntropy entropy(4);
    const auto key = seal::SigningKey::create(entropy);
    const tree::Proof proof{tree::sha256(as_bytes("a")), tree::sha256(as_bytes("b"))};
    const auto text = receipt(73'894, proof, sign(sample(), key));
    CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nindex 73894\n"));
    const auto back = Receipt::parse(text);
    REQUIRE(back);
    CHECK(back->index == 73'894);
    CHECK(back->inclusion == proof);
    CHECK(back->checkpoint == sample());
    for (std::size_t cut = 0; cut < text.size(); ++cut) REQUIRE_FALSE(Receipt::parse(text.substr(0, cut)));
}

TEST_CASE("what is printed for the ward reads back, and a copying mistake is found in its line [K79]")
{
    const auto checkpoint = sample();
    const auto paper = to_paper(checkpoint);
    CHECK(from_paper(checkpoint.origin, paper).value() == checkpoint);
    std::string copied = paper;
    for (auto& c : copied) c = c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
    CHECK(from_paper(checkpoint.origin, copied).value() == checkpoint);
    CHECK(from_paper("another.example", paper).error().is(kPaperWhole));
    CHECK(from_paper(checkpoint.origin, paper.substr(1)).error().is(kPaperShape));
    const auto line_of = [&](std::size_t at) { return 1 + std::count(paper.begin(), paper.begin() + long(at), '\n'); };
    for (std::size_t i = 0; i < paper.size(); ++i) {
        if (paper[i] == '-' || paper[i] == '\n') continue;
        for (const char c : std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
            if (c == paper[i]) continue;
            auto wrong = paper;
            wrong[i] = c;
            const auto read = from_paper(checkpoint.origin, wrong);
            REQUIRE_FALSE(read);
            if (line_of(i) < 6) REQUIRE(read.error().sentence().starts_with(std::to_string(line_of(i)) + "行目"));
        }
        auto exchanged = paper;
        std::swap(exchanged[i], exchanged[std::min(i + 1, paper.size() - 1)]);
        if (exchanged != paper && paper[i + 1] != '-' && paper[i + 1] != '\n')
            REQUIRE_FALSE(from_paper(checkpoint.origin, exchanged));
    }
}
