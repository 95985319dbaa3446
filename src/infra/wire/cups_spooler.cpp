#include "infra/wire/cups_spooler.h"

#include "base/fault.h"
#include "infra/wire/wire_refusals.h"

#include <cups/cups.h>
#include <fmt/format.h>
#include <memory>
#include <optional>

namespace azukari::wire {
namespace {

using Connection = std::unique_ptr<http_t, decltype(&httpClose)>;
using Message = std::unique_ptr<ipp_t, decltype(&ippDelete)>;

struct Address {
    std::string host;
    int port;
    std::string resource;
    bool encrypted;
};

std::optional<Address> address_of(const std::string& uri)
{
    char scheme[8], user[64], host[256], resource[1024];
    int port = 0;
    if (httpSeparateURI(HTTP_URI_CODING_ALL, uri.c_str(), scheme, sizeof scheme, user, sizeof user, host, sizeof host,
                        &port, resource, sizeof resource) != HTTP_URI_STATUS_OK)
        return std::nullopt;
    const std::string_view kind(scheme);
    if ((kind != "ipp" && kind != "ipps") || *host == '\0' || *user != '\0') return std::nullopt;
    return Address{host, port, resource, kind == "ipps"};
}

int give_up(http_t*, void*)
{
    return 0;
}

// Nobody stands at a terminal who could be asked.
const char* no_password(const char*, http_t*, const char*, const char*, void*)
{
    return nullptr;
}

std::vector<std::string> words_of(ipp_t* answer, const char* name)
{
    std::vector<std::string> words;
    auto* found = ippFindAttribute(answer, name, IPP_TAG_KEYWORD);
    for (int at = 0; found != nullptr && at < ippGetCount(found); ++at)
        if (const char* word = ippGetString(found, at, nullptr); word && std::string_view(word) != "none")
            words.emplace_back(word);
    return words;
}

int number_of(ipp_t* answer, const char* name, ipp_tag_t tag, int otherwise)
{
    auto* found = ippFindAttribute(answer, name, tag);
    return found == nullptr ? otherwise : ippGetInteger(found, 0);
}

// One conversation with the spooler of one printer.
class Line {
public:
    static Result<Line> to(const std::string& uri, const SpoolerPatience& patience)
    {
        const auto address = address_of(uri);
        if (!address) return refuse(kCannotReach, uri, "プリンターのアドレスではありません");
        Connection http(httpConnect2(address->host.c_str(), address->port, nullptr, AF_UNSPEC,
                                     address->encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                                     static_cast<int>(patience.connect.micros / 1000), nullptr),
                        &httpClose);
        if (!http) return refuse(kCannotReach, uri, cupsLastErrorString());
        httpSetTimeout(http.get(), static_cast<double>(patience.answer.micros) / 1e6, give_up, nullptr);
        cupsSetPasswordCB2(no_password, nullptr);
        return Line(uri, address->resource, std::move(http));
    }

    Message request(ipp_op_t operation, std::string_view user = "azukari") const
    {
        Message made(ippNewRequest(operation), &ippDelete);
        if (!made) throw Fault("印刷の準備ができません。記憶域の空きを確かめてください。");
        text(made.get(), IPP_TAG_URI, "printer-uri", uri_);
        text(made.get(), IPP_TAG_NAME, "requesting-user-name", std::string(user));
        return made;
    }
    Message about(ipp_op_t operation, std::int64_t job) const
    {
        auto made = request(operation);
        ippAddInteger(made.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", static_cast<int>(job));
        return made;
    }
    static void text(ipp_t* request, ipp_tag_t tag, const char* name, const std::string& value)
    {
        ippAddString(request, IPP_TAG_OPERATION, tag, name, nullptr, value.c_str());
    }
    static void want(ipp_t* request, std::initializer_list<const char*> names)
    {
        ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                      static_cast<int>(names.size()), nullptr, names.begin());
    }

    Result<Message> ask(Message request, std::int64_t job = 0)
    {
        return judged(Message(cupsDoRequest(http_.get(), request.release(), resource_.c_str()), &ippDelete), job);
    }
    // Sent once and never again by itself: whether a document arrived is asked for, not guessed.
    Result<Message> ask_with(const Message& request, std::string_view document, std::int64_t job)
    {
        const auto length = ippLength(request.get()) + document.size();
        auto status = cupsSendRequest(http_.get(), request.get(), resource_.c_str(), length);
        if (status == HTTP_STATUS_CONTINUE)
            status = cupsWriteRequestData(http_.get(), document.data(), document.size());
        if (status != HTTP_STATUS_CONTINUE && status != HTTP_STATUS_OK)
            return refuse(kCannotReach, uri_, httpStatus(status));
        return judged(Message(cupsGetResponse(http_.get(), resource_.c_str()), &ippDelete), job);
    }

private:
    Line(std::string uri, std::string resource, Connection http)
        : uri_(std::move(uri)), resource_(std::move(resource)), http_(std::move(http))
    {
    }

    Result<Message> judged(Message answer, std::int64_t job) const
    {
        const auto status = cupsLastError();
        if (status == IPP_STATUS_ERROR_NOT_FOUND && job != 0)
            return refuse(kNoSuchSpooledJob, uri_, std::to_string(job));
        if (!answer)
            return httpError(http_.get()) == ETIMEDOUT ? refuse(kTooSlow, uri_)
                                                       : refuse(kCannotReach, uri_, cupsLastErrorString());
        if (status >= IPP_STATUS_REDIRECTION_OTHER_SITE)
            return refuse(kSpoolerRefuses, uri_, fmt::format("{} {}", ippErrorString(status), cupsLastErrorString()));
        return answer;
    }

    std::string uri_, resource_;
    Connection http_;
};

SpooledState state_of(int told)
{
    switch (told) {
    case IPP_JSTATE_PROCESSING:
        return SpooledState::printing;
    case IPP_JSTATE_STOPPED:
        return SpooledState::stopped;
    case IPP_JSTATE_CANCELED:
        return SpooledState::cancelled;
    case IPP_JSTATE_ABORTED:
        return SpooledState::aborted;
    case IPP_JSTATE_COMPLETED:
        return SpooledState::completed;
    default:
        return SpooledState::waiting;
    }
}

} // namespace

bool is_printer_address(const std::string& uri)
{
    const auto address = address_of(uri);
    return address && address->resource.size() > 1;
}

Result<PrinterReport> CupsSpooler::ask_printer(const std::string& uri)
{
    AZK_TRY(auto line, Line::to(uri, patience_));
    auto request = line.request(IPP_OP_GET_PRINTER_ATTRIBUTES);
    Line::want(request.get(),
               {"printer-state", "printer-state-reasons", "printer-is-accepting-jobs", "queued-job-count"});
    AZK_TRY(const auto answer, line.ask(std::move(request)));
    PrinterReport report;
    const auto state = number_of(answer.get(), "printer-state", IPP_TAG_ENUM, IPP_PSTATE_IDLE);
    report.state = state == IPP_PSTATE_STOPPED      ? PrinterState::stopped
                   : state == IPP_PSTATE_PROCESSING ? PrinterState::busy
                                                    : PrinterState::idle;
    report.reasons = words_of(answer.get(), "printer-state-reasons");
    if (auto* accepting = ippFindAttribute(answer.get(), "printer-is-accepting-jobs", IPP_TAG_BOOLEAN))
        report.accepting = ippGetBoolean(accepting, 0) != 0;
    report.waiting = number_of(answer.get(), "queued-job-count", IPP_TAG_INTEGER, 0);
    return report;
}

Result<std::int64_t> CupsSpooler::open_job(const std::string& uri, const SpoolOrder& order)
{
    AZK_TRY(auto line, Line::to(uri, patience_));
    auto request = line.request(IPP_OP_CREATE_JOB, order.user);
    Line::text(request.get(), IPP_TAG_NAME, "job-name", std::string(order.name));
    auto* job = request.get();
    ippAddInteger(job, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", static_cast<int>(order.copies));
    ippAddString(job, IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", nullptr, "one-sided");
    AZK_TRY(const auto answer, line.ask(std::move(request)));
    const auto number = number_of(answer.get(), "job-id", IPP_TAG_INTEGER, 0);
    if (number <= 0) return refuse(kSpoolerRefuses, uri, "job-id");
    return number;
}

Result<void> CupsSpooler::send_document(const std::string& uri, std::int64_t job, std::string_view name,
                                        std::string_view pdf)
{
    AZK_TRY(auto line, Line::to(uri, patience_));
    const auto request = line.about(IPP_OP_SEND_DOCUMENT, job);
    Line::text(request.get(), IPP_TAG_NAME, "document-name", std::string(name));
    Line::text(request.get(), IPP_TAG_MIMETYPE, "document-format", "application/pdf");
    ippAddBoolean(request.get(), IPP_TAG_OPERATION, "last-document", 1);
    AZK_REQUIRE(line.ask_with(request, pdf, job));
    return {};
}

Result<SpooledJob> CupsSpooler::ask_job(const std::string& uri, std::int64_t job)
{
    AZK_TRY(auto line, Line::to(uri, patience_));
    auto request = line.about(IPP_OP_GET_JOB_ATTRIBUTES, job);
    Line::want(request.get(), {"job-state", "job-state-reasons", "number-of-documents", "time-at-processing",
                               "job-media-sheets-completed"});
    AZK_TRY(const auto answer, line.ask(std::move(request), job));
    return SpooledJob{state_of(number_of(answer.get(), "job-state", IPP_TAG_ENUM, IPP_JSTATE_PENDING)),
                      number_of(answer.get(), "number-of-documents", IPP_TAG_INTEGER, 0),
                      number_of(answer.get(), "time-at-processing", IPP_TAG_INTEGER, 0) > 0,
                      number_of(answer.get(), "job-media-sheets-completed", IPP_TAG_INTEGER, 0),
                      words_of(answer.get(), "job-state-reasons")};
}

Result<void> CupsSpooler::cancel_job(const std::string& uri, std::int64_t job)
{
    AZK_TRY(auto line, Line::to(uri, patience_));
    AZK_REQUIRE(line.ask(line.about(IPP_OP_CANCEL_JOB, job), job));
    return {};
}

} // namespace azukari::wire
