// A row of PostgreSQL's binary answers.
#pragma once

#include "infra/storage/row.h"

struct pg_result;

namespace azukari::storage::postgres {

class AnswerRow final : public Row {
public:
    AnswerRow(const pg_result* answer, int row) : answer_(answer), row_(row) {}
    bool is_null(int column) const override;
    // Whole numbers of any width, booleans, and numerics without a fraction (what sum() of integers answers).
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    ByteView blob(int column) const override;

private:
    std::string_view value(int column) const;
    const pg_result* answer_;
    int row_;
};

} // namespace azukari::storage::postgres
