#include "base/bytes.h"
#include "infra/storage/db.h"
#include "infra/storage/statements.h"

#include <array>
#include <openssl/evp.h>

namespace azukari::storage {

namespace {

constexpr std::string_view kTable = "create table if not exists migration ("
                                    " room text not null, number integer not null, name text not null,"
                                    " digest text not null, primary key (room, number))";

std::string digest_of(std::string_view sql)
{
    std::array<std::uint8_t, 32> sum{};
    std::size_t length = 0;
    if (EVP_Q_digest(nullptr, "SHA256", nullptr, sql.data(), sql.size(), sum.data(), &length) != 1)
        throw StorageFault(FaultKind::other, "SHA-256 を計算できません。OpenSSL の設定を確かめてください。");
    return hex(sum);
}

std::string named(const Migration& step)
{
    return std::string(step.room) + "/" + std::to_string(step.number) + "_" + std::string(step.name);
}

void refuse_data_of_newer_program(const Snapshot& data, std::span<const Migration> migrations)
{
    data.each("select room, max(number) from migration group by room", {}, [&](const Row& row) {
        std::int64_t known = 0;
        for (const auto& step : migrations)
            if (step.room == row.text(0)) known = std::max<std::int64_t>(known, step.number);
        if (known != 0 && row.integer(1) > known)
            throw StorageFault(FaultKind::other, "このデータは新しい版の azukari で作られています(" + row.string(0) +
                                                     ")。新しい版のプログラムで開いてください。");
    });
}

// Whether the step is there already; throws when it is there with another content.
bool is_applied(const Snapshot& data, const Migration& step)
{
    const auto digest = data.one("select digest from migration where room = ? and number = ?", {step.room, step.number},
                                 [](const Row& row) { return row.string(0); });
    if (digest && *digest != digest_of(step.sql))
        throw StorageFault(FaultKind::other,
                           "適用済みの移行手順 " + named(step) +
                               " の内容が変わっています。配布されたとおりのプログラムで開いてください。");
    return digest.has_value();
}

} // namespace

void Db::migrate(std::span<const Migration> migrations)
{
    run_migration([&](Tx& tx) {
        tx.execute(in_own_dialect(kTable));
        refuse_data_of_newer_program(tx, migrations);
    });
    for (const auto& step : migrations)
        run_migration([&](Tx& tx) {
            if (is_applied(tx, step)) return;
            const auto before = tx.integer("select max(number) from migration where room = ?", {step.room});
            if (step.number != before + 1)
                throw StorageFault(FaultKind::other, "移行手順 " + named(step) + " の番号が続いていません。");
            for (const auto statement : split_statements(step.sql)) tx.execute(in_own_dialect(statement));
            tx.execute("insert into migration (room, number, name, digest) values (?, ?, ?, ?)",
                       {step.room, step.number, step.name, digest_of(step.sql)});
        });
}

} // namespace azukari::storage
