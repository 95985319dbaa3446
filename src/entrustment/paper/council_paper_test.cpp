#include "entrustment/paper/council_paper.h"

#include "entrustment/definition/definition.h"
#include "entrustment/paper/flow_figure.h"
#include "entrustment/paper/spoken.h"

#include <cstdio>
#include <doctest/doctest.h>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

namespace azukari::entrustment {
namespace {

const Definitions& definitions()
{
    static const Definitions read = *read_definitions(AZK_SOURCE_DIR "/definitions");
    return read;
}

const Definition& definition(std::string_view code)
{
    for (const auto& each : definitions().entrustments)
        if (each.current.code == code) return each;
    FAIL("no such definition");
    return definitions().entrustments.front();
}

// Without spaces and line ends: where a line breaks is no matter of wording.
std::string squeezed(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 3) == "　") {
            i += 2;
        } else if (text[i] != ' ' && text[i] != '\n' && text[i] != '\f' && text[i] != '\r') {
            out += text[i];
        }
    }
    return out;
}

struct Printed {
    std::size_t pages = 0;
    std::string text; // squeezed, without heads and page numbers
};

Printed print(const Entrustment& entrustment, const Entrustment* reported = nullptr)
{
    static const pdf::FontBook fonts;
    const auto path = std::filesystem::temp_directory_path() / fmt::format("azukari-paper-{}.pdf", ::getpid());
    pdf::FileSink sink(path.string());
    const auto pages = write_council_paper({entrustment, definitions().catalogues, reported}, sink, fonts);
    REQUIRE(pages);
    sink.close();
    std::string text;
    FILE* pipe = popen(("pdftotext -raw -y 60 -x 0 -W 600 -H 715 -enc UTF-8 " + path.string() + " -").c_str(), "r");
    REQUIRE(pipe != nullptr);
    char buffer[4096];
    for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
    REQUIRE(pclose(pipe) == 0);
    std::filesystem::remove(path);
    return {*pages, squeezed(text)};
}

std::string whole(const Entrustment& entrustment)
{
    std::string text;
    for (const auto& section : spoken(entrustment, definitions().catalogues))
        for (const auto& field : section.fields) text += field.text + "\n";
    return squeezed(text);
}

bool is_table(const SpokenField& field)
{
    return field.code != "outline.figures"; // the text of 事業内容 says them
}

struct Words {
    const char* code;
    std::vector<const char*> phrases;
};

// Sentences of the ward's five papers, field by field, in their own words.
const Words kWords[] = {
    {"training",
     {"介護人材入門的研修事業の運営業務の委託について", "◇第14条第1項（業務委託）", "福祉部介護保険課",
      "より広い裾野から介護人材の参入を図るために、介護の仕事の魅力・やりがいを紹介する講座、入門的研修及びおしごと相談"
      "会を実施する。",
      "福祉に興味がある介護未経験者（区内介護保険サービス事業者での勤務を想定）", "【定員】50名程度×2回（同内容）",
      "【申込方法】電話、FAX、はがき、電子メール、申込サイト",
      "匿名（年齢・性別・参加者区分のみ記載）でのアンケートを実施し、集計・分析を行う。",
      "未定（6月中旬に実施を予定している入札により決定）",
      "氏名、性別、年齢、住所、電話番号、生年月日（※1）、参加区分（区内在住、在勤、在学、区外（在住区市町村））、参加希"
      "望日、"
      "メールアドレス（※2）、FAX番号（※3）、参加結果、アンケート回答内容、子どもの名前・性別・年齢（月齢）（※4）",
      "※1…研修受講者のみ。研修後に発行する修了証（国指定様式）に記載するため収集する。",
      "※4…研修及びおしごと相談会時に託児を希望する申込者のみ", "紙及び電磁的媒体（委託先のパソコン）",
      "2研修及びおしごと相談会の企画・開催・運営",
      "令和元年7月上旬から令和2年3月31日まで（次年度以降も、同様の業務委託を行う。）",
      "6電子メール送信時には、複数名で送信先・送信内容・添付ファイルを確認させるよう指導する。",
      "1セキュリティ責任者、取扱責任者及び取扱者をあらかじめ指定し、区に報告させる。",
      "3申込者のデータベースは、ファイア・ウォールの内側に置き、管理させる。",
      "7申込者情報が記載された電子データは、常時パスワード設定をさせるとともに、電子データの取扱者を限定させる。"}},
    {"subsidy",
     {"ベビーシッター利用支援事業（一時預かり利用支援）委託について", "◇第3条第1項第3号（業務委託）",
      "0歳から満6歳に達する年度の末日までの間にある児童の保護者", "想定利用者数262人", "株式会社パソナライフケア",
      "氏名、住所、生年月日、電話番号、メールアドレス、銀行口座情報、相談内容",
      "(2)申請書類の受付及び事前審査業務（申請の審査、助成決定は区が実施）",
      "令和5年4月3日から令和6年3月29日（次年度以降も、同様の業務委託を行う。）",
      "5暗号化された個人情報データ（電磁的媒体（CD等））とパスワード通知書の受渡しは、区職員がそれぞれ別の機会に手渡し"
      "により行う。",
      "(3)委託先が個人情報データ（電磁的媒体（CD等））とパスワード通知書を区の職員に返却する時",
      "12個人情報を紙媒体に出力した際は、印刷した紙媒体を放置せず、即、次の工程の作業を始めさせる。",
      "6個人情報の管理にあたりクラウドサービスを利用する場合は、他案件のデータと隔離した管理を行わせるとともに、サーバ"
      "監視を行っていることを確認させる。",
      "乙の子会社（会社法（平成17年法律第86号）第2条第3号に規定する子会社をいう。）",
      "乙は、前項の規定による契約の解除により損害を受けた場合においても、甲に対して、その損害の賠償を請求することはでき"
      "ないものとする。"}},
    {"livelihood",
     {"自立相談支援事業の実施に係る業務の委託等について（受託者の追加）",
      "家計改善支援事業の実施に係る業務の委託について（受託者の追加）",
      "10月末時点で368名であり、家計相談支援事業の利用者数は、2名である。", "10月末時点で約55件であり",
      "年間で100名程度の利用が見込まれる。", "社会福祉法人新宿区社会福祉協議会",
      "《家計改善支援事業の利用者に係る情報項目》", "資料61-6のとおり",
      "※…自立相談支援事業を実施するにあたり、国が定める帳票類の入力、出力及び集計等を処理する機能を有しているシステム",
      "区内6か所の特別出張所内にボランティア・地域活動サポートコーナーを持ち", "・債務整理に関する支援",
      "2019年4月1日から2020年3月31日まで（次年度以降も、同様の業務委託を行う。）",
      "3提供された情報（自立相談支援事業の申請書の写し）は、支援継続期間中及び申請後1年間、施錠できる金庫（キャビネット"
      "）で保管させる。",
      "また、パソコン及びサーバにはUSBメモリ等の外部記録媒体も利用できないよう制限させる。",
      "より詳しく説明させた上で本人同意を取得させるよう指導する。", "甲の立入調査等による監査を受けるものとする。"}},
    {"employment",
     {"中小企業の留学生等採用支援事業の委託について", "文化観光産業部消費生活就労支援課",
      "区内中小企業10社程度及び外国人求職者", "③企業説明会又は面接会の開催", "未定（公募型プロポーザルによる）",
      "氏名、年齢、国籍、住所、在留資格、在留期間、電話番号、メールアドレス、学歴、職歴、就職先、希望職種、"
      "就職・採用に関する外国人求職者及び中小企業の個別相談記録",
      "2019年4月中旬から2020年3月31日まで", "4メール相談等では、極力個人が特定できる内容を入力しないこととし",
      "4委託に当たり収集した個人情報は、業務履行後に全て区に返却させるとともに、パソコン上のデータは消去させ、区に報告"
      "させる。"}},
    {"guidance",
     {"特定保健指導及び非肥満保健指導対象者の利用券等の発送に係る封入封緘業務等の委託について（委託内容の変更）",
      "40歳以上74歳以下の国民健康保険加入者で特定健康診査を受診した者", "特定保健指導積極的対象者613件",
      "特定保健指導動機づけ対象者1,130件", "非肥満特定保健指導対象者2,387件", "受診勧奨通知対象者283件", "合計4,413件",
      "見積もり競争又は入札により、委託事業者を選定する。",
      "住所、氏名、生年月日、性別、年度末年齢、個人番号（住民番号）、保険証記号番号、受診券整理番号、受診日、健診結果、"
      "利用券整理番号、利用券種別（特定保健指導、非肥満保健指導、健康相談、受診勧奨通知）、保健指導区分",
      "紙及び電磁的媒体（DVD-R等）", "区から受領したデータをもとに、①及び②に印字した上で、",
      "送付先の個人を特定する3点以上の情報（氏名、住所、下記対象者区分別の「通し番号」、利用券整理番号等のいずれかの情"
      "報）",
      "【受診勧奨通知対象者】①受診勧奨通知、③リーフレット", "令和4年4月1日から令和5年3月31日まで",
      "1委託にあたり提供する情報は、暗号化を実施し、パスワードは事前に受託事業者に提供する。",
      "3取扱責任者及び取扱者の名簿は、委託先を介して提出させる。",
      "13印刷ログ（印刷元コンピュータ名、印刷日時、印刷ファイル名、印刷先プリンタ名、印刷枚数）の記録及び管理を徹底させ"
      "、区に提出させる。",
      "資料等が不要になったとき及び業務終了後は、当該資料等を甲に返還し"}},
};

} // namespace

TEST_CASE(
    "every field of the ward's five papers is in the register and in the council paper, in their words [K01] [K02]")
{
    for (const auto& words : kWords) {
        INFO(std::string(words.code));
        const auto& current = definition(words.code).current;
        const auto registered = whole(current);
        const auto printed = print(current).text;
        for (const char* phrase : words.phrases) {
            INFO(std::string(phrase));
            CHECK(registered.find(phrase) != std::string::npos);
            CHECK(printed.find(phrase) != std::string::npos);
        }
    }
}

TEST_CASE("the council paper keeps the documents' own order of tables [K01]")
{
    const auto text = print(definition("training").current).text;
    std::size_t at = 0;
    for (const char* label :
         {"内容は別紙のとおり", "条例の根拠", "【報告】", "事業の概要", "事業名", "目的", "対象者", "事業内容",
          "保有課（担当課）", "登録業務の名称", "委託先", "記録媒体", "委託理由", "委託の内容",
          "委託の開始時期及び期限", "資料5-1", "資料5-2", "特記事項", "（損害の賠償）"}) {
        INFO(std::string(label));
        const auto found = text.find(label, at);
        REQUIRE(found != std::string::npos);
        at = found;
    }
}

TEST_CASE("all 21 or 31 clauses are printed under their headings, as the contract words them [K05]")
{
    for (const auto& each : definitions().entrustments) {
        INFO(each.current.code);
        const auto& catalogue = definitions().catalogues.at(each.current.provisions.catalogue);
        CHECK(catalogue.clauses.size() == (each.current.code == "subsidy" ? 31 : 21));
        const auto text = print(each.current).text;
        for (const auto& clause : clauses_of(catalogue, each.current.provisions)) {
            INFO(clause.number);
            CHECK(text.find(squeezed(fmt::format("{} {}", clause.number, clause.text))) != std::string::npos);
            CHECK(text.find("（" + clause.heading + "）") != std::string::npos);
            CHECK_FALSE(clause.duties.empty());
            CHECK_FALSE(evidence_in_japanese(clause.evidence).empty());
        }
    }
}

TEST_CASE("what changed since the last report is marked, with the note that says so [K01]")
{
    const auto& guidance = definition("guidance");
    const auto marked = print(guidance.current, &*guidance.earlier);
    CHECK(marked.text.find("※太字ゴシック（下線）が、平成25年度第3回本審議会了承済の内容からの変更内容") !=
          std::string::npos);
    CHECK(print(guidance.current).text.find("※太字ゴシック") == std::string::npos);
    for (const auto& field : spoken_part(guidance.current.parts[0]).fields) {
        INFO(field.label);
        if (is_table(field)) CHECK(marked.text.find(squeezed(field.text)) != std::string::npos);
    }
}

TEST_CASE(
    "the flow of personal information of each entrustment is a figure in which every place and arrow stands [K03]")
{
    for (const auto& each : definitions().entrustments) {
        INFO(each.current.code);
        REQUIRE_FALSE(each.current.flows.empty());
        for (const auto& flow : each.current.flows) {
            const auto figure = lay_out(flow, 160);
            CHECK(figure.boxes.size() == flow.nodes.size());
            std::string labels;
            for (const auto& arrow : figure.arrows) {
                REQUIRE(arrow.points.size() >= 2);
                for (const auto& line : arrow.lines) labels += line;
                for (const auto& point : arrow.points) {
                    CHECK(point.x >= 0);
                    CHECK(point.x <= figure.width);
                    CHECK(point.y >= 0);
                    CHECK(point.y <= figure.height);
                }
            }
            for (std::size_t i = 0; i < flow.edges.size(); ++i)
                CHECK(labels.find(circled(i + 1) + flow.edges[i].what) != std::string::npos);
            for (std::size_t a = 0; a < figure.boxes.size(); ++a) {
                for (std::size_t b = a + 1; b < figure.boxes.size(); ++b) {
                    const auto &one = figure.boxes[a], &two = figure.boxes[b];
                    const bool apart = one.x + one.width <= two.x || two.x + two.width <= one.x ||
                                       one.y + one.height <= two.y || two.y + two.height <= one.y;
                    CHECK(apart);
                }
            }
        }
    }
}

TEST_CASE("a character that cannot be printed is refused, not left out")
{
    static const pdf::FontBook fonts;
    auto odd = definition("training").current;
    odd.outline.purpose = "\xF4\x80\x80\x80";
    pdf::TextSink sink;
    const auto refused = write_council_paper({odd, definitions().catalogues}, sink, fonts);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == "register.unprintable");
}

TEST_CASE("the expected figures are numbers the paper says, and their sum is the total [K02]")
{
    CHECK(spoken(definition("training").current.outline.figures[0]) == "50名程度×2回");
    CHECK(spoken(definition("livelihood").current.outline.figures[2]) == "約55件");
    for (const auto& each : definitions().entrustments)
        for (const auto& figure : each.current.outline.figures) {
            INFO(figure.name);
            CHECK(squeezed(each.current.outline.content).find(spoken(figure)) != std::string::npos);
        }
}

} // namespace azukari::entrustment
