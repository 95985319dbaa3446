#include "infra/storage/postgres/connection.h"

#include "infra/storage/postgres/answer_row.h"
#include "infra/storage/postgres/dialect.h"
#include "infra/storage/postgres/faults.h"
#include "infra/storage/postgres/types.h"

#include <libpq-fe.h>

namespace azukari::storage::postgres {

namespace {

constexpr std::size_t kMostStatements = 512; // far above what the rooms have; a bound for SQL that is put together

// The parameters of one call, in the binary format, with the storage of what had to be turned round.
class Wire {
public:
    explicit Wire(Params params)
    {
        numbers_.reserve(params.size()); // addresses into it must stay
        for (const auto& param : params) std::visit(*this, param.value());
    }
    void operator()(std::monostate) { add(kAnyType, nullptr, 0); }
    void operator()(std::int64_t value)
    {
        numbers_.push_back(__builtin_bswap64(static_cast<std::uint64_t>(value)));
        add(kInt8, reinterpret_cast<const char*>(&numbers_.back()), sizeof value);
    }
    void operator()(std::string_view text) { add(kText, text.empty() ? "" : text.data(), text.size()); }
    void operator()(const std::string& text) { add(kText, text.data(), text.size()); }
    void operator()(ByteView blob)
    {
        add(kBytea, blob.empty() ? "" : reinterpret_cast<const char*>(blob.data()), blob.size());
    }

    std::vector<unsigned> types{};
    std::vector<const char*> values{};
    std::vector<int> lengths{};
    std::vector<int> formats{};

private:
    void add(unsigned type, const char* value, std::size_t length)
    {
        types.push_back(type);
        values.push_back(value);
        lengths.push_back(static_cast<int>(length));
        formats.push_back(1);
    }
    std::vector<std::uint64_t> numbers_{};
};

std::string_view field(const pg_result* result, int code)
{
    const char* text = PQresultErrorField(result, code);
    return text ? text : "";
}

// What an engineer needs to find the place: a constraint's name, or the message when it speaks of the statement itself
// (class 42). Other messages can quote values, and are left out.
std::string_view about(const pg_result* result, std::string_view state)
{
    return state.starts_with("42") ? field(result, PG_DIAG_MESSAGE_PRIMARY) : field(result, PG_DIAG_CONSTRAINT_NAME);
}

} // namespace

void Connection::Finish::operator()(pg_conn* session) const
{
    PQfinish(session);
}

void Connection::Clear::operator()(pg_result* result) const
{
    PQclear(result);
}

Connection::Connection(std::string conninfo, std::function<void(Connection&)> at_start)
    : conninfo_(std::move(conninfo)), at_start_(std::move(at_start))
{
    connect();
}

Connection::~Connection() = default;

void Connection::connect()
{
    statements_.clear();
    const char* const keywords[] = {"connect_timeout", "application_name", "dbname", "client_encoding", nullptr};
    const char* const values[] = {"10", "azukari", conninfo_.c_str(), "UTF8", nullptr};
    session_.reset(); // first: a server may have few places
    session_.reset(PQconnectdbParams(keywords, values, 1));
    if (PQstatus(session_.get()) != CONNECTION_OK) throw fault_of("", PQerrorMessage(session_.get()));
    PQsetNoticeProcessor(
        session_.get(), [](void*, const char*) {}, nullptr); // notices can quote values
    at_start_(*this);
}

void Connection::fail(std::string_view state, std::string_view what) const
{
    const auto fault = fault_of(state, what);
    if (fault.kind() == FaultKind::io || fault.kind() == FaultKind::corrupt) trusted_ = false;
    if (!fault_) fault_ = std::make_exception_ptr(fault);
    throw fault;
}

Connection::Answer Connection::checked(pg_result* result) const
{
    Answer answer(result);
    const auto status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return answer;
    const auto state = field(result, PG_DIAG_SQLSTATE);
    fail(state, about(result, state));
}

const std::string& Connection::prepared(std::string_view sql, std::span<const unsigned> types) const
{
    // Plans are typed, so the same SQL with a null is another statement.
    std::string key(sql);
    for (const auto type : types) key += static_cast<char>(type);
    const auto found = statements_.find(key);
    if (found != statements_.end()) return found->second;
    if (statements_.size() >= kMostStatements) {
        command("deallocate all");
        statements_.clear();
    }
    const auto name = "s" + std::to_string(++named_);
    checked(PQprepare(session_.get(), name.c_str(), with_numbered_parameters(sql).c_str(),
                      static_cast<int>(types.size()), types.data()));
    return statements_.emplace(std::move(key), name).first->second;
}

Connection::Answer Connection::ask(std::string_view sql, Params params) const
{
    const Wire wire(params);
    const auto& name = prepared(sql, wire.types);
    return checked(PQexecPrepared(session_.get(), name.c_str(), static_cast<int>(params.size()), wire.values.data(),
                                  wire.lengths.data(), wire.formats.data(), 1));
}

void Connection::each(std::string_view sql, Params params, const RowVisitor& visit) const
{
    const auto answer = ask(sql, params);
    const int rows = PQntuples(answer.get());
    for (int row = 0; row < rows; ++row) visit(AnswerRow(answer.get(), row));
}

std::int64_t Connection::execute(std::string_view sql, Params params)
{
    const auto answer = ask(sql, params);
    const std::string_view command_tag = PQcmdStatus(answer.get());
    const bool changes =
        command_tag.starts_with("INSERT") || command_tag.starts_with("UPDATE") || command_tag.starts_with("DELETE");
    return changes ? std::strtoll(PQcmdTuples(answer.get()), nullptr, 10) : 0;
}

std::string Connection::command(const char* sql) const
{
    return PQcmdStatus(checked(PQexec(session_.get(), sql)).get());
}

void Connection::begin(const char* sql)
{
    if (PQstatus(session_.get()) == CONNECTION_OK) {
        const Answer answer(PQexec(session_.get(), sql));
        if (PQresultStatus(answer.get()) == PGRES_COMMAND_OK) return;
    }
    connect();
    command(sql);
}

void Connection::rollback() noexcept
{
    if (in_transaction()) PQclear(PQexec(session_.get(), "rollback"));
}

bool Connection::in_transaction() const
{
    const auto status = PQtransactionStatus(session_.get());
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

} // namespace azukari::storage::postgres
