#include "programmes/guidance/pages/guidance_pages.h"

#include "access/testing.h"
#include "custody_migrations.h"
#include "guidance_batch_migrations.h"
#include "infra/seal/keystore/key_file_provider.h"
#include "infra/storage/testing.h"
#include "infra/text/cp932.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/batch/intake.h"
#include "programmes/guidance/sample_recipients.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::guidance;
using access::Role;

namespace {

const std::string kLayouts = AZK_SOURCE_DIR "/definitions/layouts/guidance";
const std::string kList = "/entrustments/{entrustment}/guidance";
const std::string kBatch = kList + "/batches/{batch}";

using Form = std::vector<std::pair<std::string, std::string>>;

// A town, a keystore and a press, and the pages of the programme over them.
struct Counter {
    explicit Counter(storage::Db& store)
        : db(store),
          town(store),
          columns(RecipientLayout::read(kLayouts + "/recipients.toml").value()),
          letters(LetterLayout::read(kLayouts, columns).value()),
          rules(stratification::RuleBook::read(AZK_SOURCE_DIR "/definitions/stratification").value()),
          keystore(open_keystore()),
          press{db, keystore, fonts, columns, letters}
    {
        for (const auto& column : columns.columns()) items.push_back(column.item);
    }
    ~Counter() { std::filesystem::remove_all(folder); }

    seal::Keystore open_keystore()
    {
        std::string name = (std::filesystem::temp_directory_path() / "azukari-pages-XXXXXX").string();
        folder = mkdtemp(name.data());
        auto guard = seal::KeyFileProvider::fresh(folder / "root.key").value();
        return seal::Keystore::create({.directory = folder / "keys", .keys_in_memory = 64}, guard, entropy).value();
    }

    http::Response go(http::Method method, const std::string& pattern, Role role, http::Request request = {})
    {
        const auto all =
            pages::routes({db, entropy, work, press, rules,
                           [this](const access::Scope&) -> Result<std::vector<std::string>> { return items; },
                           [](const access::Scope&) -> Result<std::string> { return "見本区の印字"; }});
        const auto route = std::find_if(
            all.begin(), all.end(), [&](const auto& each) { return each.method == method && each.pattern == pattern; });
        REQUIRE(route != all.end());
        const auto scope = town.ask(*route->guard, role, town.entrustment);
        REQUIRE(scope);
        request.method = method;
        request.path = request.target = "/entrustments/" + town.entrustment.text();
        if (batch) request.path_params.add("batch", batch->text());
        return route->handle({request, town.moment, &town.session(role), "token", {}, {}}, *scope);
    }
    http::Response send_file(std::string content)
    {
        http::Request request;
        request.files.push_back({"file", "ward.csv", "text/csv", std::move(content)});
        return go(http::Method::post, kList + "/intake", Role::handler, std::move(request));
    }
    http::Response compose(const Form& form)
    {
        http::Request request;
        for (const auto& [name, value] : form) request.form.add(name, value);
        return go(http::Method::post, kBatch + "/composition", Role::handler, std::move(request));
    }
    Batch found() const
    {
        const auto scope = town.scope(access::actions::kSeeGuidance, Role::handler);
        return db.read([&](const storage::Snapshot& snapshot) { return find_batch(snapshot, scope, *batch); }).value();
    }

    storage::Db& db;
    access::testing::Town town;
    mutable SeededEntropy entropy{5};
    std::filesystem::path folder;
    RecipientLayout columns;
    LetterLayout letters;
    stratification::RuleBook rules;
    pdf::FontBook fonts;
    seal::Keystore keystore;
    Press press;
    std::vector<std::string> items;
    std::optional<BatchId> batch;
    ComposeWork work;
};

void at_the_counter(const std::function<void(Counter&)>& test)
{
    const auto town = access::testing::migrations();
    storage::testing::on_every_store(
        {std::span<const storage::Migration>(town), migrations_of_custody(), migrations_of_guidance_batch()},
        [&](storage::Db& db) {
            Counter counter(db);
            test(counter);
        });
}

std::string location_of(const http::Response& response)
{
    for (const auto& [name, value] : response.headers)
        if (name == "Location") return value;
    return {};
}

bool says(const http::Response& response, std::string_view words)
{
    return response.body.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("the page of the intake says which columns a file has to have, and gives them as a file [G1]")
{
    at_the_counter([](Counter& counter) {
        const auto page = counter.go(http::Method::get, kList + "/intake", Role::handler);
        for (const auto& column : counter.columns.columns()) CHECK(says(page, column.header));
        CHECK(says(page, "実在する日付(半角8桁 例: 19751210)"));
        CHECK(says(page, "/guidance/intake/headings\""));
        CHECK(says(page, ">見本区の印字</a>"));
        CHECK_FALSE(says(page, "この委託"));
        const auto file = counter.go(http::Method::get, kList + "/intake/headings", Role::handler);
        CHECK(text::decode_cp932(file.body).value().find("保険証記号,保険証番号,") != std::string::npos);
    });
}

TEST_CASE("a file that cannot be read is told for what it is, beside the field")
{
    at_the_counter([](Counter& counter) {
        CHECK(says(counter.send_file("%PDF-1.7\nx"), "このファイルは CSV ではありません（PDF のようです）"));
        CHECK(says(counter.send_file(""), "このファイルは空です。"));
        const auto none = counter.go(http::Method::post, kList + "/intake", Role::handler);
        CHECK(none.status == 422);
        CHECK(says(none, "区から受け取ったファイルを選んでください。"));
        CHECK(says(none, "id=\"e-file\""));
    });
}

TEST_CASE("whose 保健指導区分 is not the nation's rule stands on the batch's page, for the ward as well [G2]")
{
    at_the_counter([](Counter& counter) {
        const auto take = [&](std::size_t differences) {
            std::string file;
            const auto lines = write_sample_recipients(counter.columns, {.count = 60, .differences = differences},
                                                       [&](std::string_view bytes) { file += bytes; });
            const auto importing = counter.town.scope(access::actions::kImportGuidance, Role::handler);
            counter.batch = take_in(counter.db, counter.keystore, counter.entropy, importing, counter.columns,
                                    counter.rules, counter.items, {.content = file})
                                .value()
                                .batch;
            return lines;
        };
        take(0);
        const auto none = counter.go(http::Method::get, kBatch, Role::handler);
        CHECK(says(none, "違う人はいません。"));
        CHECK_FALSE(says(none, "区の区分と基準による区分が違う人"));
        take(2);
        for (const auto role : {Role::handler, Role::ward_officer}) {
            const auto page = counter.go(http::Method::get, kBatch, role);
            CHECK(says(page, "基準と違う人が 2 人います。区に確かめてください"));
            CHECK(says(page, "区の区分と基準による区分が違う人"));
            CHECK(says(page, "内臓脂肪は腹囲で該当。"));
        }
        std::string file;
        write_sample_recipients(counter.columns, {.count = 40, .differences = 1},
                                [&](std::string_view bytes) { file += bytes; });
        CHECK(counter.send_file(file).status == 303);
    });
}

TEST_CASE("the proof of the forms can be had before and after composing, by who may only look [G3]")
{
    at_the_counter([](Counter& counter) {
        const auto proof = counter.go(http::Method::get, kList + "/proof", Role::handling_supervisor);
        CHECK(proof.status == 200);
        CHECK(proof.type == "application/pdf");
        CHECK(proof.body.starts_with("%PDF-"));
    });
}

TEST_CASE("letters are composed anew only by who has read what that undoes [K51]")
{
    at_the_counter([](Counter& counter) {
        std::string file;
        write_sample_recipients(counter.columns, {.count = 20}, [&](std::string_view bytes) { file += bytes; });
        const auto importing = counter.town.scope(access::actions::kImportGuidance, Role::handler);
        counter.batch = take_in(counter.db, counter.keystore, counter.entropy, importing, counter.columns,
                                counter.rules, counter.items, {.content = file})
                            .value()
                            .batch;
        ComposeProgress progress;
        REQUIRE(compose_batch(counter.press, counter.town.scope(access::actions::kComposeGuidance, Role::handler),
                              *counter.batch, progress));
        const auto asked = counter.compose({});
        CHECK(asked.status == 303);
        CHECK(location_of(asked).ends_with("/composition"));
        CHECK_FALSE(counter.work.state(*counter.batch).under_way);
        CHECK(
            says(counter.go(http::Method::get, kBatch + "/composition", Role::handler), "いま承認を待っている通知は"));

        const auto approving = counter.town.scope(access::actions::kApproveGuidance, Role::handling_supervisor);
        REQUIRE(counter.db.write([&](storage::Tx& tx) {
            return approve(tx, approving, *counter.batch, digest_of(*counter.found().composition));
        }));
        CHECK(location_of(counter.compose({})).ends_with("/composition"));
        CHECK(state_of(counter.found()) == BatchState::approved);
        CHECK(says(counter.go(http::Method::get, kBatch, Role::handler), "/composition\""));
        CHECK(says(counter.go(http::Method::get, kBatch, Role::handler), "/guidance/proof\""));
        CHECK(says(counter.go(http::Method::get, kBatch + "/composition", Role::handler), "承認は無効になり"));
        const auto confirmed = counter.compose({{"confirmed", "yes"}});
        CHECK(location_of(confirmed).ends_with(counter.batch->text()));
    });
}
