#include "app/backups/drill.h"

#include "app/front_office.h"
#include "app/subject_tables.h"
#include "backup/making.h"
#include "backup/part_folder.h"
#include "base/fault.h"
#include "erasure/destruction_list.h"
#include "erasure/subject_row_store.h"
#include "infra/storage/table_store.h"
#include "ledger/ledger_store.h"
#include "ledger/reconcile.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/batch/recipient_seal.h"
#include "vault/person/person_store.h"
#include "vault/sealed/sealed_fields.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace azukari::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSample = 50; // persons of each entrustment

// Tables that rightly differ after a restoring: the ledger goes on, copies and interrupted erasures are taken up again.
bool goes_on(std::string_view table)
{
    return table.starts_with("ledger_") || table.starts_with("erasure");
}

std::set<std::string_view> tables_of_persons()
{
    std::set<std::string_view> names;
    for (const auto& table : subject_tables())
        if (table.holds == whereabouts::Holds::information) names.insert(table.table);
    return names;
}

class Trial {
public:
    Trial(House& house, const Restored& restored, Drilled& drilled)
        : house_(house), restored_(restored), drilled_(drilled)
    {
    }

    Result<void> run()
    {
        compare_rows();
        check_ledger();
        AZK_REQUIRE(open_sample());
        look_for_the_erased();
        return {};
    }

private:
    void note(std::string what, bool good, std::string found)
    {
        drilled_.tried.push_back({std::move(what), good, std::move(found)});
    }

    void compare_rows()
    {
        const auto& expected = restored_.parts.data.manifest.rows;
        const auto found = storage::count_tables(house_.db());
        const auto of_persons = tables_of_persons();
        const bool erased = restored_.replayed.persons_again > 0;
        std::string wrong;
        for (const auto& [table, rows] : expected) {
            const auto it = found.find(table);
            const auto now = it == found.end() ? -1 : it->second;
            const bool fits = goes_on(table)                         ? now >= rows
                              : erased && of_persons.contains(table) ? now >= 0 && now <= rows
                                                                     : now == rows;
            if (!fits) wrong += fmt::format("{}（控え{}件、復元{}件）", table, rows, now);
            drilled_.rows += rows;
        }
        note("表ごとの件数", wrong.empty(),
             wrong.empty() ? fmt::format("{}の表、{}行が控えのとおりです", expected.size(), drilled_.rows) : wrong);
    }

    void check_ledger()
    {
        const auto& manifest = restored_.parts.ledger.manifest;
        const auto found = house_.db().read([&](const storage::Snapshot& snapshot) {
            return ledger::reconcile(snapshot, manifest.key, house_.settings().witness());
        });
        const auto last = house_.db().read(
            [&](const storage::Snapshot& snapshot) { return ledger::checkpoint_of(snapshot, manifest.tree_size); });
        const bool same = last && last->checkpoint.root == manifest.tree_root;
        const bool good = found.discrepancies.empty() && same && found.entries >= manifest.tree_size;
        note("記録台帳", good,
             good                          ? fmt::format("{}件を計算し直し、木の根が控えのチェックポイント（{}件）につながりました",
                                                         found.entries, manifest.tree_size)
             : found.discrepancies.empty() ? std::string("控えのチェックポイントにつながりません")
                                           : found.discrepancies.front().sentence);
    }

    // Opens what is sealed of some persons of each entrustment: nobody sees it.
    Result<void> open_sample()
    {
        const auto folder = definitions_folder() / "layouts/guidance/recipients.toml";
        AZK_TRY(const auto layout, guidance::RecipientLayout::read(folder.string()));
        std::int64_t persons = 0, shut = 0;
        for (const auto& entrustment : house_.keystore().entrustments()) {
            if (house_.keystore().is_destroyed(entrustment)) continue;
            const auto subjects = house_.keystore().subjects(entrustment);
            const auto step = std::max<std::size_t>(1, subjects.size() / kSample);
            for (std::size_t i = 0; i < subjects.size(); i += step) {
                shut += open_person(entrustment, subjects[i], layout.columns().size());
                ++persons;
            }
        }
        note("封じた値", shut == 0,
             shut == 0 ? fmt::format("{}人を抜き取り、{}個の値が開きました", persons, drilled_.opened)
                       : fmt::format("{}人を抜き取り、{}個の値が開きません", persons, shut));
        return {};
    }

    std::int64_t open_person(EntrustmentId entrustment, SubjectId subject, std::size_t columns)
    {
        const auto key = house_.keystore().subject_key(entrustment, subject, house_.clock().now());
        std::int64_t shut = key ? 0 : 1;
        if (!key) return shut;
        house_.db().read([&](const storage::Snapshot& snapshot) {
            for (const auto& version : vault::versions_of(snapshot, entrustment, subject, true)) {
                const vault::Place place{"vault_version", version.record.bytes(),
                                         static_cast<std::uint64_t>(version.number)};
                ++(vault::open_fields(*key, entrustment, place, version.sealed) ? drilled_.opened : shut);
            }
            for (const auto& sealed : guidance::sealed_rows_of(snapshot, entrustment, subject))
                ++(guidance::open_recipient(*key, entrustment, subject, sealed, columns) ? drilled_.opened : shut);
        });
        return shut;
    }

    // What of these persons, or of the whole entrustment, is there all the same.
    std::int64_t left_of(EntrustmentId entrustment, const erasure::DestructionList::Destroyed& destroyed) const
    {
        const auto now = house_.clock().now();
        std::int64_t left = 0;
        for (const auto& person : destroyed.persons)
            left += house_.keystore().subject_key(entrustment, person, now) ? 1 : 0;
        if (destroyed.whole && house_.keystore().entrustment_key(entrustment, now)) ++left;
        const auto which = destroyed.whole ? std::optional<std::vector<SubjectId>>()
                                           : std::vector(destroyed.persons.begin(), destroyed.persons.end());
        const auto rows = house_.db().read([&](const storage::Snapshot& snapshot) {
            return erasure::count_rows(snapshot, house_.erasing().tables, entrustment, which);
        });
        for (const auto& [table, count] : rows) left += count;
        return left;
    }

    void look_for_the_erased()
    {
        std::int64_t found = 0, wholes = 0;
        const erasure::DestructionList list(house_.erasing().destructions);
        for (const auto& [entrustment, destroyed] : list.read()) {
            found += left_of(entrustment, destroyed);
            wholes += destroyed.whole ? 1 : 0;
            drilled_.erased += static_cast<std::int64_t>(destroyed.persons.size());
        }
        auto told = fmt::format("消去した{}人と、全体を消去した委託{}件のどれも開けず、行も残っていません"
                                "（うち{}人分は、控えから戻ったものを改めて消去）",
                                drilled_.erased, wholes, restored_.replayed.persons_again);
        if (drilled_.erased + wholes == 0) told = "消去の一覧は空です";
        if (found > 0) told = fmt::format("消去したはずのものが{}件見つかりました", found);
        note("消去したもの", found == 0, std::move(told));
    }

    House& house_;
    const Restored& restored_;
    Drilled& drilled_;
};

// The scratch folder goes, whatever happens.
struct Scratch {
    explicit Scratch(const fs::path& folder) : path(folder) {}
    ~Scratch()
    {
        std::error_code error;
        if (const auto gone = backup::shred(path); !gone) fs::remove_all(path, error);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    fs::path path;
};

} // namespace

bool Drilled::good() const
{
    return std::ranges::all_of(tried, &Tried::good);
}

Result<Drilled> drill(const Settings& living, Restoring wish, const AskPassphrase& ask,
                      const backup::Progress& progress)
{
    auto settings = living;
    settings.folder = backup::drill_folder(living.folder);
    settings.postgres.clear(); // whatever holds the living house: the copy is the same for both
    settings.backups = {};
    settings.witness_url.clear();
    const Scratch scratch(settings.folder);
    AZK_REQUIRE(backup::shred(settings.folder));
    std::error_code error;
    const auto list = living.folder / "destructions";
    if (fs::exists(list, error)) wish.destructions.push_back(list);

    AZK_TRY(const auto restored, restore(settings, wish, ask, progress));
    Drilled drilled{restored.parts.data.manifest.set, {}};
    drilled.tried.push_back({"署名と指紋", true, "三つの控えは書き換えられておらず、互いに合っています"});
    if (progress) progress("復元したものを調べています");
    AZK_TRY(auto house, House::open(settings, ask));
    AZK_REQUIRE(Trial(house, restored, drilled).run());
    return drilled;
}

} // namespace azukari::app
