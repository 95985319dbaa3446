#include "access/pages/people/course_text.h"

#include "access/roster/training_store.h"

#include <array>

namespace azukari::access::people_pages {
namespace {

constexpr int kPassMark = 4; // all of them: each is about harm to somebody
constexpr int kYears = 1;

constexpr std::string_view kMaterial =
    "# 預かった情報は、区民のものです\n\n"
    "私たちが取り扱う個人情報は、区民の皆さんが区を信頼して預けたものです。委託の契約には「特記事項」が付いていて、"
    "取り扱う一人ひとりが守らなければなりません。仕事を離れたあとも、知ったことをほかの人に話してはいけません。\n\n"
    "# 目的のためだけに使います\n\n"
    "委託された業務に必要な情報だけを、その業務のためだけに使います。知り合いの名前を見つけても、興味で開いてはいけません。"
    "だれが、いつ、どの情報を開いたかは、すべて記録台帳に残ります。\n\n"
    "# 持ち出さず、写しを作りません\n\n"
    "紙や電磁的媒体は、決められた作業場所の外へ持ち出しません。区の承諾なしに複写することも、"
    "自分の端末や個人のメールに移すこともできません。席を離れるときは画面を閉じ、媒体と紙は施錠できる金庫やキャビネットに戻します。"
    "ID とパスワードは自分だけのものです。忙しいときでも、ほかの人に貸してはいけません。\n\n"
    "# 使い終えたら、返すか消します\n\n"
    "業務が終わったら、預かったものは区に返還し、残ったデータは元に戻せない方法で消去して、区に報告します。\n\n"
    "# 「もしかして」と思ったら、すぐに知らせます\n\n"
    "紛失、誤送付、のぞき見のおそれに気付いたら、自分で解決しようとせず、直ちに取扱責任者に知らせます。"
    "早く知らせるほど、被害を小さくできます。知らせたことで責められることはありません。\n\n";

struct Part { // what a piece of work adds to the general course
    std::string_view code;
    std::string_view title;
    std::string_view material;
    std::string_view question;
    std::string_view explanation;
    std::array<std::string_view, 3> choices; // the first is right
    std::size_t place;                       // where the right one stands among the others
};

constexpr Part kGeneral{"",
                        "個人情報の取扱い（基本）",
                        "# この業務で特に気を付けること\n\n"
                        "情報を人に渡すときは、相手と中身を声に出して確かめ、受渡しの記録を付けます。",
                        "個人情報を人に渡すとき、正しい行動はどれですか。",
                        "受渡しは、相手と中身を確かめ、記録に残して行います。あとから履歴を追えるようにするためです。",
                        {"相手と中身を確かめ、受渡しの記録を付ける", "急いでいれば、相手の机の上に置いておく",
                         "記録は週末にまとめて付ける"},
                        1};

constexpr Part kParts[] = {
    {"guidance",
     "個人情報の取扱い（利用券・通知の印字と封入封緘）",
     "# この業務で特に気を付けること\n\n"
     "利用券や受診勧奨通知は、健康に関わる情報です。違う方の封筒に入れば、それだけで漏えいになります。"
     "通し番号で突合してから封緘し、損紙は数えて記録し、裁断して廃棄します。"
     "データの入った媒体とパスワード通知書は、別々の機会に受け取り、別々のキャビネットに保管します。",
     "印字に失敗した利用券（損紙）は、どうしますか。",
     "損紙にも氏名や住所が印字されています。数を記録し、裁断して廃棄します。裏紙にしたり、そのまま捨てたりしてはいけません。",
     {"数を記録し、裁断して廃棄する", "裏紙として使う", "そのまま可燃ごみに出す"},
     2},
    {"training",
     "個人情報の取扱い（研修事業の運営）",
     "# この業務で特に気を付けること\n\n"
     "受講の申込みには、連絡先のほか、託児のためのお子さんの情報が含まれることがあります。"
     "会場の名簿は、ほかの参加者に見えないように扱い、終わったら枚数を数えて持ち帰らずに保管場所へ戻します。"
     "全員へのメールは、宛先がほかの方に見えない方法で送ります。",
     "受講者の皆さんに案内のメールを送ります。正しい送り方はどれですか。",
     "宛先欄に全員を並べると、互いのアドレスが漏えいします。宛先が見えない方法で、二人で確かめてから送ります。",
     {"宛先が互いに見えない方法で、二人で確かめて送る", "宛先欄に全員のアドレスを並べて送る", "個人のメールから送る"},
     0},
    {"subsidy",
     "個人情報の取扱い（ベビーシッター利用助成の事務）",
     "# この業務で特に気を付けること\n\n"
     "助成の申請書には、保護者とお子さん、世帯の事情、振込先の口座が書かれています。"
     "電話での問合せには、ご本人であることを確かめてから答えます。"
     "書類は届いた順に受付の記録を付け、審査が済むまで施錠して保管します。",
     "「家族の者です。申請がどうなったか教えてください」と電話がありました。どうしますか。",
     "家族と名乗る方でも、ご本人の情報は教えられません。ご本人から連絡していただくよう、丁寧にお伝えします。",
     {"ご本人から連絡していただくよう伝える", "名字が同じなら答える", "口座番号を聞いて、合っていれば答える"},
     1},
    {"livelihood",
     "個人情報の取扱い（自立相談支援・家計改善支援）",
     "# この業務で特に気を付けること\n\n"
     "相談の記録には、病状、借金、家族の事情など、特に配慮が必要な情報が含まれます。"
     "関係機関と共有するときは、何を、だれに、なぜ伝えるかを説明し、ご本人の同意を得てからにします。"
     "窓口では、ほかの方に聞こえない場所でお話を伺います。",
     "相談者の病状を、ほかの支援機関に伝えたいときは、どうしますか。",
     "特に配慮が必要な情報は、詳しく説明したうえで、ご本人の同意を得てから共有します。",
     {"ご本人に詳しく説明し、同意を得てから伝える", "支援のためなので、断らずに伝える",
      "相手の機関に聞かれたときだけ伝える"},
     2},
    {"employment",
     "個人情報の取扱い（留学生等の採用支援）",
     "# この業務で特に気を付けること\n\n"
     "外国人求職者の履歴や在留資格は、企業との紹介に使うためだけに預かっています。"
     "企業に渡すのは、ご本人が同意した項目だけです。添付ファイルは暗号化し、パスワードは別の方法で伝えます。"
     "採用に至らなかった方の情報も、業務が終わったら消去します。",
     "企業から「ほかの求職者の連絡先も送ってほしい」と頼まれました。どうしますか。",
     "企業に渡せるのは、ご本人が同意した方の、同意した項目だけです。頼まれても、ほかの方の情報は渡せません。",
     {"同意のない方の情報は渡せないと断る", "採用につながるので送る", "名前だけを伏せて送る"},
     0},
};

const Part& part_of(std::string_view code)
{
    for (const auto& part : kParts)
        if (part.code == code) return part;
    return kGeneral;
}

Question own_question(const Part& part)
{
    Question question{std::string(part.question), std::string(part.explanation), {}};
    for (std::size_t i = 1; i < part.choices.size(); ++i)
        question.choices.push_back({std::string(part.choices[i]), false});
    question.choices.insert(question.choices.begin() + static_cast<std::ptrdiff_t>(part.place),
                            {std::string(part.choices[0]), true});
    return question;
}

std::vector<Question> questions_of(const Part& part)
{
    return {
        {"業務中に、知り合いの名前を名簿の中に見つけました。正しい行動はどれですか。",
         "情報は、業務に必要なときに、その目的のためだけに使います。開いたことはすべて記録台帳に残ります。",
         {{"気になるので、住所だけ確かめる", false},
          {"業務に必要がなければ開かない", true},
          {"本人に「名前を見た」と教える", false}}},
        {"作業が間に合いません。自宅で続けるために、データを持ち帰ってもよいですか。",
         "決められた作業場所の外への持出しも、区の承諾のない複写もできません。間に合わないときは、取扱責任者に相談します。",
         {{"暗号化すれば持ち帰ってよい", false},
          {"一晩だけなら持ち帰ってよい", false},
          {"持ち帰れない。取扱責任者に相談する", true}}},
        own_question(part),
        {"媒体が一つ見当たりません。まず、どうしますか。",
         "紛失のおそれに気付いたら、探し続けるより先に、直ちに取扱責任者に知らせます。早いほど被害を小さくできます。",
         {{"直ちに取扱責任者に知らせる", true},
          {"見つかるまで、一人で探す", false},
          {"次の棚卸しまで様子を見る", false}}},
    };
}

} // namespace

CourseContent first_course(std::string_view entrustment_code)
{
    const auto& part = part_of(entrustment_code);
    return {std::string(part.title), std::string(kMaterial) + std::string(part.material), kPassMark, kYears,
            questions_of(part)};
}

Result<bool> ensure_course(storage::Tx& tx, IdSource& ids, const Moment& moment, EntrustmentId entrustment,
                           std::string_view entrustment_code)
{
    if (current_course(tx, entrustment)) return false;
    AZK_REQUIRE(keep_course(tx, ids, moment, "system", entrustment, first_course(entrustment_code)));
    return true;
}

} // namespace azukari::access::people_pages
